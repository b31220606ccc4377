package org.netsplice.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.netsplice.graph.DType;

/** NumPy's element types, such as {@code <f4}, and how their numbers are read. */
record ElementType(DType dtype, ByteOrder order) {
    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("f2", DType.FLOAT16),
            Map.entry("f4", DType.FLOAT32),
            Map.entry("f8", DType.FLOAT64),
            Map.entry("i1", DType.INT8),
            Map.entry("u1", DType.UINT8),
            Map.entry("i2", DType.INT16),
            Map.entry("u2", DType.UINT16),
            Map.entry("i4", DType.INT32),
            Map.entry("u4", DType.UINT32),
            Map.entry("i8", DType.INT64),
            Map.entry("u8", DType.UINT64),
            Map.entry("b1", DType.BOOL));

    static ElementType of(String descr, String file, String inside) {
        if (descr.endsWith("O")) {
            throw Guard.invalid(file, inside, "holds pickled Python objects, which are never opened");
        }
        DType dtype = descr.length() < 3 ? null : TYPES.get(descr.substring(1));
        if (dtype == null) {
            throw Guard.invalid(file, inside, "holds elements of type \"" + descr + "\", which are not numbers");
        }
        return new ElementType(dtype, descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    int bytes() {
        return dtype.bytes();
    }

    float[] read(ByteBuffer source, int offset, int count) {
        ByteBuffer buffer = source.duplicate().order(order);
        float[] values = new float[count];
        if (dtype == DType.FLOAT32) {
            buffer.position(offset).slice().order(order).asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < count; i++) {
            values[i] = one(buffer, offset + i * bytes());
        }
        return values;
    }

    private float one(ByteBuffer buffer, int at) {
        return switch (dtype) {
            case FLOAT16 -> Half.toFloat(buffer.getShort(at));
            case FLOAT64 -> (float) buffer.getDouble(at);
            case INT8, BOOL -> buffer.get(at);
            case UINT8 -> Byte.toUnsignedInt(buffer.get(at));
            case INT16 -> buffer.getShort(at);
            case UINT16 -> Short.toUnsignedInt(buffer.getShort(at));
            case INT32 -> buffer.getInt(at);
            case UINT32 -> Integer.toUnsignedLong(buffer.getInt(at));
            case INT64 -> buffer.getLong(at);
            case UINT64 -> unsigned(buffer.getLong(at));
            default -> buffer.getFloat(at);
        };
    }

    private static float unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2f;
    }
}
