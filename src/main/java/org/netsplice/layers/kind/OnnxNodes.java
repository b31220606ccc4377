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

/** Writes constants and nodes of an ONNX graph, and keeps the order of the axes where a node works element by element. */
abstract sealed class OnnxNodes permits OnnxBuilder {
    final OnnxSink sink;
    private final Map<String, OnnxValue> transposed = new HashMap<>();
    private final Map<String, OnnxValue> casts = new HashMap<>();

    OnnxNodes(OnnxSink sink) {
        this.sink = sink;
    }

    /** Where the nodes go. */
    public OnnxSink sink() {
        return sink;
    }

    /** A constant; constants with the same key are written once. */
    public OnnxValue constant(String key, Tensor tensor) {
        return OnnxValue.constant(key, tensor);
    }

    /** Whole numbers along one axis. */
    public OnnxValue integers(long... values) {
        return constant(
                "integers\n" + Arrays.toString(values),
                Tensor.owning(DType.INT64, Shape.of(values.length), values.clone()));
    }

    /** A single number of an element type, without axes. */
    public OnnxValue number(double value, DType type) {
        return constant("number\n" + type + value, tensor(type, Shape.of(), value));
    }

    /** A tensor of the numbers in an element type. */
    public OnnxValue numbers(DType type, Shape shape, double... values) {
        return constant("numbers\n" + type + shape + Arrays.toString(values), tensor(type, shape, values));
    }

