package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/**
 * Writes nodes of an ONNX graph, opset 18, for layers. Layers see axes as Keras orders them; the builder keeps the order that the
 * nodes before have left, as long as nodes work in any order, and puts Transpose nodes only where one needs another. Numbers are
 * float32, float64, int64 or bool; operands of different types are cast to the widest.
 */
public final class OnnxBuilder extends OnnxNodes {
    /** Writes to a sink. */
    public OnnxBuilder(OnnxSink sink) {
        super(sink);
    }

    /** What has no form in ONNX. The message completes the sentence “(layer name): …”. */
    public static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Missing(String what) {
            super(what, null, false, false);
        }
    }

    /** The value seen with other axes: axis {@code i} is what axis {@code axes[i]} was. */
    public OnnxValue transpose(OnnxValue x, int... axes) {
        return x.constant().isPresent()
                ? constant(
                        x.name() + "\ntransposed " + Arrays.toString(axes),
                        OnnxTensors.transposed(x.constant().get(), axes))
                : x.seen(axes);
    }

    /** The value with the last axis, that of the channels, seen as axis 1. */
    public OnnxValue channelsFirst(OnnxValue x) {
        int[] axes = OnnxValue.straight(x.rank());
        for (int i = 1; i < axes.length; i++) {
            axes[i] = i == 1 ? axes.length - 1 : i - 1;
        }
        return transpose(x, axes);
    }

    /** The value with axis 1, that of the channels, seen as the last. */
    public OnnxValue channelsLast(OnnxValue x) {
        int[] axes = OnnxValue.straight(x.rank());
        for (int i = 1; i < axes.length; i++) {
            axes[i] = i == axes.length - 1 ? 1 : i + 1;
        }
        return transpose(x, axes);
    }

    /** The value with an axis of size 1 before axis {@code axis}. */
    public OnnxValue insert(OnnxValue x, int axis) {
        Shape shape = Shapes.inserted(x.shape(), axis, 1);
        return x.constant().isPresent()
                ? reshape(x, shape.sizes())
                : node("Unsqueeze", Map.of(), x.type(), shape, x, integers(axis));
    }

    /** The value without an axis of size 1. */
    public OnnxValue remove(OnnxValue x, int axis) {
        Shape shape = Shapes.without(x.shape(), axis);
        return x.constant().isPresent()
                ? reshape(x, shape.sizes())
                : node("Squeeze", Map.of(), x.type(), shape, x, integers(axis));
    }

    /** Writes a node that works along one axis and keeps the shape, such as Softmax. */
    public OnnxValue along(String type, OnnxValue x, int axis) {
        int stored = x.order()[axis];
        return x.like(
                sink.node(type, List.of(stored(x)), 1, Map.of("axis", stored)).get(0), x.type(), x.stored());
    }

    /**
     * Writes a node that keeps the shape and wants one axis at a place, such as BatchNormalization.
     *
     * @param more further operands
     */
    public OnnxValue withAxis(
            String type, Map<String, Object> attributes, OnnxValue x, int axis, int place, OnnxValue... more) {
        OnnxValue ready = x.order()[axis] == place ? x : written(x, moved(x.rank(), axis, place));
        List<String> names = new ArrayList<>(List.of(stored(ready)));
        for (OnnxValue operand : more) {
            names.add(name(operand));
        }
        return ready.like(sink.node(type, names, 1, attributes).get(0), x.type(), ready.stored());
    }

    /** The order of {@code rank} axes in which {@code axis} is written at {@code place} and the others keep their order. */
    private static int[] moved(int rank, int axis, int place) {
        List<Integer> seen = new ArrayList<>(
                IntStream.range(0, rank).filter(one -> one != axis).boxed().toList());
        seen.add(place, axis);
        return inverse(seen.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Reduces axes by {@code ReduceMean}, {@code ReduceMax} and the like. */
    public OnnxValue reduce(String type, OnnxValue x, boolean keep, int... axes) {
        int[] order = x.order();
        int[] stored = IntStream.of(axes).map(axis -> order[axis]).sorted().toArray();
        String name = sink.node(
                        type,
                        List.of(
                                stored(x),
                                stored(integers(
                                        IntStream.of(stored).asLongStream().toArray()))),
                        1,
                        Map.of("keepdims", keep ? 1 : 0))
                .get(0);
        Shape sizes = Shapes.reduced(x.stored(), stored, keep);
        if (keep) {
            return x.like(name, x.type(), sizes);
        }
        int[] left = IntStream.range(0, x.rank())
                .filter(axis -> IntStream.of(axes).noneMatch(one -> one == axis))
                .map(axis -> order[axis]
                        - (int) IntStream.of(stored)
                                .filter(one -> one < order[axis])
                                .count())
                .toArray();
        return OnnxValue.ordered(name, x.type(), sizes, left);
    }

    /** Joins values along an axis. */
    public OnnxValue concat(int axis, List<OnnxValue> values) {
        DType common = common(values.toArray(OnnxValue[]::new));
        List<OnnxValue> same = cast(common, values.toArray(OnnxValue[]::new));
        int[] order = same.stream()
                .filter(value -> value.constant().isEmpty())
                .map(OnnxValue::order)
                .findFirst()
                .orElse(OnnxValue.straight(same.get(0).rank()));
        List<OnnxValue> ready =
                same.stream().map(value -> written(value, order)).toList();
        int stored = order[axis];
        Shape sizes = ready.get(0).stored();
        long sum = Shapes.sum(
                ready.stream().mapToLong(value -> value.stored().size(stored)).toArray());
        for (OnnxValue value : ready) {
            for (int i = 0; i < sizes.rank(); i++) {
                sizes = sizes.size(i) == Shape.UNKNOWN
                        ? sizes.with(i, value.stored().size(i))
                        : sizes;
            }
        }
        String name = sink.node("Concat", ready.stream().map(this::stored).toList(), 1, Map.of("axis", stored))
                .get(0);
        return OnnxValue.ordered(name, common, sizes.with(stored, sum), order);
    }

    /** Puts cells of a number before and after each axis. */
    public OnnxValue pad(OnnxValue x, long[] before, long[] after, double value) {
        int rank = x.rank();
        long[] cells = new long[2 * rank];
        Shape sizes = x.stored();
        for (int i = 0; i < rank; i++) {
            int stored = x.order()[i];
            cells[stored] = before[i];
            cells[rank + stored] = after[i];
            sizes = sizes.with(stored, Shapes.sum(sizes.size(stored), before[i], after[i]));
        }
        if (LongStream.of(cells).allMatch(count -> count == 0)) {
            return x;
        }
        String name = sink.node(
                        "Pad", List.of(stored(x), name(integers(cells)), name(number(value, x.type()))), 1, Map.of())
                .get(0);
        return x.like(name, x.type(), sizes);
    }

    /** Cells {@code from} to {@code to} of an axis, negative ones counted from the end; {@link Long#MAX_VALUE} is the end. */
    public OnnxValue slice(OnnxValue x, int axis, long from, long to, long step) {
        int stored = x.order()[axis];
        long size = x.size(axis);
        long count = size == Shape.UNKNOWN ? size : cells(size, from, to, step);
        String name = sink.node(
                        "Slice",
                        List.of(
                                stored(x),
                                name(integers(from)),
                                name(integers(to)),
                                name(integers(stored)),
                                name(integers(step))),
                        1,
                        Map.of())
                .get(0);
        return x.like(name, x.type(), x.stored().with(stored, count));
    }

    /** How many cells of an axis a slice has, as in Python. */
    private static long cells(long size, long from, long to, long step) {
        long least = step > 0 ? 0 : -1;
        long most = step > 0 ? size : size - 1;
        long first = Math.min(most, Math.max(least, from < 0 ? from + size : from));
        long last = to == Long.MIN_VALUE ? least : Math.min(most, Math.max(least, to < 0 ? to + size : to));
        return Math.max(0, step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step);
    }

    /** Cells {@code from} to {@code to} of an axis. */
    public OnnxValue slice(OnnxValue x, int axis, long from, long to) {
        return from == 0 && to >= x.size(axis) && x.size(axis) != Shape.UNKNOWN ? x : slice(x, axis, from, to, 1);
    }

    /** Every cell repeated along each axis: {@code times} has a number for each. */
    public OnnxValue repeat(OnnxValue x, long... times) {
        double[] scales = new double[times.length];
        Shape sizes = x.stored();
        for (int i = 0; i < times.length; i++) {
            int stored = x.order()[i];
            scales[stored] = times[i];
            sizes = sizes.with(stored, Shapes.times(sizes.size(stored), times[i]));
        }
        String name = sink.node(
                        "Resize",
                        List.of(stored(x), "", name(numbers(DType.FLOAT32, Shape.of(times.length), scales))),
                        1,
                        Map.of(
                                "mode",
                                "nearest",
                                "coordinate_transformation_mode",
                                "asymmetric",
                                "nearest_mode",
                                "floor"))
                .get(0);
        return x.like(name, x.type(), sizes);
    }

    /** The cells of an axis from last to first. */
    public OnnxValue reverse(OnnxValue x, int axis) {
        return slice(x, axis, -1, Long.MIN_VALUE, -1);
    }

    /** Matrix products of the last two axes; the axes before broadcast. */
    public OnnxValue matmul(OnnxValue one, OnnxValue two) {
        DType common = common(one, two);
        Shape left = one.shape();
        Shape right = two.shape();
        Shape before = Shapes.broadcast(left.axes(0, left.rank() - 2), right.axes(0, right.rank() - 2));
        return node(
                "MatMul",
                Map.of(),
                common,
                before.plus(left.size(-2)).plus(right.size(-1)),
                cast(one, common),
                cast(two, common));
    }

    /** The cells of an axis at places, whole numbers of any shape. */
    public OnnxValue gather(OnnxValue x, int axis, OnnxValue places) {
        Shape shape = x.shape();
        Shape result = shape.axes(0, axis).plus(places.shape()).plus(shape.axes(axis + 1, shape.rank()));
        return node("Gather", Map.of("axis", axis), x.type(), result, x, places);
    }

    /** The size of an axis of the very tensors, one whole number. */
    public OnnxValue size(OnnxValue x, int axis) {
        if (x.size(axis) != Shape.UNKNOWN) {
            return integers(x.size(axis));
        }
        int stored = x.order()[axis];
        String name = sink.node("Shape", List.of(stored(x)), 1, Map.of("start", stored, "end", stored + 1))
                .get(0);
        return OnnxValue.named(name, DType.INT64, Shape.of(1));
    }

    /** A constant whose equal parts along axis 0 stand in another order. */
    public OnnxValue reordered(OnnxValue constant, int parts, int... order) {
        Tensor tensor = constant.constant().orElseThrow();
        long part = tensor.shape().size(0) / parts;
        List<Tensor> pieces = IntStream.of(order)
                .mapToObj(place -> tensor.rows(place * part, (place + 1) * part))
                .toList();
        return constant(constant.key() + "\nparts " + Arrays.toString(order), Tensor.joined(pieces));
    }

    /** Whole numbers, each of the operands being one of them, as the sizes of a shape. */
    public OnnxValue sizes(OnnxValue... each) {
        return concat(0, List.of(each));
    }

    /** A value stretched along axes of size 1 to a shape, whose sizes are given as whole numbers too. */
    public OnnxValue stretch(OnnxValue x, Shape shape, OnnxValue sizes) {
        return node("Expand", Map.of(), x.type(), shape, x, sizes);
    }

    /** What a step along an axis gives. */
    public record Step(List<OnnxValue> states, List<OnnxValue> results) {}

    /** Writes a step along an axis. */
    @FunctionalInterface
    public interface Stepping {
        /** Writes the step from the states before it and the slices it reads. */
        Step write(OnnxBuilder inner, List<OnnxValue> states, List<OnnxValue> slices);
    }

    /**
     * Repeats a step along axis 1 of sequences (batch, steps, …).
     *
     * @param states what the first step begins with
     * @return the states after the last step, then the results of all steps in the order they were made
     */
    public List<OnnxValue> scan(
            List<OnnxValue> states, List<OnnxValue> sequences, boolean backwards, Stepping stepping) {
        OnnxSink body = sink.inner();
        OnnxBuilder inner = new OnnxBuilder(body);
        List<OnnxSink.Named> given = new ArrayList<>();
        List<OnnxValue> before = new ArrayList<>();
        List<OnnxValue> slices = new ArrayList<>();
        states.forEach(state -> before.add(given(given, "state", state.type(), state.shape())));
        sequences.forEach(one -> slices.add(given(given, "step", one.type(), Shapes.without(one.shape(), 1))));
        Step step = stepping.write(inner, before, slices);
        List<OnnxSink.Named> made = new ArrayList<>();
        for (OnnxValue value : step.states()) {
            made.add(result(inner, value));
        }
        for (OnnxValue value : step.results()) {
            made.add(result(inner, value));
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("body", body.end(given, made));
        attributes.put("num_scan_inputs", sequences.size());
        attributes.put("scan_input_axes", filled(sequences.size(), 1));
        attributes.put("scan_input_directions", filled(sequences.size(), backwards ? 1 : 0));
        attributes.put("scan_output_axes", filled(step.results().size(), 1));
        List<String> names = new ArrayList<>();
        states.forEach(state -> names.add(name(state)));
        sequences.forEach(sequence -> names.add(name(sequence)));
        List<String> results = sink.node("Scan", names, made.size(), attributes);
        List<OnnxValue> values = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            Shape shape = made.get(i).shape();
            Shape whole = i < states.size()
                    ? shape
                    : Shapes.inserted(shape, 1, sequences.get(0).size(1));
            values.add(OnnxValue.named(results.get(i), made.get(i).type(), whole));
        }
        return values;
    }

    private OnnxValue given(List<OnnxSink.Named> into, String name, DType type, Shape shape) {
        OnnxSink.Named named = new OnnxSink.Named(sink.free(name), type, shape);
        into.add(named);
        return OnnxValue.named(named.name(), type, shape);
    }

    /** A value as a result of an inner graph, which must be the result of a node there. */
    private static OnnxSink.Named result(OnnxBuilder inner, OnnxValue value) {
        OnnxValue own = inner.node("Identity", Map.of(), value.type(), value.shape(), value);
        return new OnnxSink.Named(own.name(), value.type(), value.shape());
    }

    private static long[] filled(int count, long value) {
        long[] all = new long[count];
        Arrays.fill(all, value);
        return all;
    }
}
