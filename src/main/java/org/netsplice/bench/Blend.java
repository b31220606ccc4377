package org.netsplice.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.align.Symmetry;
import org.netsplice.align.WeightMatching;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.Comparison;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * One network made of several of one architecture by blending their weights, layer by layer in the order of their graphs: half the cost
 * of an ensemble of two, where the networks began from the same weights (a “model soup”).
 */
public final class Blend {
    /** How weights are blended. */
    public enum Method {
        /** The weighted mean. */
        AVERAGE,
        /** Along the arc between two tensors instead of the chord, so that their length is kept (Shoemake, 1985); for two networks. */
        SLERP,
        /** The weighted mean, after the units of every further network are put in the order in which they are most like the first's. */
        ALIGN
    }

    /** Below this angle an arc is a line, and dividing by its sine would lose digits. */
    private static final double LEAST_ANGLE = 1e-4;

    private final List<String> names;
    private final List<Document> documents;

    /**
     * Networks to blend, two or more.
     *
     * @param names a name for each, for messages
     */
    public Blend(List<String> names, List<Document> documents) {
        this.names = List.copyOf(names);
        this.documents = List.copyOf(documents);
    }

    /** The layers of the first network beside those of another, each with the shapes of its weights. */
    public Comparison compare(int other) {
        Map<WeightsId, Node> first = weighted(documents.get(0).graph());
        Map<WeightsId, Node> second = weighted(documents.get(other).graph());
        List<Node> ones = List.copyOf(first.values());
        List<Node> twos = List.copyOf(second.values());
        List<Comparison.Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(ones.size(), twos.size()); i++) {
            Optional<Node> one = i < ones.size() ? Optional.of(ones.get(i)) : Optional.empty();
            Optional<Node> two = i < twos.size() ? Optional.of(twos.get(i)) : Optional.empty();
            rows.add(new Comparison.Row(
                    one.map(Blend::described).orElse(""),
                    one.map(node -> shapes(0, node)).orElse(""),
                    two.map(Blend::described).orElse(""),
                    two.map(node -> shapes(other, node)).orElse("")));
        }
        return new Comparison(names.get(0), names.get(other), rows);
    }

    private String shapes(int of, Node node) {
        return documents.get(of).graph().weights().get(node.weights()).shapes();
    }

    private static String described(Node node) {
        return node.name() + " (" + node.layer().className() + ")";
    }

    /** The first call of each layer with known weights. */
    private static Map<WeightsId, Node> weighted(Graph graph) {
        Map<WeightsId, Node> found = new LinkedHashMap<>();
        graph.inOrder().stream()
                .filter(node -> graph.weights().containsKey(node.weights()))
                .forEach(node -> found.putIfAbsent(node.weights(), node));
        return found;
    }

    /** The first network that is of another architecture than the first of all, counted from 0; empty when all are alike. */
    public Optional<Integer> firstUnlike() {
        for (int i = 1; i < documents.size(); i++) {
            if (!alike(documents.get(0).graph(), documents.get(i).graph())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static boolean alike(Graph one, Graph two) {
        if (one.nodes().size() != two.nodes().size() || !places(one).equals(places(two))) {
            return false;
        }
        for (int i = 0; i < one.nodes().size(); i++) {
            Node first = one.inOrder().get(i);
            Node second = two.inOrder().get(i);
            boolean known = one.weights().containsKey(first.weights());
            if (!first.layer().equals(second.layer())
                    || known != two.weights().containsKey(second.weights())
                    || (known
                            && !one.weights()
                                    .get(first.weights())
                                    .shapes()
                                    .equals(two.weights().get(second.weights()).shapes()))) {
                return false;
            }
        }
        return true;
    }

    /** The wires and outputs by places in the graph, and which calls share a layer. */
    private static List<Object> places(Graph graph) {
        Map<WeightsId, Integer> layers = new HashMap<>();
        List<Object> places = new ArrayList<>();
        for (Node node : graph.inOrder()) {
            layers.putIfAbsent(node.weights(), layers.size());
            places.add(layers.get(node.weights()));
            node.inputs().forEach(port -> places.add(place(graph, port)));
        }
        graph.inputs().forEach(id -> places.add(graph.place(id)));
        graph.outputs().forEach(output -> places.add(place(graph, output.port())));
        return places;
    }

    private static List<Integer> place(Graph graph, Port port) {
        return List.of(graph.place(port.node()), port.index());
    }

    /**
     * Blends the weights; everything else is that of the first network.
     *
     * @param shares how much each network counts; they are divided by their sum
     * @throws ModelException.EditRefused when the architectures differ, or weights that are not floating-point numbers do
     */
    public Document by(Method method, List<Double> shares) {
        return by(method, shares, 0, Progress.NONE);
    }

    /**
     * Like {@link #by(Method, List)}.
     *
     * @param seed of the search for the order of units
     */
    public Document by(Method method, List<Double> shares, long seed, Progress progress) {
        firstUnlike().ifPresent(other -> {
            throw new ModelException.EditRefused(
                    Where.NOWHERE,
                    names.get(other) + " is of another architecture than " + names.get(0),
                    "Choose networks of one architecture; networks that differ can be merged by their outputs.");
        });
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        double[] parts = shares.stream().mapToDouble(share -> share / sum).toArray();
        Graph first = documents.get(0).graph();
        List<Map<WeightsId, Weights>> all = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            all.add(byLayersOfFirst(documents.get(i).graph()));
        }
        if (method == Method.ALIGN) {
            align(all, seed, progress);
        }
        Map<WeightsId, Weights> blended = new HashMap<>();
        weighted(first).forEach((layer, node) -> {
            List<Weights> own = all.stream().map(weights -> weights.get(layer)).toList();
            List<Tensor> tensors = new ArrayList<>();
            for (int i = 0; i < own.get(0).tensors().size(); i++) {
                int at = i;
                tensors.add(tensor(
                        method,
                        own.stream().map(weights -> weights.tensors().get(at)).toList(),
                        parts,
                        node));
            }
            blended.put(layer, new Weights(tensors));
        });
        Document kept = documents.get(0);
        return new Document(
                "blend",
                first.withWeights(blended),
                kept.placement(),
                kept.seed(),
                kept.nextId(),
                kept.origins(),
                kept.kept());
    }

    /** The weights of a network of the same architecture, under the identities that the layers have in the first. */
    private Map<WeightsId, Weights> byLayersOfFirst(Graph graph) {
        Graph first = documents.get(0).graph();
        Map<WeightsId, Weights> weights = new HashMap<>();
        weighted(first)
                .forEach((layer, node) -> weights.put(
                        layer,
                        graph.weights()
                                .get(graph.inOrder().get(first.place(node.id())).weights())));
        return weights;
    }

    private void align(List<Map<WeightsId, Weights>> all, long seed, Progress progress) {
        Symmetry symmetry = Symmetry.of(documents.get(0).graph());
        for (int i = 1; i < all.size(); i++) {
            Progress part = progress.part((i - 1.0) / (all.size() - 1), i / (all.size() - 1.0));
            List<int[]> orders = WeightMatching.of(symmetry, all.get(0), all.get(i), seed, part);
            all.set(i, symmetry.ordered(all.get(i), orders));
        }
    }

    private Tensor tensor(Method method, List<Tensor> tensors, double[] shares, Node layer) {
        Tensor first = tensors.get(0);
        if (!first.dtype().floating()) {
            if (tensors.stream().allMatch(first::equals)) {
                return first;
            }
            throw new ModelException.EditRefused(
                    new Where.AtNode(layer.id().number(), layer.name()),
                    "its weights are " + first.dtype().text() + " and differ, and there is no mean of such",
                    "Blend networks that have the same " + layer.layer().className() + ".");
        }
        double[] sum = method == Method.SLERP && shares.length == 2
                ? alongArc(tensors.get(0).toDoubles(), tensors.get(1).toDoubles(), shares[1])
                : mean(tensors, shares);
        if (first.dtype() == DType.FLOAT64) {
            return Tensor.owning(first.shape(), sum);
        }
        float[] rounded = new float[sum.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) sum[i];
        }
        return Tensor.owning(first.dtype(), first.shape(), rounded);
    }

    private static double[] mean(List<Tensor> tensors, double[] shares) {
        double[] sum = new double[tensors.get(0).length()];
        for (int k = 0; k < shares.length; k++) {
            Tensor tensor = tensors.get(k);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += shares[k] * tensor.numberAt(i);
            }
        }
        return sum;
    }

    /** {@code sin((1 − t) · angle) / sin(angle) · a + sin(t · angle) / sin(angle) · b}; a straight line where the angle is 0 or 180°. */
    static double[] alongArc(double[] a, double[] b, double t) {
        double product = 0;
        double lengths = Math.sqrt(squares(a)) * Math.sqrt(squares(b));
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        double angle = lengths == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, product / lengths)));
        boolean straight = angle < LEAST_ANGLE || Math.PI - angle < LEAST_ANGLE;
        double from = straight ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
        double to = straight ? t : Math.sin(t * angle) / Math.sin(angle);
        double[] blended = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            blended[i] = from * a[i] + to * b[i];
        }
        return blended;
    }

    private static double squares(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
