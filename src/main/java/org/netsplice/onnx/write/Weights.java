package org.netsplice.onnx.write;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.TensorProto;

/**
 * The weights of a graph in a file of their own, one behind the other.
 *
 * @param path the file, beside the one of the graph and with {@code .data} behind its name
 * @param graph the graph, whose weights tell where in that file their numbers are
 * @param tensors the weights in that order, with their numbers
 */
record Weights(Path path, GraphProto graph, List<TensorProto> tensors) {
    /** Tensors of fewer bytes stay in the graph. */
    private static final int SMALL = 1024;

    /** Tensors begin at multiples of this many bytes, so that they can be used where they are in the file. */
    private static final int ALIGNMENT = 4096;

    static Weights beside(Path file, GraphProto graph) {
        Path path = file.resolveSibling(file.getFileName() + ".data");
        List<TensorProto> inside = new ArrayList<>();
        List<TensorProto> outside = new ArrayList<>();
        long offset = 0;
        for (TensorProto tensor : graph.initializers()) {
            long length = tensor.values().remaining();
            if (length < SMALL) {
                inside.add(tensor);
                continue;
            }
            Map<String, String> where = new LinkedHashMap<>();
            where.put("location", path.getFileName().toString());
            where.put("offset", Long.toString(offset));
            where.put("length", Long.toString(length));
            inside.add(tensor.elsewhere(where));
            outside.add(tensor);
            offset += length + gap(length);
        }
        GraphProto lean = new GraphProto(
                graph.name(),
                graph.nodes(),
                inside,
                graph.sparse(),
                graph.inputs(),
                graph.outputs(),
                graph.values(),
                graph.doc());
        return new Weights(path, lean, outside);
    }

    private static long gap(long length) {
        return Math.floorMod(-length, ALIGNMENT);
    }

    /** Writes the numbers of all tensors. */
    void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        for (TensorProto tensor : tensors) {
            ByteBuffer values = tensor.values().duplicate();
            long gap = gap(values.remaining());
            while (values.hasRemaining()) {
                channel.write(values);
            }
            out.write(new byte[(int) gap]);
        }
    }
}
