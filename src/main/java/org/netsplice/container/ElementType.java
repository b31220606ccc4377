package org.netsplice.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** NumPy's element types, such as {@code <f4}, and how their numbers are read and written. */
record ElementType(DType dtype, ByteOrder order) {
    private static final int BLOCK = 1 << 16;
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

    /** A source of bytes, read in order. */
    @FunctionalInterface
    interface Source {
        /** Fills a buffer from its position to its limit. */
        void fill(ByteBuffer block) throws IOException;
    }

    private interface Place {
        void put(int index, ByteBuffer block);
    }

    /** Reads a tensor, block by block. */
    Tensor read(Shape shape, Source source) throws IOException {
        int count = Math.toIntExact(shape.elements());
        switch (dtype.form()) {
            case DOUBLE -> {
                double[] values = new double[count];
                each(count, source, (index, block) -> values[index] = block.getDouble());
                return Tensor.owning(shape, values);
            }
            case WHOLE -> {
                long[] values = new long[count];
                each(count, source, (index, block) -> values[index] = whole(block));
                return Tensor.owning(dtype, shape, values);
            }
            default -> {
                float[] values = new float[count];
                each(count, source, (index, block) -> values[index] = small(block));
                return Tensor.owning(dtype, shape, values);
            }
        }
    }

    private void each(int count, Source source, Place place) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(order);
        int perBlock = BLOCK / dtype.bytes();
        for (int from = 0; from < count; from += perBlock) {
            int here = Math.min(perBlock, count - from);
            block.clear().limit(here * dtype.bytes());
            source.fill(block);
            block.flip();
            for (int i = 0; i < here; i++) {
                place.put(from + i, block);
            }
        }
    }

    private long whole(ByteBuffer block) {
        return switch (dtype) {
            case INT32 -> block.getInt();
            case UINT32 -> Integer.toUnsignedLong(block.getInt());
            default -> block.getLong();
        };
    }

    private float small(ByteBuffer block) {
        return switch (dtype) {
            case FLOAT16 -> Half.toFloat(block.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(block.getShort() << 16);
            case INT8, BOOL -> block.get();
            case UINT8 -> Byte.toUnsignedInt(block.get());
            case INT16 -> block.getShort();
            case UINT16 -> Short.toUnsignedInt(block.getShort());
            default -> block.getFloat();
        };
    }

    /** NumPy's name of this type, little-endian; bfloat16, which NumPy lacks, is written as float32. */
    static String descr(DType dtype) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == dtype)
                .map(entry -> (dtype.bytes() == 1 ? "|" : "<") + entry.getKey())
                .findFirst()
                .orElse("<f4");
    }

    /** Writes the numbers of a tensor as {@link #descr} says, little-endian. */
    static void write(Tensor tensor, OutputStream out) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.length(); i++) {
            if (block.remaining() < Long.BYTES) {
                out.write(block.array(), 0, block.position());
                block.clear();
            }
            put(tensor, i, block);
        }
        out.write(block.array(), 0, block.position());
    }

    private static void put(Tensor tensor, int index, ByteBuffer block) {
        switch (tensor.dtype()) {
            case FLOAT64 -> block.putDouble(tensor.numberAt(index));
            case INT64, UINT64 -> block.putLong(tensor.wholeAt(index));
            case INT32, UINT32 -> block.putInt((int) tensor.wholeAt(index));
            case INT16, UINT16 -> block.putShort((short) tensor.wholeAt(index));
            case INT8, UINT8, BOOL -> block.put((byte) tensor.wholeAt(index));
            case FLOAT16 -> block.putShort(Half.of(tensor.at(index)));
            default -> block.putFloat(tensor.at(index));
        }
    }
}
