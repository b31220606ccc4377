package org.netsplice.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/**
 * The safetensors format: eight bytes with the header's length, a JSON header, and the numbers. Numbers are written as float32;
 * the type they had in their file is kept in the header's metadata.
 */
public final class Safetensors {
    private Safetensors() {}

    /** Writes tensors in the order of the map. */
    public static void write(Map<String, Tensor> tensors, OutputStream out) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, Object> types = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + 4L * entry.getValue().length();
            List<Long> sizes = new ArrayList<>();
            for (long size : entry.getValue().shape().sizes()) {
                sizes.add(size);
            }
            header.put(entry.getKey(), Map.of("dtype", "F32", "shape", sizes, "data_offsets", List.of(offset, end)));
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
            Npy.writeFloats(tensor, out);
        }
    }

    /** Reads tensors of type F32. */
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

    private static Tensor tensor(Json header, String name, ByteBuffer buffer, int start, String file, String inside) {
        Json entry = header.get(name);
        if (!entry.get("dtype").text().equals("F32")) {
            throw entry.wrong("expected numbers of type F32, received "
                    + entry.get("dtype").text());
        }
        Shape shape = Shape.of(
                entry.get("shape").items().stream().mapToLong(Json::integer).toArray());
        List<Json> offsets = entry.get("data_offsets").items();
        long from = offsets.get(0).integer();
        long to = offsets.get(offsets.size() - 1).integer();
        if (from < 0 || to < from || to > buffer.capacity() - start || to - from != 4 * shape.elements()) {
            throw Guard.invalid(
                    file,
                    inside,
                    "says that " + name + " of shape " + shape + " stands at " + from + " to " + to
                            + ", which cannot be");
        }
        float[] values = new float[(int) shape.elements()];
        buffer.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(start + (int) from)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        DType dtype = header.find("__metadata__")
                .flatMap(types -> types.find(name))
                .flatMap(type -> DType.named(type.text()))
                .orElse(DType.FLOAT32);
        return Tensor.owning(dtype, shape, values);
    }
}
