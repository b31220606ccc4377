package org.netsplice.onnx;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.format.Formats;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.Opaque;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.work.Progress;

/** ONNX' own tests of its operators, as {@code src/test/python/onnx_backend.py} writes them, and what this program makes of them. */
final class BackendCases {
    static final String EQUAL = "equal";
    static final String ROWS_FIRST = "equal, with the rows first";
    static final String FIXED = "equal, with fixed arguments";
    private static final Formats FORMATS = new Formats(List.of(new OnnxImporter()), List.of());

    private BackendCases() {}

    /** A test: a model, what it is given, and what it must give. */
    record Case(String name, byte[] model, List<Tensor> inputs, List<Tensor> outputs, String obstacle) {}

    static List<Case> read(Path file) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            while (true) {
                byte[] name = in.readNBytes(4);
                if (name.length < 4) {
                    return cases;
                }
                String title = new String(in.readNBytes(ByteBuffer.wrap(name).getInt()), StandardCharsets.UTF_8);
                byte[] model = in.readNBytes(in.readInt());
                int inputs = in.readInt();
                int outputs = in.readInt();
                List<Tensor> all = new ArrayList<>();
                String obstacle = "";
                for (int i = 0; i < inputs + outputs; i++) {
                    byte[] tensor = in.readNBytes(in.readInt());
                    try {
                        all.add(tensor(tensor));
                    } catch (ModelException.Unsupported type) {
                        obstacle = type.problem().what();
                        all.add(Filling.of(0, org.netsplice.graph.DType.FLOAT32, 1));
                    }
                }
                cases.add(new Case(title, model, all.subList(0, inputs), all.subList(inputs, all.size()), obstacle));
            }
        }
    }

    private static Tensor tensor(byte[] bytes) {
        return TensorProto.read(ByteBuffer.wrap(bytes), "test").tensor("test");
    }

    /** What comes of a test: equal numbers, or why there are none. */
    static String answer(Case test, Path folder) throws IOException {
        if (!test.obstacle().isEmpty()) {
            return test.obstacle();
        }
        String first = answer(test, test.model(), Set.of(), folder);
        if (first.equals(EQUAL) || test.inputs().size() < 2) {
            return first;
        }
        ModelProto model = ModelProto.read(ByteBuffer.wrap(test.model()), "test");
        Set<Integer> fixed = new java.util.TreeSet<>();
        for (int i = 1; i < test.inputs().size(); i++) {
            fixed.add(i);
        }
        String second = answer(test, withFixed(model, test, fixed), fixed, folder);
        return second.equals(EQUAL) ? FIXED : second;
    }

    /** The model with some inputs as tensors of the file. */
    private static byte[] withFixed(ModelProto model, Case test, Set<Integer> fixed) throws IOException {
        GraphProto graph = model.graph().orElseThrow();
        List<TensorProto> tensors = new ArrayList<>(graph.initializers());
        for (int i : fixed) {
            tensors.add(
                    TensorProto.of(graph.inputs().get(i).name(), test.inputs().get(i)));
        }
        GraphProto changed = new GraphProto(
                graph.name(), graph.nodes(), tensors, List.of(), graph.inputs(), graph.outputs(), graph.values(), "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ModelProto(
                        model.irVersion(),
                        model.opsets(),
                        model.producer(),
                        "",
                        "",
                        Optional.of(changed),
                        Map.of(),
                        model.functions())
                .writeTo(out);
        return out.toByteArray();
    }

    private static String answer(Case test, byte[] model, Set<Integer> fixed, Path folder) throws IOException {
        Path file = Files.write(folder.resolve("case.onnx"), model);
        try {
            Document document =
                    FORMATS.open(file, Optional.empty(), Progress.NONE).asDocument();
            for (Node node : document.graph().inOrder()) {
                if (node.layer() instanceof Opaque opaque) {
                    return opaque.reason();
                }
            }
            CompiledNetwork network = Compiler.compile(document, Progress.NONE);
            Map<String, Tensor> given = new LinkedHashMap<>();
            int next = 0;
            for (int i = 0; i < test.inputs().size(); i++) {
                if (!fixed.contains(i)) {
                    given.put(network.inputs().get(next++).name(), test.inputs().get(i));
                }
            }
            List<Tensor> results =
                    new ArrayList<>(network.predict(given, 64, Progress.NONE).values());
            return compared(results, test.outputs());
        } catch (ModelException refusal) {
            return refusal.problems().stream()
                    .map(Problem::what)
                    .reduce((one, two) -> one + " | " + two)
                    .orElse("");
        }
    }

    private static String compared(List<Tensor> results, List<Tensor> expected) {
        for (int i = 0; i < Math.min(results.size(), expected.size()); i++) {
            String answer = compared(results.get(i), expected.get(i));
            if (!answer.equals(EQUAL)) {
                int axis = 1;
                while (axis < expected.get(i).shape().rank()
                        && !compared(results.get(i), rowsFirst(expected.get(i), axis))
                                .equals(EQUAL)) {
                    axis++;
                }
                return axis < expected.get(i).shape().rank() ? ROWS_FIRST : answer;
            }
        }
        return EQUAL;
    }

    /** The tensor with an axis moved before all others. */
    private static Tensor rowsFirst(Tensor tensor, int axis) {
        int[] order = new int[tensor.shape().rank()];
        order[0] = axis;
        for (int i = 1; i < order.length; i++) {
            order[i] = i <= axis ? i - 1 : i;
        }
        return Tensors.permuted(tensor, order);
    }

    private static String compared(Tensor one, Tensor two) {
        if (!one.shape().equals(two.shape())) {
            return "differs in shape: " + one.shape() + " for " + two.shape();
        }
        for (int at = 0; at < one.length(); at++) {
            double difference = Math.abs(one.numberAt(at) - two.numberAt(at));
            boolean same = Double.compare(one.at(at), two.at(at)) == 0
                    || difference <= 1e-5 * Math.max(1, Math.abs(two.numberAt(at)));
            if (!same) {
                return "differs: " + one.at(at) + " for " + two.at(at);
            }
        }
        return EQUAL;
    }
}
