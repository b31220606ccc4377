package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/**
 * Attention as nodes of ONNX: what {@link Heads} and {@link AttentionMask} compute.
 *
 * @param mask which targets may attend to which sources
 * @param blocking what becomes of the others
 */
record OnnxAttention(OnnxBuilder onnx, Optional<OnnxValue> mask, AttentionMask.Blocking blocking) {
    private static final double BLOCKED = -1e9;
    private static final double LOWEST = -0.7 * Float.MAX_VALUE;

    /** The mask of a layer with heads, from the masks in the call and those that travel with the inputs. */
    static OnnxAttention of(
            OnnxBuilder onnx,
            Heads<OnnxValue> given,
            Arguments call,
            List<OnnxValue> inputs,
            List<Optional<OnnxValue>> masks,
            MaskPolicy policy) {
        return new OnnxAttention(onnx, Optional.empty(), AttentionMask.Blocking.LOWERED)
                .opened(Heads.carried(call, "query", 0, inputs, masks), 2)
                .opened(Heads.carried(call, "value", 1, inputs, masks), 1)
                .opened(Heads.carried(call, "key", 2, inputs, masks), 1)
                .causal(call.flag("use_causal_mask"), given.query(), given.value())
                .also(
                        call.plain()
                                ? Optional.empty()
                                : call.input("attention_mask").map(inputs::get),
                        policy.old());
    }

    /** The same with another way of blocking. */
    OnnxAttention blocking(AttentionMask.Blocking other) {
        return new OnnxAttention(onnx, mask, other);
    }

    private OnnxAttention and(OnnxValue other) {
        OnnxValue both = mask.map(own -> onnx.logical("And", own, other)).orElse(other);
        return new OnnxAttention(onnx, Optional.of(both), blocking);
    }

    /** Also blocks where a mask of steps is 0; {@code at} tells before which axis from the end another is inserted. */
    private OnnxAttention opened(Optional<OnnxValue> steps, int at) {
        return steps.map(one -> and(onnx.insert(onnx.cast(one, DType.BOOL), one.rank() + 1 - at)))
                .orElse(this);
    }

    /** Also blocks the sources where a mask (batch, sources) is 0. */
    OnnxAttention sources(Optional<OnnxValue> steps) {
        return steps.map(one -> and(onnx.insert(onnx.cast(one, DType.BOOL), one.rank() - 1)))
                .orElse(this);
    }

    private OnnxAttention also(Optional<OnnxValue> given, boolean inPart) {
        return given.map(one -> and(inPart && mask.isEmpty() ? one : onnx.cast(one, DType.BOOL)))
                .orElse(this);
    }

    /** Also blocks sources after the target; steps are those of axis 1. */
    OnnxAttention causal(boolean wanted, OnnxValue query, OnnxValue value) {
        return wanted ? and(onnx.compare("LessOrEqual", places(value, 1, 0), places(query, 1, 1))) : this;
    }

    /** Also blocks later sources, where steps are those of the last axis but one. */
    OnnxAttention causalBefore(boolean wanted, OnnxValue query, OnnxValue key) {
        return wanted
                ? and(onnx.compare("LessOrEqual", places(key, key.rank() - 2, 0), places(query, query.rank() - 2, 1)))
                : this;
    }

    /** Also blocks sources that are {@code width} steps or more away from the target. */
    OnnxAttention near(Optional<Integer> width, OnnxValue query, OnnxValue value) {
        return width.map(most -> and(onnx.compare(
                        "Less",
                        onnx.each("Abs", onnx.subtract(places(value, 1, 0), places(query, 1, 1))),
                        onnx.number(most, DType.INT64))))
                .orElse(this);
    }

    /** The numbers of the steps, as a row (1, 1, steps) or a column (1, steps, 1). */
    private OnnxValue places(OnnxValue x, int axis, int column) {
        long steps = x.size(axis);
        OnnxValue all = steps == Shape.UNKNOWN
                ? onnx.node(
                        "Range",
                        Map.of(),
                        DType.INT64,
                        Shape.of(Shape.UNKNOWN),
                        onnx.number(0, DType.INT64),
                        onnx.remove(onnx.size(x, axis), 0),
                        onnx.number(1, DType.INT64))
                : onnx.integers(java.util.stream.LongStream.range(0, steps).toArray());
        return onnx.reshape(all, column == 1 ? new long[] {1, steps, 1} : new long[] {1, 1, steps});
    }

    /** Inserts axes of size 1 before the targets so that the mask has {@code rank} axes. */
    OnnxAttention spread(int rank, int attended) {
        if (mask.isPresent() && attended > 1) {
            throw new OnnxBuilder.Missing("has no form in ONNX where a mask blocks several axes together");
        }
        OnnxValue own = mask.orElse(null);
        while (own != null && own.rank() < rank) {
            own = onnx.insert(own, own.rank() - 2);
        }
        return new OnnxAttention(onnx, Optional.ofNullable(own), blocking);
    }

