package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Training;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;

/** The inputs of a layer with attention heads: a query, values, and keys, which default to the values. */
record Heads<T>(T query, T value, T key) {
    static final Setting<Double> DROPOUT =
            Setting.real("dropout", 0, 0, "Share of the attention that is dropped during training.");

    /** The parameters of a call. */
    static final List<Parameter> PARAMETERS = List.of(
            Parameter.value("query"),
            Parameter.value("value"),
            Parameter.value("key"),
            Parameter.keyword("query_mask"),
            Parameter.keyword("value_mask"),
            Parameter.keyword("key_mask"),
            Parameter.keyword("attention_mask"),
            Parameter.value("return_attention_scores"),
            Training.PARAMETER,
            Parameter.value("use_causal_mask"));

    static Heads<TensorSpec> specs(Arguments call, List<TensorSpec> inputs) {
        return of(call.spec("query", 0, inputs), call.spec("value", 1, inputs), call.spec("key", 2, inputs));
    }

    static Heads<Array> arrays(Arguments call, List<Array> inputs) {
        return of(call.array("query", 0, inputs), call.array("value", 1, inputs), call.array("key", 2, inputs));
    }

    static Heads<OnnxValue> values(Arguments call, List<OnnxValue> inputs) {
        List<Optional<OnnxValue>> found = new ArrayList<>();
        for (String name : List.of("query", "value", "key")) {
            found.add(call.inputs(name, found.size()).stream()
                    .filter(index -> index < inputs.size())
                    .findFirst()
                    .map(inputs::get));
        }
        return of(found.get(0), found.get(1), found.get(2));
    }

    private static <T> Heads<T> of(Optional<T> query, Optional<T> value, Optional<T> key) {
        if (query.isEmpty() || value.isEmpty()) {
            throw new Layer.Misfit("needs a query and a value", "Connect both.");
        }
        return new Heads<>(query.get(), value.get(), key.orElse(value.get()));
    }

    /** The shape of the scores (batch, …, heads, targets…, sources…) where these axes are attended over. */
    static Shape scores(Shape query, Shape value, int[] axes, int heads) {
        Shape scores =
                Shapes.reduced(query.axes(0, query.rank() - 1), axes, false).plus(heads);
        for (int axis : axes) {
            scores = scores.plus(query.size(axis));
        }
        for (int axis : axes) {
            scores = scores.plus(value.size(axis));
        }
        return scores;
    }

    /** The attention mask, from the masks in the call and those that travel with the inputs. As in Keras, steps are those of axis 1. */
    static AttentionMask mask(
            Heads<Array> given,
            Arguments call,
            List<Array> inputs,
            List<Optional<Array>> masks,
            Optional<Integer> slidingWindow,
            MaskPolicy policy) {
        long targets = given.query().size(1);
        long sources = given.value().size(1);
        return AttentionMask.NONE
                .targets(carried(call, "query", 0, inputs, masks))
                .sources(carried(call, "value", 1, inputs, masks))
                .sources(carried(call, "key", 2, inputs, masks))
                .causal(call.flag("use_causal_mask"), targets, sources)
                .near(slidingWindow, targets, sources)
                .also(call.plain() ? Optional.empty() : call.array("attention_mask", -1, inputs), policy.old());
    }

    /** How Keras treats blocked scores; Keras 3 takes another way for layers with dropout and for calls that return the scores. */
    static AttentionMask.Blocking blocking(MaskPolicy policy, double dropout, AttentionLayer layer, int rank) {
        if (policy.old()) {
            return AttentionMask.Blocking.LOWERED;
        }
        boolean apart = dropout > 0 || layer.outputCount() > 1 || rank != 4;
        return apart ? AttentionMask.Blocking.ZEROED : AttentionMask.Blocking.LOWEST;
    }

    /** Refuses an attention mask that does not broadcast to scores (batch, …, heads, targets…, sources…) of this shape. */
    static void checkMask(Arguments call, List<TensorSpec> inputs, Shape scores, int attended) {
        Optional<TensorSpec> given = call.plain() ? Optional.empty() : call.spec("attention_mask", -1, inputs);
        given.map(TensorSpec::shape).ifPresent(mask -> {
            int matched = 2 * attended;
            boolean fits = mask.rank() >= matched && mask.rank() <= scores.rank();
            for (int i = 1; fits && i <= mask.rank(); i++) {
                int axis = i <= matched ? scores.rank() - i : mask.rank() - i;
                long size = mask.size(mask.rank() - i);
                fits = size == 1 || Shape.of(size).accepts(scores.axes(axis, axis + 1));
            }
            if (!fits) {
                throw new Layer.Misfit(
                        "needs an attention mask that stretches to " + scores + ", received " + mask,
                        "Give it the axes of batch, targets and sources, and one of heads before those where it needs one.");
            }
        });
    }

