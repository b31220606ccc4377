package org.netsplice.onnx.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;

/** What is written is read again, as it was; what is no message is refused with the place. */
class WireTest {

    private static byte[] bytes(ModelProto model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            model.writeTo(out);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
        assertThat(model.size()).isEqualTo(out.size());
        return out.toByteArray();
    }

    private static ModelProto read(byte... content) {
        return ModelProto.read(ByteBuffer.wrap(content), "m.onnx");
    }

    private static ModelProto model(GraphProto graph) {
        return new ModelProto(
                10,
                Map.of("", 18L),
                new ModelProto.Producer("NetSplice", "1"),
                "d",
                "a text",
                Optional.of(graph),
                Map.of("key", "value"),
                List.of());
    }

    private static GraphProto graph(List<NodeProto> nodes, List<TensorProto> tensors) {
        return new GraphProto(
                "g",
                nodes,
                tensors,
                List.of(),
                List.of(ValueInfoProto.tensor(
                        "x",
                        ElementType.FLOAT,
                        List.of(ValueInfoProto.Axis.named("batch"), ValueInfoProto.Axis.of(3)))),
                List.of(ValueInfoProto.tensor("y", ElementType.INT64, List.of())),
                List.of(),
                "");
    }

    @Test
    void everyFormOfAttributeComesBack() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("real", new Attribute.Real(-1.5f));
        attributes.put("whole", new Attribute.Whole(-7));
        attributes.put("zero", new Attribute.Whole(0));
        attributes.put("text", new Attribute.Text("ü"));
        attributes.put("empty", new Attribute.Text(""));
        attributes.put("texts", new Attribute.Texts(List.of("a", "")));
        NodeProto node = NodeProto.of("n", "Conv", List.of("x", "", "w"), List.of("y"), attributes);
        ModelProto model = model(graph(List.of(node), List.of()));
        assertThat(read(bytes(model))).isEqualTo(model);
    }

    @Property
    void listsOfNumbersComeBack(@ForAll long[] wholes, @ForAll float[] reals) {
        Map<String, Attribute> attributes =
                Map.of("wholes", new Attribute.Wholes(wholes), "reals", new Attribute.Reals(reals));
        NodeProto node = NodeProto.of("", "Op", List.of(), List.of(), attributes);
        NodeProto again = read(bytes(model(graph(List.of(node), List.of()))))
                .graph()
                .orElseThrow()
                .nodes()
                .get(0);
        assertThat(((Attribute.Wholes) again.attributes().get("wholes")).values())
                .isEqualTo(wholes);
        assertThat(((Attribute.Reals) again.attributes().get("reals")).values()).isEqualTo(reals);
    }

    @Property
    void tensorsOfEveryTypeComeBack(@ForAll byte[] numbers, @ForAll DType dtype) {
        if (dtype == DType.STRING) {
            return;
        }
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = dtype == DType.BOOL
                    ? numbers[i] & 1
                    : dtype.text().startsWith("u") ? numbers[i] & 0x7f : numbers[i];
        }
        Tensor tensor = Tensor.owning(dtype, Shape.of(1, values.length), values);
        TensorProto again = read(bytes(model(graph(List.of(), List.of(TensorProto.of("t", tensor))))))
                .graph()
                .orElseThrow()
                .initializers()
                .get(0);
        assertThat(again.tensor("m.onnx")).isEqualTo(tensor);
    }

    @Test
    void numbersOutsideTheRawBytesAreRead() {
        WireWriter tensor = new WireWriter();
        tensor.wholes(1, 3);
        tensor.whole(2, ElementType.INT32.number());
        tensor.wholes(5, 1, -1, 1L << 31);
        assertThat(TensorProto.read(reader(tensor)).tensor("m.onnx").toWholes())
                .containsExactly(1, -1, Integer.MIN_VALUE);
        WireWriter halves = new WireWriter();
        halves.each(1, 2);
        halves.whole(2, ElementType.FLOAT16.number());
        halves.each(5, 0x3c00, 0xc000);
        assertThat(TensorProto.read(reader(halves)).tensor("m.onnx").toArray()).containsExactly(1, -2);
        WireWriter floats = new WireWriter();
        floats.each(1, 2);
        floats.whole(2, ElementType.FLOAT.number());
        floats.real(4, 0.5f);
        floats.real(4, 2);
        assertThat(TensorProto.read(reader(floats)).tensor("m.onnx").toArray()).containsExactly(0.5f, 2);
    }

    private static WireReader reader(WireWriter message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
        return WireReader.of(ByteBuffer.wrap(out.toByteArray()), "m.onnx");
    }

    private static void refused(byte[] content, String message) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNoMessageIsRefused() {
        refused(new byte[] {8, (byte) 0x80}, "m.onnx, byte 2: ends within a number");
        refused(new byte[] {58, 5, 0}, "m.onnx, byte 2: ends before a part of 5 bytes does");
        refused(new byte[] {0, 1}, "has a field with the number 0, which no message has");
        refused(new byte[] {11}, "has a field of the form 3, which ONNX does not use");
        refused(new byte[] {56, 1}, "m.onnx, byte 2: has a field 7 of another form than ONNX gives it");
        refused(
                new byte[] {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                "m.onnx, byte 11: has a number of more than 64");
        refused(new byte[] {58, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, "ends before a part of 18446744073709551615");
        refused(new byte[] {58, 3, 10, 5, 1}, "m.onnx, byte 4: ends before a part of 5 bytes does");
    }

    @Test
    void partsInsideEachOtherHaveALimit() {
        GraphProto inner = graph(List.of(), List.of());
        for (int i = 0; i < 40; i++) {
            NodeProto node =
                    NodeProto.of("", "If", List.of(), List.of(), Map.of("then_branch", new Attribute.Subgraph(inner)));
            inner = graph(List.of(node), List.of());
        }
        byte[] content = bytes(model(inner));
        refused(content, "holds more than 100 parts inside each other");
    }

    @Test
    void tensorsThatCannotBeAreRefusedBeforeMemoryIsTaken() {
        TensorProto huge = new TensorProto(
                "w",
                new long[] {1L << 40, 1L << 40},
                1,
                ByteBuffer.allocate(8),
                TensorProto.Form.RAW,
                List.of(),
                Map.of());
        assertThatThrownBy(() -> huge.tensor("m.onnx"))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining("m.onnx, w: of shape (1099511627776, 1099511627776) holds 2 numbers");
        TensorProto complex = new TensorProto(
                "w", new long[0], 14, ByteBuffer.allocate(8), TensorProto.Form.RAW, List.of(), Map.of());
        assertThatThrownBy(() -> complex.tensor("m.onnx"))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageContaining("m.onnx, w: holds elements of type complex64, which cannot be computed");
    }
}