    /** The softmax over the last axis of scores (batch, …, targets, sources). */
    OnnxValue shares(OnnxValue scores) {
        int last = scores.rank() - 1;
        if (mask.isEmpty()) {
            return onnx.along("Softmax", scores, last);
        }
        OnnxValue own = mask.get();
        if (blocking == AttentionMask.Blocking.LOWERED) {
            OnnxValue lowered = onnx.scale(onnx.cast(own, scores.type()), -BLOCKED, BLOCKED);
            return onnx.along("Softmax", onnx.add(scores, lowered), last);
        }
        double lowest = blocking == AttentionMask.Blocking.LOWEST ? LOWEST : BLOCKED;
        OnnxValue blocked = onnx.number(lowest, scores.type());
        OnnxValue shares = onnx.along("Softmax", onnx.where(own, scores, blocked), last);
        return blocking == AttentionMask.Blocking.LOWEST
                ? shares
                : onnx.multiply(shares, onnx.cast(own, scores.type()));
    }

    /** The values (batch, …, heads, size) mixed along the attended axes by how well keys match queries, and the shares. */
    List<OnnxValue> mixed(AttendedAxes axes, OnnxValue query, OnnxValue key, OnnxValue value) {
        int count = axes.count();
        OnnxValue targets = onnx.transpose(query, axes.order());
        OnnxValue sources = flat(onnx, onnx.transpose(key, axes.order()), count);
        OnnxValue scores = onnx.matmul(flat(onnx, targets, count), transposed(onnx, sources));
        OnnxValue shares = spread(scores.rank(), count).shares(scores);
        OnnxValue mixed = onnx.matmul(shares, flat(onnx, onnx.transpose(value, axes.order()), count));
        Shape apart = targets.shape().with(-1, mixed.size(-1));
        Shape attended = onnx.transpose(key, axes.order()).shape();
        Shape whole = targets.shape()
                .axes(0, targets.rank() - 1)
                .plus(attended.axes(attended.rank() - 1 - count, attended.rank() - 1));
        return List.of(
                onnx.transpose(onnx.reshape(mixed, apart.sizes()), axes.inverse()),
                count == 1 ? shares : onnx.reshape(shares, whole.sizes()));
    }

    /** Projects (…, in) to (…, heads, size) by a kernel (in, heads, size) and an optional bias (heads, size). */
    static OnnxValue projected(OnnxBuilder onnx, OnnxValue given, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(given);
        OnnxValue kernel = weights.get(0);
        long wide = kernel.size(1) * kernel.size(2);
        OnnxValue flat = onnx.matmul(x, onnx.reshape(kernel, kernel.size(0), wide));
        OnnxValue whole = weights.size() > 1 ? onnx.add(flat, onnx.reshape(weights.get(1), wide)) : flat;
        Shape result = x.shape().axes(0, x.rank() - 1).plus(kernel.size(1)).plus(kernel.size(2));
        return onnx.reshape(whole, result.sizes());
    }

    /** The result gated by the sigmoid of a projection of the query; not gated without weights. */
    static OnnxValue gated(OnnxBuilder onnx, OnnxValue attended, OnnxValue query, List<OnnxValue> weights) {
        return weights.isEmpty()
                ? attended
                : onnx.multiply(attended, onnx.each("Sigmoid", projected(onnx, query, weights)));
    }

    /** Projects (…, heads, size) to (…, out) by a kernel (heads, size, out…) and an optional bias (out…). */
    static OnnxValue joined(OnnxBuilder onnx, OnnxValue x, List<OnnxValue> weights) {
        OnnxValue kernel = weights.get(0);
        long deep = kernel.size(0) * kernel.size(1);
        long wide = kernel.shape().elements() / deep;
        Shape before = x.shape().axes(0, x.rank() - 2);
        OnnxValue flat = onnx.reshape(x, before.plus(deep).sizes());
        OnnxValue result = onnx.matmul(flat, onnx.reshape(kernel, deep, wide));
        Shape whole = before.plus(kernel.shape().axes(2, kernel.rank()));
        OnnxValue shaped = onnx.reshape(result, whole.sizes());
        return weights.size() > 1 ? onnx.add(shaped, weights.get(1)) : shaped;
    }

    /** The last two axes swapped. */
    static OnnxValue transposed(OnnxBuilder onnx, OnnxValue x) {
        int[] order = IntStream.range(0, x.rank()).toArray();
        order[x.rank() - 1] = x.rank() - 2;
        order[x.rank() - 2] = x.rank() - 1;
        return onnx.transpose(x, order);
    }

    /** Every head repeated {@code times} times: (batch, steps, heads, size) becomes (batch, steps, heads · times, size). */
    static OnnxValue repeated(OnnxBuilder onnx, OnnxValue x, int times) {
        if (times == 1) {
            return x;
        }
        Shape shape = x.shape();
        Shape wide = Shape.of(shape.size(0), shape.size(1), shape.size(2), times, shape.size(3));
        OnnxValue tiled =
                onnx.node("Tile", Map.of(), x.type(), wide, onnx.insert(x, 3), onnx.integers(1, 1, 1, times, 1));
        return onnx.reshape(tiled, shape.with(2, shape.size(2) * times).sizes());
    }