    /** The mask of an input: the one in the call, otherwise the one that travels with it. */
    static <T> Optional<T> carried(Arguments call, String name, int position, List<T> inputs, List<Optional<T>> masks) {
        Optional<T> given = call.input(name + "_mask").map(inputs::get);
        if (given.isPresent()) {
            return given;
        }
        return call.inputs(name, position).stream()
                .filter(index -> index < masks.size())
                .findFirst()
                .flatMap(masks::get);
    }

    /** Projects (…, in) to (…, heads, size) by a kernel (in, heads, size) and an optional bias (heads, size). */
    static Array projected(Array x, List<Array> weights) {
        Array kernel = weights.get(0);
        long wide = kernel.length() / kernel.size(0);
        Optional<Array> bias =
                weights.size() > 1 ? Optional.of(weights.get(1).reshape(new long[] {wide})) : Optional.empty();
        Array flat = Linear.dense(x, kernel.reshape(kernel.size(0), wide), bias);
        long[] sizes = java.util.Arrays.copyOf(x.sizes(), x.rank() + 1);
        sizes[x.rank() - 1] = kernel.size(1);
        sizes[x.rank()] = kernel.size(2);
        return flat.reshape(sizes);
    }

    /** The result gated by the sigmoid of a projection of the query. */
    static Array gated(Array attended, Array query, List<Array> weights) {
        return Arithmetic.multiply(attended, Activations.apply("sigmoid", projected(query, weights)));
    }

    /** Projects (…, heads, size) to (…, out) by a kernel (heads, size, out…) and an optional bias (out…). */
    static Array joined(Array x, List<Array> weights) {
        Array kernel = weights.get(0);
        long deep = kernel.size(0) * kernel.size(1);
        long wide = kernel.length() / deep;
        long[] flat = java.util.Arrays.copyOf(x.sizes(), x.rank() - 1);
        flat[flat.length - 1] = deep;
        Array result = Linear.dense(x.reshape(flat), kernel.reshape(deep, wide), Optional.empty());
        long[] sizes = IntStream.range(0, x.rank() - 2 + kernel.rank() - 2)
                .mapToLong(i -> i < x.rank() - 2 ? x.size(i) : kernel.size(i - x.rank() + 4))
                .toArray();
        Array shaped = result.reshape(sizes);
        return weights.size() > 1 ? Arithmetic.add(shaped, weights.get(1)) : shaped;
    }

    /** The last two axes swapped. */
    static Array transposed(Array x) {
        int[] order = IntStream.range(0, x.rank()).toArray();
        order[x.rank() - 1] = x.rank() - 2;
        order[x.rank() - 2] = x.rank() - 1;
        return Arranging.permute(x, order);
    }

    /**
     * The axes of learned projections of query, key, value and result. Heads, and the parts of keys and of values, may be put in another
     * order; that of steps matters to masks and windows.
     *
     * @param inputs query and value
     */
    static Axes axes(List<TensorSpec> inputs, int heads, int keyDim, int valueDim, boolean bias) {
        int step = bias ? 2 : 1;
        Shape query = inputs.get(0).shape();
        int last = query.rank() - 1;
        List<Axes.Place> whole = new ArrayList<>();
        List<Axes.Place> keys = new ArrayList<>();
        List<Axes.Place> values = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            for (int tensor = 0; tensor < step; tensor++) {
                whole.add(Axes.Of.WEIGHT.at(part * step + tensor, 1 - tensor));
                (part < 2 ? keys : values).add(Axes.Of.WEIGHT.at(part * step + tensor, 2 - tensor));
            }
        }
        whole.add(Axes.Of.WEIGHT.at(3 * step, 0));
        values.add(Axes.Of.WEIGHT.at(3 * step, 1));
        Axes axes = Axes.FIXED
                .bond(query.last(), Axes.Of.INPUT.at(0, last), Axes.Of.WEIGHT.at(0, 0))
                .bond(
                        inputs.get(1).shape().last(),
                        Axes.Of.INPUT.at(1, last),
                        Axes.Of.WEIGHT.at(step, 0),
                        Axes.Of.WEIGHT.at(2 * step, 0))
                .bond(heads, whole)
                .bond(keyDim, keys)
                .bond(valueDim, values);
        return Kernels.filters(axes, query.last(), bias, Axes.Of.OUTPUT.at(0, last), Axes.Of.WEIGHT.at(3 * step, 2));
    }
}
