package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;

/** How many operations layers of several parts need for one row, counted as {@link Layer#flops} says. */
final class Costs {
    private Costs() {}

    /** Both directions of a recurrent layer. */
    static long bothWays(Bidirectional layer, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        List<TensorSpec> sequence = inputs.subList(0, 1);
        return Layer.sum(
                layer.layer().flops(sequence, outputs), layer.backward().flops(sequence, outputs));
    }

    /** All steps of a model. */
    static long steps(Submodel model, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        long sum = 0;
        List<List<TensorSpec>> results = new ArrayList<>();
        for (Submodel.Step step : model.steps()) {
            List<TensorSpec> given = Submodel.read(step.inputs(), inputs, results);
            results.add(step.layer().outputs(given));
            sum = Layer.sum(sum, step.layer().flops(given, results.get(results.size() - 1)));
        }
        return sum;
    }

    /** Scores, which are products, or sums that are bent, perhaps scaled, and added up; and the average of values by them. */
    static long attention(Attention layer, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        List<TensorSpec> parts = layer.call().specs("inputs", inputs);
        Shape query = parts.get(0).shape();
        Shape value = parts.get(1).shape();
        long scores = query.with(-1, value.size(-2)).elementsPerRow();
        boolean sums = layer.additive() || layer.scoreMode() == Attention.ScoreMode.CONCAT;
        return Layer.sum(
                Layer.product(sums && layer.useScale() ? 3 : 2, scores, query.last()),
                Layer.product(2, scores, value.last()));
    }

    /** The numbers that an attention layer compares queries and keys with for one row. */
    static long scores(AttentionLayer layer, List<TensorSpec> inputs) {
        if (layer instanceof Attention one) {
            List<TensorSpec> parts = one.call().specs("inputs", inputs);
            Shape query = parts.get(0).shape();
            boolean sums = one.additive() || one.scoreMode() == Attention.ScoreMode.CONCAT;
            return Layer.product(
                    query.with(-1, parts.get(1).shape().size(-2)).elementsPerRow(), sums ? query.last() : 1);
        }
        Heads<TensorSpec> given = Heads.specs(layer.call(), inputs);
        Shape query = given.query().shape();
        Shape value = given.value().shape();
        if (layer instanceof MultiHeadAttention heads) {
            return Layer.product(Heads.scores(query, value, heads.axes(query.rank()), heads.numHeads())
                    .elementsPerRow());
        }
        int heads = layer instanceof GroupQueryAttention grouped ? grouped.numQueryHeads() : 1;
        return Layer.product(heads, query.size(1), value.size(1));
    }

    /** Projections, scores and averages of several heads. */
    static long heads(MultiHeadAttention layer, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Heads<TensorSpec> given = Heads.specs(layer.call(), inputs);
        Shape query = given.query().shape();
        Shape scores = Heads.scores(query, given.value().shape(), layer.axes(query.rank()), layer.numHeads());
        return Layer.sum(
                projected(given, layer.weights(inputs)),
                Layer.product(
                        2,
                        scores.elementsPerRow(),
                        (long) layer.keyDim() + layer.valueDim().orElse(layer.keyDim())));
    }

    /** Projections, scores and averages where heads of queries share keys and values. */
    static long sharedHeads(GroupQueryAttention layer, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Heads<TensorSpec> given = Heads.specs(layer.call(), inputs);
        Shape scores = Heads.scores(given.query().shape(), given.value().shape(), new int[] {1}, layer.numQueryHeads());
        return Layer.sum(
                projected(given, layer.weights(inputs)), Layer.product(4, scores.elementsPerRow(), layer.headDim()));
    }

    /** Products with the kernels of queries, keys, perhaps a gate of the queries, values, and of the result. */
    private static long projected(Heads<TensorSpec> given, List<WeightSpec> weights) {
        List<Shape> kernels = weights.stream()
                .filter(spec -> spec.name().equals("kernel"))
                .map(WeightSpec::shape)
                .toList();
        List<TensorSpec> read = new ArrayList<>(List.of(given.query(), given.key(), given.value(), given.query()));
        if (kernels.size() > read.size()) {
            read.add(2, given.query());
        }
        long sum = 0;
        for (int i = 0; i < kernels.size(); i++) {
            Shape shape = read.get(i).shape();
            long places = shape.axes(0, shape.rank() - 1).elementsPerRow();
            sum = Layer.sum(sum, Layer.product(2, places, kernels.get(i).elements()));
        }
        return sum;
    }
}
