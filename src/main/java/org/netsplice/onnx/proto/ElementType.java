package org.netsplice.onnx.proto;

import java.util.Locale;
import java.util.Optional;
import org.netsplice.graph.DType;

/** Element types by ONNX' numbers. */
public enum ElementType {
    FLOAT(1, DType.FLOAT32),
    UINT8(2, DType.UINT8),
    INT8(3, DType.INT8),
    UINT16(4, DType.UINT16),
    INT16(5, DType.INT16),
    INT32(6, DType.INT32),
    INT64(7, DType.INT64),
    STRING(8, DType.STRING),
    BOOL(9, DType.BOOL),
    FLOAT16(10, DType.FLOAT16),
    DOUBLE(11, DType.FLOAT64),
    UINT32(12, DType.UINT32),
    UINT64(13, DType.UINT64),
    COMPLEX64(14, null),
    COMPLEX128(15, null),
    BFLOAT16(16, DType.BFLOAT16),
    FLOAT8E4M3FN(17, null),
    FLOAT8E4M3FNUZ(18, null),
    FLOAT8E5M2(19, null),
    FLOAT8E5M2FNUZ(20, null),
    UINT4(21, null),
    INT4(22, null),
    FLOAT4E2M1(23, null),
    FLOAT8E8M0(24, null),
    UINT2(25, null),
    INT2(26, null),
    FLOAT6E2M3(27, null),
    FLOAT6E3M2(28, null);

    private final int number;
    private final DType dtype;

    ElementType(int number, DType dtype) {
        this.number = number;
        this.dtype = dtype;
    }

    /** The number by which files name it. */
    public int number() {
        return number;
    }

    /** The same type among those that can be computed; empty when there is none. */
    public Optional<DType> dtype() {
        return Optional.ofNullable(dtype);
    }

    /** ONNX' name in small letters, such as {@code float}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with a number; empty when ONNX has none. */
    public static Optional<ElementType> numbered(long number) {
        for (ElementType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The type of the same numbers as {@code dtype}. */
    public static ElementType of(DType dtype) {
        for (ElementType type : values()) {
            if (type.dtype == dtype) {
                return type;
            }
        }
        throw new IllegalArgumentException(dtype.text());
    }
}
