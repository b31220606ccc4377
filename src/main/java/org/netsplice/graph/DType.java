package org.netsplice.graph;

import java.util.Locale;
import java.util.Optional;

/** Element types by Keras' names, with their size in bytes. */
public enum DType {
    FLOAT16(2),
    BFLOAT16(2),
    FLOAT32(4),
    FLOAT64(8),
    INT8(1),
    UINT8(1),
    INT16(2),
    UINT16(2),
    INT32(4),
    UINT32(4),
    INT64(8),
    UINT64(8),
    BOOL(1),
    STRING(8);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are floating-point numbers. */
    public boolean floating() {
        return this == FLOAT16 || this == BFLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    /** The Java types that numbers are held and computed in. */
    public enum Form {
        /** Float32: it holds half precision, truth values, and whole numbers of up to 16 bits exactly. */
        FLOAT,
        /** Float64. */
        DOUBLE,
        /** Whole numbers of 64 bits. */
        WHOLE
    }

    /** How numbers of this type are held and computed. */
    public Form form() {
        return switch (this) {
            case FLOAT64 -> Form.DOUBLE;
            case INT32, UINT32, INT64, UINT64 -> Form.WHOLE;
            default -> Form.FLOAT;
        };
    }

    /** Whether values are numbers of half precision. */
    public boolean half() {
        return this == FLOAT16 || this == BFLOAT16;
    }

    /** Keras' name, such as {@code float32}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type Keras calls {@code name}. */
    public static Optional<DType> named(String name) {
        for (DType type : values()) {
            if (type.text().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
