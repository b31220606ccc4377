package org.netsplice.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;

/**
 * The safetensors format: eight bytes with the header's length, a JSON header, and the numbers. Numbers are written as
 * the program holds them, as F32, F64 or I64; their type in the original file is kept in the header's metadata.
 */
public final class Safetensors {
    /** The format's own limit on its header, in bytes. */
    private static final int LONGEST_HEADER = 100_000_000;

    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("F64", DType.FLOAT64),
            Map.entry("F32", DType.FLOAT32),
            Map.entry("F16", DType.FLOAT16),
            Map.entry("BF16", DType.BFLOAT16),
            Map.entry("I64", DType.INT64),
            Map.entry("I32", DType.INT32),
            Map.entry("I16", DType.INT16),
            Map.entry("I8", DType.INT8),
            Map.entry("U64", DType.UINT64),
            Map.entry("U32", DType.UINT32),
            Map.entry("U16", DType.UINT16),
            Map.entry("U8", DType.UINT8),
            Map.entry("BOOL", DType.BOOL));

    private Safetensors() {}

    /** Writes tensors in the order of the map. */
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, Object> types = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            DType.Form form = entry.getValue().dtype().form();
            long end = offset + (long) bytes(form) * entry.getValue().length();
            List<Long> sizes = new ArrayList<>();
            for (long size : entry.getValue().shape().sizes()) {
                sizes.add(size);
            }
            header.put(
                    entry.getKey(), Map.of("dtype", text(form), "shape", sizes, "data_offsets", List.of(offset, end)));
            types.put(entry.getKey(), entry.getValue().dtype().text());
            offset = end;
        }
        header.put("__metadata__", types);
        byte[] json = Json.of(header).toString().getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        out.write(json);
        for (Tensor tensor : tensors.values()) {
            write(tensor, out);
        }
    }

    private static String text(DType.Form form) {
        return switch (form) {
            case FLOAT -> "F32";
            case DOUBLE -> "F64";
            case WHOLE -> "I64";
        };
    }

    private static int bytes(DType.Form form) {
        return form == DType.Form.FLOAT ? Float.BYTES : Long.BYTES;
    }

    private static void write(Tensor tensor, OutputStream out) throws IOException {
        DType.Form form = tensor.dtype().form();
        ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.length(); i++) {
            if (block.remaining() < Long.BYTES) {
                out.write(block.array(), 0, block.position());
                block.clear();
            }
            switch (form) {
                case FLOAT -> block.putFloat(tensor.at(i));
                case DOUBLE -> block.putDouble(tensor.numberAt(i));
                case WHOLE -> block.putLong(tensor.wholeAt(i));
            }
        }
        out.write(block.array(), 0, block.position());
    }

    /** Whether a file begins as one of this format does. */
    public static boolean recognises(byte[] head) {
        if (head.length < 10 || head[8] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        return length >= 2 && length <= LONGEST_HEADER;
    }

    /**
     * Reads a file that any program wrote, with numbers of any of the format's types but those of 8-bit floating point. Half precision
     * and bfloat16 become float32, which holds all their numbers.
     */
    public static Map<String, Tensor> read(Path path) {
        String file = String.valueOf(path.getFileName());
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer start = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            fill(channel, start, file);
            long length = start.getLong(0);
            if (length < 2 || length > Math.min(LONGEST_HEADER, channel.size() - 8)) {
                throw Guard.invalid(file, "", "has a damaged safetensors header");
            }
            ByteBuffer text = ByteBuffer.allocate((int) length);
            fill(channel, text, file);
            Json header = JsonReader.parse(text.array(), file, "");
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : header.keys()) {
                if (!name.equals("__metadata__")) {
                    tensors.put(name, foreign(header.get(name), name, channel, 8 + length, file));
                }
            }
            return tensors;
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    private static Tensor foreign(Json entry, String name, FileChannel channel, long start, String file)
            throws IOException {
        String stored = entry.get("dtype").text();
        DType dtype = TYPES.get(stored);
        if (dtype == null) {
            throw entry.unsupported("numbers of type " + stored + " are not supported");
        }
        Shape shape = shape(entry.get("shape"));
        List<Json> offsets = entry.get("data_offsets").items(2, "[begin, end]");
        long from = offsets.get(0).integer();
        long to = offsets.get(1).integer();
        boolean inFile = from >= 0 && to >= from && to <= channel.size() - start;
        if (!inFile || (to - from) % dtype.bytes() != 0 || (to - from) / dtype.bytes() != shape.elements()) {
            throw misplaced(file, "", name, shape, from, to);
        }
        Guard.check(file, name, Math.max(to - from, Float.BYTES * shape.elements()), Long.MAX_VALUE);
        channel.position(start + from);
        Tensor tensor =
                new ElementType(dtype, ByteOrder.LITTLE_ENDIAN).read(shape, block -> fill(channel, block, file));
        return dtype == DType.FLOAT16 || dtype == DType.BFLOAT16
                ? Tensor.owning(DType.FLOAT32, shape, tensor.toArray())
                : tensor;
    }

    private static void fill(FileChannel channel, ByteBuffer block, String file) throws IOException {
        while (block.hasRemaining()) {
            if (channel.read(block) < 0) {
                throw Guard.invalid(file, "", "ends before its last number");
            }
        }
    }

    private static ModelException.Invalid misplaced(
            String file, String inside, String name, Shape shape, long from, long to) {
        return Guard.invalid(
                file,
                inside,
                "says that " + name + " of shape " + shape + " stands at " + from + " to " + to + ", which cannot be");
    }

    /** Reads tensors of types F32, F64 and I64, as {@link #write} writes them. */
    public static Map<String, Tensor> read(byte[] content, String file, String inside) {
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long length = content.length < 8 ? -1 : buffer.getLong(0);
        if (length < 2 || length > content.length - 8L) {
            throw Guard.invalid(file, inside, "has a damaged safetensors header");
        }
        byte[] text = java.util.Arrays.copyOfRange(content, 8, 8 + (int) length);
        Json header = JsonReader.parse(text, file, inside);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : header.keys()) {
            if (!name.equals("__metadata__")) {
                tensors.put(name, tensor(header, name, buffer, 8 + (int) length, file, inside));
            }
        }
        return tensors;
    }

    private static Shape shape(Json json) {
        List<Json> sizes = json.items();
        if (sizes.size() > Npy.MOST_AXES) {
            throw json.wrong("has " + sizes.size() + " axes, more than " + Npy.MOST_AXES);
        }
        return Shape.of(sizes.stream()
                .mapToLong(size -> size.integer(0, Integer.MAX_VALUE))
                .toArray());
    }

    private static Tensor tensor(Json header, String name, ByteBuffer buffer, int start, String file, String inside) {
        Json entry = header.get(name);
        DType dtype = header.find("__metadata__")
                .flatMap(types -> types.find(name))
                .flatMap(type -> DType.named(type.text()))
                .orElse(DType.FLOAT32);
        String stored = entry.get("dtype").text();
        // Files of earlier versions hold all numbers as F32, whatever type they had.
        DType.Form form = stored.equals("F32") ? DType.Form.FLOAT : dtype.form();
        if (!stored.equals(text(form))) {
            throw entry.wrong("expected numbers of type " + text(form) + ", received " + stored);
        }
        Shape shape = shape(entry.get("shape"));
        List<Json> offsets = entry.get("data_offsets").items(2, "[begin, end]");
        long from = offsets.get(0).integer();
        long to = offsets.get(1).integer();
        boolean inFile = from >= 0 && to >= from && to <= buffer.capacity() - start;
        if (!inFile || (to - from) % bytes(form) != 0 || (to - from) / bytes(form) != shape.elements()) {
            throw misplaced(file, inside, name, shape, from, to);
        }
        ByteBuffer numbers =
                buffer.duplicate().position(start + (int) from).slice().order(ByteOrder.LITTLE_ENDIAN);
        int count = (int) shape.elements();
        switch (form) {
            case DOUBLE -> {
                double[] values = new double[count];
                numbers.asDoubleBuffer().get(values);
                return Tensor.owning(shape, values);
            }
            case WHOLE -> {
                long[] values = new long[count];
                numbers.asLongBuffer().get(values);
                return Tensor.owning(dtype, shape, values);
            }
            default -> {
                float[] values = new float[count];
                numbers.asFloatBuffer().get(values);
                return Tensor.owning(dtype, shape, values);
            }
        }
    }
}
