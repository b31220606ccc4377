package org.netsplice.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.container.Guard;
import org.netsplice.format.Head;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * An ONNX file that was read and checked.
 *
 * @param weights a file beside it that may hold numbers; empty when none was asked for
 */
record OnnxFile(String name, ModelProto model, Path folder, Optional<Path> weights) {
    private static final long OLDEST_FORMAT = 3;
    private static final long NEWEST_FORMAT = 14;
    private static final long OLDEST_OPERATORS = 7;
    private static final long NEWEST_OPERATORS = 28;
    private static final int MOST_CALLS = 100_000;
    private static final String REMEDY = "Export it again with a newer version of the program that wrote it.";

    static OnnxFile read(Head head, Optional<Path> weights) {
        try {
            Guard.check(head.file(), "", Files.size(head.path()), Long.MAX_VALUE);
            ModelProto model = ModelProto.read(ByteBuffer.wrap(Files.readAllBytes(head.path())), head.file());
            Path folder = head.path().toAbsolutePath().getParent();
            OnnxFile file = new OnnxFile(head.file(), model, folder, weights);
            file.check();
            return file;
        } catch (IOException problem) {
            throw Guard.unreadable(head.file(), problem);
        }
    }

    GraphProto graph() {
        return model.graph().orElseThrow(() -> Guard.invalid(name, "", "is an ONNX model without a graph"));
    }

    /** The version of ONNX' own operators. */
    long opset() {
        return model.opsets().getOrDefault("", 0L);
    }

    private void check() {
        if (model.irVersion() < OLDEST_FORMAT || model.irVersion() > NEWEST_FORMAT) {
            throw unsupported(
                    "is written in version " + model.irVersion() + " of the ONNX format, and versions " + OLDEST_FORMAT
                            + " to " + NEWEST_FORMAT + " are read",
                    model.irVersion() < OLDEST_FORMAT ? REMEDY : "Export it with an older version of the format.");
        }
        int calls = graph().nodes().size();
        if (calls > MOST_CALLS) {
            throw unsupported("has " + calls + " calls, more than " + MOST_CALLS, "Open a part of it.");
        }
        if (opset() == 0
                && graph().nodes().stream().anyMatch(node -> node.domain().isEmpty())) {
            throw Guard.invalid(name, "", "does not tell the version of its operators");
        }
        if (opset() != 0 && (opset() < OLDEST_OPERATORS || opset() > NEWEST_OPERATORS)) {
            throw unsupported(
                    "uses version " + opset() + " of ONNX' operators, and versions " + OLDEST_OPERATORS + " to "
                            + NEWEST_OPERATORS + " are read",
                    opset() < OLDEST_OPERATORS
                            ? "Convert it with onnx.version_converter, or export it again with opset 18."
                            : "Export it again with opset 18.");
        }
        List<TensorProto> outside = graph().initializers().stream()
                .filter(tensor -> !tensor.external().isEmpty())
                .toList();
        if (!outside.isEmpty() && weights.isEmpty()) {
            String other = outside.get(0).external().getOrDefault("location", "");
            throw unsupported(
                    "keeps its weights in another file, \"" + other + "\"",
                    "Open it with that file as its weights: --weights " + other + ".");
        }
        if (outside.isEmpty() && weights.isPresent()) {
            throw unsupported("has its weights inside, and another file with weights is given", "Open it without.");
        }
    }

    private ModelException.Unsupported unsupported(String what, String remedy) {
        return new ModelException.Unsupported(Problem.error(new Where.InFile(name, ""), what, remedy));
    }

    /** The numbers of a tensor; half precision becomes float32. */
    Tensor numbers(TensorProto stored) {
        TensorProto inside = stored.external().isEmpty() ? stored : loaded(stored);
        Tensor tensor = inside.tensor(name);
        return tensor.dtype().half() ? Tensor.owning(DType.FLOAT32, tensor.shape(), tensor.toArray()) : tensor;
    }

    /** A tensor whose numbers are in a file of the same folder, which its name alone must tell. */
    private TensorProto loaded(TensorProto stored) {
        String location = stored.external().getOrDefault("location", "");
        boolean plain = !location.isEmpty()
                && !location.equals(".")
                && !location.equals("..")
                && location.indexOf('/') < 0
                && location.indexOf('\\') < 0
                && location.indexOf(':') < 0
                && location.indexOf('\0') < 0;
        if (!plain) {
            throw Guard.invalid(
                    name,
                    stored.name(),
                    "has its numbers in \"" + location + "\", and only files in the folder of the model are read");
        }
        Path file = weights.filter(given -> location.equals(String.valueOf(given.getFileName())))
                .orElseGet(() -> folder.resolve(location));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Guard.invalid(name, stored.name(), "has its numbers in \"" + location + "\", which is no file here");
        }
        long offset = number(stored, "offset", 0);
        try (SeekableByteChannel channel = FileChannel.open(file)) {
            long length = number(stored, "length", channel.size() - offset);
            if (offset > channel.size() || length > channel.size() - offset || length > Guard.LARGEST) {
                throw Guard.invalid(name, stored.name(), "has its numbers beyond the end of \"" + location + "\"");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length);
            channel.position(offset);
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = channel.read(bytes);
            }
            return new TensorProto(
                    stored.name(),
                    stored.sizes(),
                    stored.element(),
                    bytes.flip(),
                    TensorProto.Form.RAW,
                    List.of(),
                    Map.of());
        } catch (IOException problem) {
            throw Guard.unreadable(location, problem);
        }
    }

    private long number(TensorProto stored, String key, long otherwise) {
        String text = stored.external().get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}")) {
            throw Guard.invalid(
                    name, stored.name(), "has its numbers at \"" + text + "\", which is no place in a file");
        }
        return Long.parseLong(text);
    }
}
