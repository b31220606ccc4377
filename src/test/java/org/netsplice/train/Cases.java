package org.netsplice.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.container.Npz;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.layers.LayerNotation;
import org.netsplice.predict.Answers;
import org.netsplice.problem.Where;

/** Documents and rows for tests of training. */
final class Cases {
    static final Goal HEAD = new Goal("head");
    static final Document SMALL = waved(chain(
            Shape.of(Shape.UNKNOWN, 3),
            "first:Dense(units=4,activation=tanh)",
            "head:Dense(units=2,activation=softmax)"));
    static final Rows ROWS = rows("in", wave(1, 0.2, 40, 3), "head", classes(40));
    static final Options QUICK = Options.STANDARD.withRate(0.05).withBatch(8);

    private Cases() {}

    /** Whether the first number of a row is above 0. */
    static Tensor classes(int rows) {
        Tensor x = wave(1, 0.2, rows, 3);
        long[] classes = IntStream.range(0, rows)
                .mapToLong(row -> x.at(3 * row) > 0 ? 1 : 0)
                .toArray();
        return Tensor.owning(DType.INT64, Shape.of(rows), classes);
    }

    static Document with(Document document, String behind, String text) {
        int colon = text.indexOf(':');
        return new AddLayer(
                        LayerNotation.parse(text.substring(colon + 1), Where.NOWHERE)
                                .layer(),
                        text.substring(0, colon),
                        List.of(Port.of(id(document, behind))),
                        Optional.empty())
                .apply(document);
    }

    /** The number of a node. */
    static NodeId id(Document document, String name) {
        return document.graph().named(name).orElseThrow().id();
    }

    /** The rows that the networks of the digits were trained on. */
    static Rows digits(String output) {
        Map<String, Tensor> arrays = Npz.read(Path.of("src/test/resources/train/digits_train.npz"));
        float[] pixels = arrays.get("x").toArray();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] /= 16;
        }
        Tensor x = Tensor.owning(DType.FLOAT32, Shape.of(pixels.length / 64, 8, 8, 1), pixels);
        return rows("digit", x, output, arrays.get("y"));
    }

    /** Rows of one input and one output. */
    static Rows rows(String input, Tensor x, String output, Tensor y) {
        return new Rows(Map.of(input, x), Map.of(output, new Answers("y.npy", Optional.of(y), List.of())));
    }

    /** The first rows of some. */
    static Rows first(Rows rows, int count) {
        Map<String, Tensor> inputs = new java.util.HashMap<>();
        rows.inputs().forEach((name, tensor) -> inputs.put(name, tensor.rows(0, count)));
        Map<String, Answers> targets = new java.util.HashMap<>();
        rows.targets()
                .forEach((name, answers) -> targets.put(
                        name,
                        new Answers(
                                answers.source(),
                                answers.numbers().map(tensor -> tensor.rows(0, count)),
                                answers.names())));
        return new Rows(inputs, targets);
    }

    /** A network of layers one after the other, such as {@code Dense(units=4)}, named after what stands before a colon. */
    static Document chain(Shape input, String... layers) {
        Document document = new AddLayer(new InputLayer(input, DType.FLOAT32), "in", List.of(), Optional.empty())
                .apply(Document.EMPTY);
        NodeId last = AddLayer.added(Document.EMPTY);
        for (String text : layers) {
            String name = text.substring(0, text.indexOf(':'));
            Document before = document;
            document = new AddLayer(
                            LayerNotation.parse(text.substring(name.length() + 1), Where.NOWHERE)
                                    .layer(),
                            name,
                            List.of(Port.of(last)),
                            Optional.empty())
                    .apply(before);
            last = AddLayer.added(before);
        }
        return new MarkOutput(Port.of(last), true).apply(document);
    }

    /** {@code size · sin(1.7 · i + shift)}. */
    static float[] wave(int count, double size, double shift) {
        float[] wave = new float[count];
        for (int i = 0; i < count; i++) {
            wave[i] = (float) (size * Math.sin(1.7 * i + shift));
        }
        return wave;
    }

    static Tensor wave(double size, double shift, long... sizes) {
        Shape shape = Shape.of(sizes);
        return Tensor.owning(DType.FLOAT32, shape, wave((int) shape.elements(), size, shift));
    }

    /** The document with a wave in every weight, as the script of the goldens sets them. */
    static Document waved(Document document) {
        Document waved = document;
        int number = 0;
        for (Node node : document.graph().inOrder()) {
            List<Tensor> tensors = new ArrayList<>();
            for (WeightSpec spec : Report.of(document.graph()).weights(node.id())) {
                float[] own = wave((int) spec.shape().elements(), 0.4, number++);
                for (int i = 0; i < own.length && spec.name().contains("variance"); i++) {
                    own[i] = (float) ((double) (own[i] * own[i]) + 0.5);
                }
                tensors.add(Tensor.owning(DType.FLOAT32, spec.shape(), own));
            }
            if (!tensors.isEmpty()) {
                waved = new LoadWeights(node.id(), new Weights(tensors)).apply(waved);
            }
        }
        return waved;
    }

    /** All weights of a document, in the order of its layers. */
    static List<Tensor> weights(Document document) {
        Graph graph = document.graph();
        return graph.inOrder().stream()
                .flatMap(node -> Optional.ofNullable(graph.weights().get(node.weights())).stream())
                .flatMap(weights -> weights.tensors().stream())
                .toList();
    }

    /** Everything in a document is trained. */
    static Selection everything(Document document) {
        return Selection.of(document, List.of("*"));
    }
}
