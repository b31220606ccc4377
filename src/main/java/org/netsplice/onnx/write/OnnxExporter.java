package org.netsplice.onnx.write;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Writes a document as an ONNX file that any runtime of ONNX runs: opset 18, with the weights inside, or beside it where they exceed the limit of the format. */
public final class OnnxExporter implements Exporter {
    /** The version of the operators. */
    static final long OPSET = 18;

    /** The version of the format. */
    private static final long IR = 10;

    /** The most bytes that are held in memory at once, well below the format's limit. */
    private static final long MAX_BYTES = 1L << 30;

    private final long most;

    public OnnxExporter() {
        this(Integer.MAX_VALUE);
    }

    /** Writes weights beside files of more than {@code most} bytes. */
    OnnxExporter(long most) {
        this.most = most;
    }

    @Override
    public String extension() {
        return "onnx";
    }

    @Override
    public String description() {
        return "ONNX model";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        NetworkWriter network = NetworkWriter.of(document, progress.part(0, 0.5));
        progress.at(0.5, "Writing " + path.getFileName());
        ModelProto model = model(network.graph());
        if (model.size() <= most) {
            AtomicFile.write(path, model::writeTo);
            return network.notes();
        }
        Weights weights = Weights.beside(path, network.graph());
        ModelProto outer = model(weights.graph());
        if (outer.size() > most) {
            throw new ModelException.CannotExport(Problem.error(
                    new Where.InFile(path.toString(), ""),
                    "the network is too large for an ONNX file even without its weights",
                    "Export parts of it."));
        }
        AtomicFile.write(weights.path(), weights::writeTo);
        AtomicFile.write(path, outer::writeTo);
        return network.notes();
    }

    /**
     * The file's bytes outside of Java's heap, with the weights inside, for an engine that reads them from memory.
     *
     * @throws ModelException.CannotCompile when the document has errors
     * @throws ModelException.CannotExport when a layer has no form in ONNX, or the file would exceed the limit of the format
     */
    public static ByteBuffer bytes(Document document, Progress progress) {
        ModelProto model = model(NetworkWriter.of(document, progress).graph());
        if (model.size() > MAX_BYTES) {
            throw new ModelException.CannotExport(Problem.error(
                    Where.NOWHERE, "the weights exceed the limit of an ONNX file", "Compute it by DL4J."));
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) model.size());
        try {
            model.writeTo(new OutputStream() {
                @Override
                public void write(int value) {
                    bytes.put((byte) value);
                }

                @Override
                public void write(byte[] from, int offset, int length) {
                    bytes.put(from, offset, length);
                }
            });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return bytes.flip();
    }

    private static ModelProto model(GraphProto graph) {
        return new ModelProto(
                IR,
                Map.of("", OPSET),
                new ModelProto.Producer("NetSplice", version()),
                "",
                "",
                Optional.of(graph),
                Map.of(),
                List.of());
    }

    private static String version() {
        return Optional.ofNullable(OnnxExporter.class.getPackage().getImplementationVersion())
                .orElse("");
    }
}
