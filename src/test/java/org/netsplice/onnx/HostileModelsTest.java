package org.netsplice.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.check.Report;
import org.netsplice.format.Head;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.onnx.proto.Attribute;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.onnx.proto.NodeProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** Models with changed bytes, and sound ones with settings and fixed arguments that no model has, open with layers or end with a message. */
class HostileModelsTest {
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        3,
        100,
        65536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final SplittableRandom random = new SplittableRandom(11);

    @TempDir
    Path folder;

    private boolean opens(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("m.onnx"), content);
        try {
            Report.of(new OnnxImporter()
                    .read(Head.of(file), Optional.empty(), Progress.NONE)
                    .asDocument()
                    .graph());
            return true;
        } catch (ModelException message) {
            assertThat(message.problem().text()).isNotBlank();
            return false;
        }
    }

    private static List<BackendCases.Case> cases() throws IOException {
        return BackendCases.read(Path.of("src/test/resources/fixtures/onnx-backend.bin.gz"));
    }

    @Test
    void changedBytes() throws IOException {
        int opened = 0;
        for (BackendCases.Case test : cases()) {
            for (int round = 0; round < 6; round++) {
                byte[] changed = test.model().clone();
                for (int i = 0; i <= round; i++) {
                    changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                }
                opened += opens(changed) ? 1 : 0;
            }
        }
        assertThat(opened).isBetween(300, 2900);
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private Attribute changed(Attribute value) {
        if (random.nextInt(3) == 0) {
            return value;
        } else if (value instanceof Attribute.Whole) {
            return new Attribute.Whole(number());
        } else if (value instanceof Attribute.Wholes wholes) {
            long[] values = java.util.Arrays.copyOf(wholes.values(), random.nextInt(wholes.values().length + 2));
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(2) == 0 ? values[i] : number();
            }
            return new Attribute.Wholes(values);
        } else if (value instanceof Attribute.Real) {
            return new Attribute.Real(
                    new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY, 1e30f}[random.nextInt(5)]);
        }
        return value instanceof Attribute.Text ? new Attribute.Text("x") : new Attribute.Whole(number());
    }

    private NodeProto changed(NodeProto node) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        node.attributes().forEach((name, value) -> attributes.put(name, changed(value)));
        return new NodeProto(
                node.name(),
                node.operator(),
                node.domain(),
                node.overload(),
                node.inputs(),
                node.outputs(),
                attributes,
                "");
    }

    private Tensor changed(Tensor tensor) {
        if (tensor.dtype() != DType.INT64 || random.nextInt(2) == 0) {
            return tensor;
        }
        long[] values = tensor.toWholes();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(2) == 0 ? values[i] : number();
        }
        return Tensor.owning(DType.INT64, tensor.shape(), values);
    }

    @Test
    void settingsThatNoModelHas() throws IOException {
        int opened = 0;
        for (BackendCases.Case test : cases()) {
            if (!test.obstacle().isEmpty()) {
                continue;
            }
            ModelProto model = ModelProto.read(ByteBuffer.wrap(test.model()), "test");
            GraphProto graph = model.graph().orElseThrow();
            for (int round = 0; round < 4; round++) {
                List<TensorProto> fixed = new java.util.ArrayList<>(graph.initializers());
                for (int i = 1; i < test.inputs().size(); i++) {
                    fixed.add(TensorProto.of(
                            graph.inputs().get(i).name(), changed(test.inputs().get(i))));
                }
                GraphProto hostile = new GraphProto(
                        "",
                        graph.nodes().stream().map(this::changed).toList(),
                        fixed,
                        List.of(),
                        graph.inputs(),
                        graph.outputs(),
                        graph.values(),
                        "");
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                new ModelProto(
                                model.irVersion(),
                                model.opsets(),
                                model.producer(),
                                "",
                                "",
                                Optional.of(hostile),
                                Map.of(),
                                model.functions())
                        .writeTo(out);
                opened += opens(out.toByteArray()) ? 1 : 0;
            }
        }
        assertThat(opened).isBetween(500, 1990);
    }
}
