package org.netsplice.onnx.proto;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole file: a graph, and by which rules it is to be read.
 *
 * @param irVersion the version of the format itself; 0 when the file does not tell it
 * @param opsets the version of each set of operators, by domain; the default domain is empty
 * @param producer the program that wrote it, and its version
 * @param domain the namespace of the model
 * @param doc a text for people
 * @param graph the network; empty only in a damaged or foreign file
 * @param metadata texts by key
 * @param functions operators that the file itself explains by others
 */
public record ModelProto(
        long irVersion,
        Map<String, Long> opsets,
        Producer producer,
        String domain,
        String doc,
        Optional<GraphProto> graph,
        Map<String, String> metadata,
        List<FunctionProto> functions) {

    /** A program and its version; each may be empty. */
    public record Producer(String name, String version) {}

    /**
     * Reads a file that is wholly in memory.
     *
     * @param file its name, for messages
     * @throws org.netsplice.problem.ModelException.Invalid when it is not the message it should be
     */
    public static ModelProto read(ByteBuffer content, String file) {
        WireReader in = WireReader.of(content, file);
        long version = 0;
        Map<String, Long> opsets = new LinkedHashMap<>();
        String producer = "";
        String producerVersion = "";
        String domain = "";
        String doc = "";
        Optional<GraphProto> graph = Optional.empty();
        Map<String, String> metadata = new LinkedHashMap<>();
        List<FunctionProto> functions = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> version = in.whole();
                case 2 -> producer = in.text();
                case 3 -> producerVersion = in.text();
                case 4 -> domain = in.text();
                case 6 -> doc = in.text();
                case 7 -> graph = Optional.of(GraphProto.read(in.message()));
                case 8 -> opset(in.message(), opsets);
                case 14 -> in.entry(metadata);
                case 25 -> functions.add(FunctionProto.read(in.message()));
                default -> {}
            }
        }
        return new ModelProto(
                version, opsets, new Producer(producer, producerVersion), domain, doc, graph, metadata, functions);
    }

    static void opset(WireReader in, Map<String, Long> into) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> version = in.whole();
                default -> {}
            }
        }
        into.put(domain.equals("ai.onnx") ? "" : domain, version);
    }

    static void write(Map<String, Long> opsets, int field, WireWriter out) {
        opsets.forEach((domain, version) -> {
            WireWriter opset = new WireWriter();
            opset.text(1, domain);
            opset.whole(2, version);
            out.message(field, opset);
        });
    }

    private WireWriter written() {
        WireWriter out = new WireWriter();
        out.whole(1, irVersion);
        out.text(2, producer.name());
        out.text(3, producer.version());
        out.text(4, domain);
        out.text(6, doc);
        graph.ifPresent(present -> {
            WireWriter inner = new WireWriter();
            present.write(inner);
            out.message(7, inner);
        });
        write(opsets, 8, out);
        out.entries(14, metadata);
        for (FunctionProto function : functions) {
            WireWriter inner = new WireWriter();
            function.write(inner);
            out.message(25, inner);
        }
        return out;
    }

    /** The number of bytes that {@link #writeTo} writes; a file of more than 2³¹ − 1 is read by nobody. */
    public long size() {
        return written().size();
    }

    /** Writes the file, and leaves the stream open. */
    public void writeTo(OutputStream out) throws IOException {
        written().writeTo(out);
    }
}
