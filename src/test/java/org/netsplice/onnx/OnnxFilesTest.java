package org.netsplice.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.app.Main;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.Opaque;
import org.netsplice.onnx.proto.Attribute;
import org.netsplice.onnx.proto.ElementType;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.onnx.proto.NodeProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.onnx.proto.ValueInfoProto;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** Files that are damaged, hostile, of another version, or need what is not there: each has its answer. */
class OnnxFilesTest {
    private static final TensorProto KERNEL = TensorProto.of("w", Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    private static final NodeProto PRODUCT = call("MatMul", List.of("x", "w"), "y");

    @TempDir
    Path folder;

    private static NodeProto call(String operator, List<String> inputs, String output) {
        return NodeProto.of("", operator, inputs, List.of(output), Map.of());
    }

    private static ValueInfoProto value(String name, int columns) {
        return ValueInfoProto.tensor(
                name, ElementType.FLOAT, List.of(ValueInfoProto.Axis.named("batch"), ValueInfoProto.Axis.of(columns)));
    }

    private static GraphProto graph(List<NodeProto> nodes, List<TensorProto> tensors) {
        return new GraphProto(
                "g", nodes, tensors, List.of(), List.of(value("x", 3)), List.of(value("y", 2)), List.of(), "");
    }

    private static byte[] bytes(long version, Map<String, Long> opsets, GraphProto graph) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ModelProto(
                            version,
                            opsets,
                            new ModelProto.Producer("test", ""),
                            "",
                            "",
                            Optional.of(graph),
                            Map.of(),
                            List.of())
                    .writeTo(out);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(List<NodeProto> nodes, List<TensorProto> tensors) {
        return bytes(8, Map.of("", 18L), graph(nodes, tensors));
    }

    private Document open(byte[] content, Optional<Path> weights) throws IOException {
        Path file = Files.write(folder.resolve("m.onnx"), content);
        return Main.formats().open(file, weights, Progress.NONE).asDocument();
    }

    private void refused(byte[] content, Class<? extends ModelException> kind, String message) {
        assertThatThrownBy(() -> open(content, Optional.empty()))
                .isInstanceOf(kind)
                .hasMessageContaining(message);
    }

    private String reason(NodeProto... nodes) throws IOException {
        Document document = open(bytes(List.of(nodes), List.of(KERNEL)), Optional.empty());
        return document.graph().inOrder().stream()
                .filter(node -> node.layer() instanceof Opaque)
                .map(node -> node.name() + ": " + ((Opaque) node.layer()).reason())
                .findFirst()
                .orElse("");
    }

    @Test
    void aSoundFileOpens() throws IOException {
        Document document = open(bytes(List.of(PRODUCT), List.of(KERNEL)), Optional.empty());
        assertThat(document.graph().inOrder().stream().map(node -> node.layer().className()))
                .containsExactly("InputLayer", "Dense");
        assertThat(document.graph().weights().values().iterator().next().tensors())
                .containsExactly(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    }

    @Test
    void otherVersionsAreNamed() {
        Class<ModelException.Unsupported> unsupported = ModelException.Unsupported.class;
        GraphProto graph = graph(List.of(PRODUCT), List.of(KERNEL));
        refused(
                bytes(2, Map.of("", 6L), graph),
                unsupported,
                "m.onnx: is written in version 2 of the ONNX format, and versions 3 to 14 are read");
        refused(bytes(15, Map.of("", 20L), graph), unsupported, "is written in version 15 of the ONNX format");
        refused(
                bytes(8, Map.of("", 6L), graph),
                unsupported,
                "m.onnx: uses version 6 of ONNX' operators, and versions 7 to 28 are read");
        refused(bytes(8, Map.of("", 99L), graph), unsupported, "uses version 99 of ONNX' operators");
        refused(bytes(8, Map.of(), graph), ModelException.Invalid.class, "does not tell the version of its operators");
    }

    @Test
    void damageIsNamedWithItsPlace() {
        Class<ModelException.Invalid> invalid = ModelException.Invalid.class;
        byte[] sound = bytes(List.of(PRODUCT), List.of(KERNEL));
        refused(Arrays.copyOf(sound, sound.length - 20), invalid, "ends before a part of");
        refused(
                bytes(List.of(call("MatMul", List.of("nothing", "w"), "y")), List.of(KERNEL)),
                invalid,
                "m.onnx, MatMul: reads \"nothing\", which nothing before it gives");
        refused(bytes(List.of(), List.of(KERNEL)), invalid, "m.onnx, y: is an output that no call gives");
        refused(bytes(List.of(PRODUCT), List.of(KERNEL, KERNEL)), invalid, "m.onnx, w: is the name of two tensors");
        TensorProto huge = new TensorProto(
                "w",
                new long[] {1L << 31, 1L << 31},
                1,
                ByteBuffer.allocate(4),
                TensorProto.Form.RAW,
                List.of(),
                Map.of());
        refused(bytes(List.of(PRODUCT), List.of(huge)), invalid, "of shape (2147483648, 2147483648) holds 1 numbers");
    }

    @Test
    void whatHasNoCounterpartIsKeptWithTheReason() throws IOException {
        assertThat(reason(call("NonZero", List.of("x"), "y")))
                .isEqualTo("non_zero: the operator NonZero is not supported");
        NodeProto foreign =
                new NodeProto("z", "FusedMatMul", "com.microsoft", "", List.of("x", "w"), List.of("y"), Map.of(), "");
        assertThat(reason(foreign)).isEqualTo("z: the operator com.microsoft.FusedMatMul is not one of ONNX itself");
        NodeProto loop = NodeProto.of(
                "l",
                "Loop",
                List.of("x"),
                List.of("y"),
                Map.of("body", new Attribute.Subgraph(graph(List.of(PRODUCT), List.of()))));
        assertThat(reason(loop)).isEqualTo("l: the operator Loop is not supported");
        assertThat(reason(NodeProto.of(
                        "r", "ReduceSum", List.of("x"), List.of("y"), Map.of("axes", new Attribute.Wholes(0)))))
                .isEqualTo("r: it computes across the rows of the batch");
    }

    private static TensorProto elsewhere(String location, String offset, String length) {
        return KERNEL.elsewhere(Map.of("location", location, "offset", offset, "length", length));
    }

    @Test
    void numbersInAnotherFileAreReadWhenAskedForAndFromTheSameFolderOnly() throws IOException {
        byte[] content = bytes(List.of(PRODUCT), List.of(elsewhere("m.data", "4", "24")));
        refused(content, ModelException.Unsupported.class, "m.onnx: keeps its weights in another file, \"m.data\"");
        Path data = folder.resolve("m.data");
        Files.write(
                data, ByteBuffer.allocate(28).put(4, KERNEL.values().array()).array());
        Document document = open(content, Optional.of(data));
        assertThat(document.graph().weights().values().iterator().next().tensors())
                .containsExactly(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
        for (String location : List.of("../m.data", "/etc/passwd", "a/b", "..", "C:m.data", "")) {
            byte[] other = bytes(List.of(PRODUCT), List.of(elsewhere(location, "0", "24")));
            assertThatThrownBy(() -> open(other, Optional.of(data)))
                    .isInstanceOf(ModelException.Invalid.class)
                    .hasMessageContaining("only files in the folder of the model are read");
        }
        for (String[] place : new String[][] {{"5", "24"}, {"-1", "24"}, {"0", "99999999999"}, {"9".repeat(30), "1"}}) {
            byte[] other = bytes(List.of(PRODUCT), List.of(elsewhere("m.data", place[0], place[1])));
            assertThatThrownBy(() -> open(other, Optional.of(data))).isInstanceOf(ModelException.Invalid.class);
        }
        Path link = Files.createSymbolicLink(folder.resolve("link.data"), data);
        byte[] linked = bytes(List.of(PRODUCT), List.of(elsewhere("link.data", "4", "24")));
        assertThatThrownBy(() -> open(linked, Optional.of(data)))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining("which is no file here");
        assertThat(link).exists();
        assertThatThrownBy(() -> open(bytes(List.of(PRODUCT), List.of(KERNEL)), Optional.of(data)))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageContaining("has its weights inside");
    }
}
