package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Training;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Selecting;

/**
 * Values averaged by how well their keys match a query: query (None, 5, 8), value (None, 7, 8) and perhaps key (None, 7, 8) give
 * (None, 5, 8). Scores are products, {@code scale · tanh} of sums (additive), or {@code weight · tanh(scale · sums)} (concat).
 */
public record Attention(boolean additive, boolean useScale, ScoreMode scoreMode, Arguments call)
        implements AttentionLayer {

    /** How query and key are compared. */
    public enum ScoreMode {
        DOT,
        CONCAT
    }

    private static final List<Parameter> PARAMETERS = List.of(
            Parameter.list("inputs"),
            Parameter.keyword("mask"),
            Parameter.value("return_attention_scores"),
            Training.PARAMETER,
            Parameter.value("use_causal_mask"));

    static final Kind<Attention> KIND = Kind.of(
                    "Attention",
                    Attention.class,
                    Kind.Family.ATTENTION,
                    "Averages values by how well their keys match a query.",
                    new Kind.Example("use_scale=true", "(None, 5, 4)", "(None, 7, 4)"))
            .constant("additive", false)
            .settings(
                    Setting.flag("use_scale", false, "Whether scores are multiplied by a learned number."),
                    Setting.choice("score_mode", ScoreMode.DOT, "How query and key are compared."))
            .parameters(PARAMETERS)
            .costs(Costs::attention)
            .notInHdf5((layer, nested) -> true, "score_mode cannot be read")
            .build();
    static final Kind<Attention> ADDITIVE = Kind.of(
                    "AdditiveAttention",
                    Attention.class,
                    Kind.Family.ATTENTION,
                    "Averages values by learned sums of keys and a query.",
                    new Kind.Example("", "(None, 5, 4)", "(None, 7, 4)"))
            .constant("additive", true)
            .constant("scoreMode", ScoreMode.CONCAT)
            .settings(Setting.flag("use_scale", true, "Whether sums are multiplied by learned numbers."))
            .parameters(PARAMETERS)
            .costs(Costs::attention)
            .build();

    @Override
    public Kind<?> kind() {
        return additive ? ADDITIVE : KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<TensorSpec> parts = call.specs("inputs", inputs);
        Shape query = parts.get(0).shape();
        Shape value = parts.get(1).shape();
        Shape key = parts.get(parts.size() - 1).shape();
        int rank = query.rank();
        boolean ranks = parts.size() <= 3 && rank >= 2 && value.rank() == rank && key.rank() == rank;
        Shape around = query.axes(0, Math.max(0, rank - 2));
        if (!ranks
                || !around.accepts(value.axes(0, rank - 2))
                || !around.accepts(key.axes(0, rank - 2))
                || !key.axes(rank - 2, rank - 1).accepts(value.axes(rank - 2, rank - 1))) {
            throw new Misfit(
                    "needs a query, values and perhaps keys of one rank, 3 or more, that differ in their last two axes only,"
                            + " and as many keys as values; received " + query + " and " + value,
                    "");
        }
        if (!Shape.of(query.last()).accepts(Shape.of(key.last()))) {
            throw new Misfit("needs query and key of equal size, received " + query + " and " + key, "");
        }
        TensorSpec result = TensorSpec.of(query.with(-1, value.last()));
        TensorSpec scores = TensorSpec.of(query.with(-1, value.size(-2)));
        return outputCount() == 1 ? List.of(result) : List.of(result, scores);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>();
        if (additive && useScale) {
            Shape query = inputs.get(0).shape();
            specs.add(WeightSpec.trainable("scale", Initial.GLOROT_UNIFORM, Shapes.known(query, query.rank() - 1)));
        } else if (useScale) {
            specs.add(WeightSpec.trainable("scale", Initial.ONES));
        }
        if (!additive && scoreMode == ScoreMode.CONCAT) {
            specs.add(WeightSpec.trainable("concat_score_weight", Initial.ONES));
        }
        return specs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        List<Array> parts = call.arrays("inputs", inputs);
        if (parts.get(0).rank() == 2) {
            return amongRows(parts, weights);
        }
        Array query = parts.get(0);
        Array value = parts.get(1);
        Array key = parts.get(parts.size() - 1 == 2 ? 2 : 1);
        AttentionMask mask = AttentionMask.NONE
                .sources(mask(1, inputs, masks))
                .causal(call.flag("use_causal_mask"), query.size(-2), key.size(-2));
        Array shares = mask.shares(scores(query, key, weights), AttentionMask.Blocking.LOWERED);
        Array result = Linear.matmul(shares, value);
        Optional<Array> counted = mask(0, inputs, masks);
        if (counted.isPresent()) {
            result = Selecting.where(opened(counted.get(), counted.get().rank()), result, Array.zeros(1));
        }
        return outputCount() == 1 ? List.of(result) : List.of(result, shares);
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        List<OnnxValue> parts = call.inputs("inputs", 0).size() > 1
                ? call.inputs("inputs", 0).stream().map(inputs::get).toList()
                : inputs;
        if (parts.get(0).rank() == 2) {
            List<OnnxValue> steps = parts.stream().map(x -> onnx.insert(x, 0)).toList();
            return new Attention(additive, useScale, scoreMode, Arguments.PLAIN)
                    .write(onnx, steps, weights).stream()
                            .limit(outputCount())
                            .map(x -> onnx.remove(x, 0))
                            .toList();
        }
        List<Optional<OnnxValue>> seen = List.of(mask(0, inputs, masks), mask(1, inputs, masks));
        return OnnxAttention.written(onnx, this, parts, seen, weights);
    }

    /** Inputs of rank 2 have no steps: Keras lets the rows of the batch attend to each other. */
    private List<Array> amongRows(List<Array> parts, List<Array> weights) {
        List<Array> steps =
                parts.stream().map(x -> x.reshape(1, x.size(0), x.size(1))).toList();
        return new Attention(additive, useScale, scoreMode, Arguments.PLAIN)
                .forward(steps, weights).stream()
                        .limit(outputCount())
                        .map(x -> x.reshape(x.size(1), x.size(2)))
                        .toList();
    }

    /** The mask of an input: the one given in the call, otherwise the one that travels with it. */
    private <T> Optional<T> mask(int index, List<T> inputs, List<Optional<T>> masks) {
        if (call.value("mask").isPresent()) {
            return call.maskAt("mask", index, inputs);
        }
        return index < masks.size() ? masks.get(index) : Optional.empty();
    }

    private Array scores(Array query, Array key, List<Array> weights) {
        if (!additive && scoreMode == ScoreMode.DOT) {
            Array products = Linear.matmul(query, Heads.transposed(key));
            return useScale ? Arithmetic.multiply(products, weights.get(0)) : products;
        }
        Array targets = opened(query, query.rank() - 1);
        Array sources = opened(key, key.rank() - 2);
        int last = query.rank();
        Array sums = Arithmetic.add(targets, sources);
        if (additive) {
            Array bent = Activations.apply("tanh", sums);
            return Reducing.over(
                    useScale ? Arithmetic.multiply(bent, weights.get(0)) : bent, false, Reducing.SUM, last);
        }
        Array bent = Activations.apply("tanh", useScale ? Arithmetic.multiply(sums, weights.get(0)) : sums);
        return Arithmetic.multiply(Reducing.over(bent, false, Reducing.SUM, last), weights.get(useScale ? 1 : 0));
    }

    /** Inserts an axis of size 1. */
    private static Array opened(Array x, int place) {
        return x.reshape(Shapes.inserted(Shape.of(x.sizes()), place, 1).sizes());
    }
}