    private static Tensor tensor(DType type, Shape shape, double... values) {
        if (type == DType.FLOAT64) {
            return Tensor.owning(shape, values.clone());
        }
        if (type == DType.INT64) {
            return Tensor.owning(
                    type, shape, Arrays.stream(values).mapToLong(v -> (long) v).toArray());
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.owning(type, shape, floats);
    }

    /** Writes a node with one result; operands are written as they are seen, with their own types. */
    public OnnxValue node(
            String type, Map<String, Object> attributes, DType result, Shape shape, OnnxValue... operands) {
        List<String> names = new ArrayList<>();
        for (OnnxValue operand : operands) {
            names.add(operand == null ? "" : name(operand));
        }
        return OnnxValue.named(sink.node(type, names, 1, attributes).get(0), result, shape);
    }

    /** Writes a node with several results of one type. */
    public List<OnnxValue> nodes(
            String type, Map<String, Object> attributes, DType result, List<Shape> shapes, OnnxValue... operands) {
        List<String> names = new ArrayList<>();
        for (OnnxValue operand : operands) {
            names.add(operand == null ? "" : name(operand));
        }
        List<String> results = sink.node(type, names, shapes.size(), attributes);
        return IntStream.range(0, results.size())
                .mapToObj(i -> OnnxValue.named(results.get(i), result, shapes.get(i)))
                .toList();
    }

    /** The name of a value whose axes are written as they are seen. */
    public String name(OnnxValue value) {
        OnnxValue straight = written(value, OnnxValue.straight(value.rank()));
        return straight.constant()
                .map(tensor -> sink.constant(straight.name(), tensor))
                .orElseGet(straight::name);
    }

    /** The name of a value in the order it is written in. */
    String stored(OnnxValue value) {
        return value.constant()
                .map(tensor -> sink.constant(value.name(), tensor))
                .orElseGet(value::name);
    }

    /** The same value with its axes written in an order. */
    OnnxValue written(OnnxValue value, int... order) {
        int[] own = value.order();
        if (Arrays.equals(own, order)) {
            return value;
        }
        int[] seen = inverse(order);
        int[] moves = IntStream.of(seen).map(axis -> own[axis]).toArray();
        Shape sizes =
                Shape.of(IntStream.of(moves).mapToLong(value.stored()::size).toArray());
        if (value.constant().isPresent()) {
            OnnxValue moved = constant(
                    value.name() + "\ntransposed " + Arrays.toString(moves),
                    OnnxTensors.transposed(value.constant().get(), moves));
            return moved.seen(order);
        }
        return transposed.computeIfAbsent(value.name() + Arrays.toString(moves) + Arrays.toString(order), key -> {
            String result = sink.node("Transpose", List.of(value.name()), 1, Map.of("perm", moves))
                    .get(0);
            return OnnxValue.ordered(result, value.type(), sizes, order);
        });
    }

    static int[] inverse(int... order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** Writes a node that works element by element and broadcasts as NumPy does; the result has the operands' widest type. */
    public OnnxValue each(String type, OnnxValue... operands) {
        return each(type, Map.of(), operands);
    }

    /** Like {@link #each(String, OnnxValue...)}, with attributes. */
    public OnnxValue each(String type, Map<String, Object> attributes, OnnxValue... operands) {
        DType common = common(operands);
        return each(type, attributes, common, cast(common, operands));
    }

    /** Compares element by element; gives bool. */
    public OnnxValue compare(String type, OnnxValue one, OnnxValue two) {
        DType common = common(one, two);
        return each(type, Map.of(), DType.BOOL, cast(common, one, two));
    }

    /** Writes a node on bool operands, {@code And}, {@code Or} or {@code Not}; others count where they are not 0. */
    public OnnxValue logical(String type, OnnxValue... operands) {
        return each(type, Map.of(), DType.BOOL, cast(DType.BOOL, operands));
    }

    /** The numbers of {@code yes} where the condition holds, else those of {@code no}. */
    public OnnxValue where(OnnxValue condition, OnnxValue yes, OnnxValue no) {
        DType common = common(yes, no);
        return each(
                "Where", Map.of(), common, List.of(cast(condition, DType.BOOL), cast(yes, common), cast(no, common)));
    }

    private OnnxValue each(String type, Map<String, Object> attributes, DType result, List<OnnxValue> operands) {
        int rank = operands.stream().mapToInt(OnnxValue::rank).max().orElse(0);
        List<OnnxValue> wide = operands.stream()
                .map(operand -> operand.rank() == 0 ? operand : expanded(operand, rank))
                .toList();
        int[] order = wide.stream()
                .filter(operand -> operand.rank() == rank && operand.constant().isEmpty())
                .map(OnnxValue::order)
                .findFirst()
                .orElse(OnnxValue.straight(rank));
        List<String> names = new ArrayList<>();
        Shape sizes = Shape.of();
        for (OnnxValue operand : wide) {
            OnnxValue ready = operand.rank() == 0 ? operand : written(operand, order);
            names.add(stored(ready));
            sizes = Shapes.broadcast(sizes, ready.stored());
        }
        String name = sink.node(type, names, 1, attributes).get(0);
        return OnnxValue.ordered(name, result, sizes, order);
    }

    /** The value with axes of size 1 before its own. */
    private OnnxValue expanded(OnnxValue value, int rank) {
        int more = rank - value.rank();
        if (more == 0) {
            return value;
        }
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 0, more, 1);
        System.arraycopy(value.shape().sizes(), 0, sizes, more, value.rank());
        if (value.constant().isPresent()) {
            return reshape(value, sizes);
        }
        return node(
                "Unsqueeze",
                Map.of(),
                value.type(),
                Shape.of(sizes),
                value,
                integers(LongStream.range(0, more).toArray()));
    }

    /** {@code one + two}. */
    public OnnxValue add(OnnxValue one, OnnxValue two) {
        return each("Add", one, two);
    }

    /** {@code one − two}. */
    public OnnxValue subtract(OnnxValue one, OnnxValue two) {
        return each("Sub", one, two);
    }

    /** {@code one · two}. */
    public OnnxValue multiply(OnnxValue one, OnnxValue two) {
        return each("Mul", one, two);
    }

    /** {@code one / two}, floating-point. */
    public OnnxValue divide(OnnxValue one, OnnxValue two) {
        return each("Div", real(one), real(two));
    }

    /** {@code x · factor + offset}, floating-point. */
    public OnnxValue scale(OnnxValue x, double factor, double offset) {
        OnnxValue real = real(x);
        OnnxValue scaled = factor == 1 ? real : multiply(real, number(factor, real.type()));
        return offset == 0 ? scaled : add(scaled, number(offset, real.type()));
    }

    /** {@code min(max(x, low), high)}, floating-point; what is not a number stays so. */
    public OnnxValue clip(OnnxValue x, double low, double high) {
        OnnxValue real = real(x);
        return each("Clip", real, number(low, real.type()), number(high, real.type()));
    }

    /** The value in an element type; float becomes bool where it is not 0. */
    public OnnxValue cast(OnnxValue x, DType type) {
        if (x.type() == type) {
            return x;
        }
        if (x.constant().isPresent()) {
            return constant(
                    x.name() + "\n" + type, OnnxTensors.cast(x.constant().get(), type));
        }
        return casts.computeIfAbsent(x.name() + Arrays.toString(x.order()) + type, key -> {
            int number = OnnxTensors.number(type);
            return x.like(
                    sink.node("Cast", List.of(x.name()), 1, Map.of("to", number))
                            .get(0),
                    type,
                    x.stored());
        });
    }

    List<OnnxValue> cast(DType type, OnnxValue... values) {
        return Arrays.stream(values).map(value -> cast(value, type)).toList();
    }

    /** The value as floating-point numbers. */
    public OnnxValue real(OnnxValue x) {
        return x.type().floating() ? x : cast(x, DType.FLOAT32);
    }

    static DType common(OnnxValue... values) {
        DType common = DType.BOOL;
        for (OnnxValue value : values) {
            common = OnnxTensors.wider(common, value.type());
        }
        return common;
    }

    /** The numbers, row by row as they are seen, in another shape; at most one size may be unknown beside those that stay where they are. */
    public OnnxValue reshape(OnnxValue x, long... sizes) {
        Shape target = Shape.of(sizes);
        if (x.shape().equals(target)) {
            return x;
        }
        if (x.constant().isPresent()) {
            Tensor tensor = x.constant().get();
            long known = LongStream.of(sizes).filter(size -> size >= 0).reduce(1, (a, b) -> a * b);
            long[] all = LongStream.of(sizes)
                    .map(size -> size >= 0 ? size : tensor.length() / Math.max(1, known))
                    .toArray();
            return constant(x.name() + "\nreshaped " + Arrays.toString(all), tensor.reshaped(Shape.of(all)));
        }
        long[] asked = sizes.clone();
        long open = LongStream.of(sizes).filter(size -> size < 0).count();
        for (int i = 0; i < asked.length && open > 1; i++) {
            if (asked[i] < 0 && i < x.rank() && x.size(i) == Shape.UNKNOWN) {
                asked[i] = 0;
                open--;
            }
        }
        if (open > 1) {
            throw new OnnxBuilder.Missing("has no form in ONNX where several sizes of " + target + " are not known");
        }
        return node("Reshape", Map.of(), x.type(), target, x, integers(asked));
    }
}