    /** Merges the attended axes, the last ones before the size, into one. */
    static OnnxValue flat(OnnxBuilder onnx, OnnxValue x, int count) {
        if (count == 1) {
            return x;
        }
        int kept = x.rank() - 1 - count;
        long steps = Arrays.stream(x.shape().axes(kept, kept + count).sizes()).anyMatch(size -> size < 0)
                ? Shape.UNKNOWN
                : x.shape().axes(kept, kept + count).elements();
        return onnx.reshape(
                x, x.shape().axes(0, kept).plus(steps).plus(x.size(-1)).sizes());
    }

    /** How well keys match queries, as a layer compares them. */
    static OnnxValue scores(
            OnnxBuilder onnx, Attention layer, OnnxValue query, OnnxValue key, List<OnnxValue> weights) {
        boolean additive = layer.additive();
        boolean useScale = layer.useScale();
        if (!additive && layer.scoreMode() == Attention.ScoreMode.DOT) {
            OnnxValue products = onnx.matmul(query, transposed(onnx, key));
            return useScale ? onnx.multiply(products, weights.get(0)) : products;
        }
        OnnxValue sums = onnx.add(onnx.insert(query, query.rank() - 1), onnx.insert(key, key.rank() - 2));
        OnnxValue scaled = useScale && !additive ? onnx.multiply(sums, weights.get(0)) : sums;
        OnnxValue bent = onnx.each("Tanh", scaled);
        OnnxValue weighted = useScale && additive ? onnx.multiply(bent, weights.get(0)) : bent;
        OnnxValue scores = onnx.reduce("ReduceSum", weighted, false, query.rank());
        return additive ? scores : onnx.multiply(scores, weights.get(useScale ? 1 : 0));
    }

    /** The result of a layer without heads, and its shares; the masks are those of steps of the query and of the values. */
    static List<OnnxValue> written(
            OnnxBuilder onnx,
            Attention layer,
            List<OnnxValue> parts,
            List<Optional<OnnxValue>> masks,
            List<OnnxValue> weights) {
        OnnxValue query = onnx.real(parts.get(0));
        OnnxValue value = onnx.real(parts.get(1));
        OnnxValue key = onnx.real(parts.get(parts.size() - 1 == 2 ? 2 : 1));
        OnnxValue shares = new OnnxAttention(onnx, Optional.empty(), AttentionMask.Blocking.LOWERED)
                .sources(masks.get(1))
                .causalBefore(layer.call().flag("use_causal_mask"), query, key)
                .shares(scores(onnx, layer, query, key, weights));
        OnnxValue mixed = onnx.matmul(shares, value);
        OnnxValue result = masks.get(0)
                .map(counted -> onnx.where(onnx.insert(counted, counted.rank()), mixed, onnx.number(0, mixed.type())))
                .orElse(mixed);
        return layer.outputCount() == 1 ? List.of(result) : List.of(result, shares);
    }

    /** The result of a layer with heads, and its shares where they are wanted. */
    static List<OnnxValue> heads(
            OnnxBuilder onnx,
            MultiHeadAttention layer,
            List<OnnxValue> inputs,
            List<Optional<OnnxValue>> masks,
            List<OnnxValue> weights) {
        Heads<OnnxValue> given = Heads.values(layer.call(), inputs);
        int step = layer.useBias() ? 2 : 1;
        int gate = layer.useGate() ? step : 0;
        OnnxValue query = projected(onnx, given.query(), weights.subList(0, step));
        OnnxValue key = projected(onnx, given.key(), weights.subList(step, 2 * step));
        OnnxValue value = projected(onnx, given.value(), weights.subList(2 * step + gate, 3 * step + gate));
        AttendedAxes axes =
                AttendedAxes.of(given.query().rank(), layer.axes(given.query().rank()));
        List<OnnxValue> mixed = OnnxAttention.of(onnx, given, layer.call(), inputs, masks, layer.maskPolicy())
                .near(layer.slidingWindow(), given.query(), given.value())
                .blocking(Heads.blocking(layer.maskPolicy(), layer.dropout(), layer, query.rank()))
                .mixed(axes, onnx.scale(query, 1 / Math.sqrt(layer.keyDim()), 0), key, value);
        List<OnnxValue> gates = layer.useGate() ? weights.subList(2 * step, 3 * step) : List.of();
        OnnxValue gated = gated(onnx, mixed.get(0), given.query(), gates);
        OnnxValue result = joined(onnx, gated, weights.subList(3 * step + gate, weights.size()));
        return layer.outputCount() == 1 ? List.of(result) : List.of(result, mixed.get(1));
    }
}
