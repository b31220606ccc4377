package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.onnx.proto.Attribute;

/** Operators that pick, join, pad or make numbers. */
final class IndexOperators {
    static final Map<String, Operator> ALL = all();

    private IndexOperators() {}

    private static Map<String, Operator> all() {
        Map<String, Operator> all = new HashMap<>();
        all.put("Constant", Operator.one(IndexOperators::constant));
        all.put("ConstantOfShape", Operator.one(call -> {
            Tensor value = call.node().attributes().get("value") instanceof Attribute.Numbers numbers
                    ? numbers.value().tensor(call.file())
                    : Filling.of(0, DType.FLOAT32, 1);
            return ShapeOperators.filled(
                    call, value.numberAt(0), value.dtype(), call.known(0).toWholes());
        }));
        all.put("Shape", Operator.one(IndexOperators::shape));
        all.put(
                "Size",
                Operator.one(call -> Call.value(
                        Tensors.whole(LongStream.of(call.in(0).shape()).reduce(1, Math::multiplyExact)))));
        all.put("Range", Operator.one(IndexOperators::range));
        all.put("Concat", Operator.one(IndexOperators::concatenated));
        all.put("Gather", Operator.one(IndexOperators::gather));
        all.put("GatherElements", Operator.one(call -> {
            int axis = Call.axis(call.whole("axis", 0), call.in(0).rank());
            ReductionOperators.refuseRows(call, call.in(0), axis);
            return call.operation("TakeAlongAxis", Map.of("axis", axis), call.in(0), call.in(1));
        }));
        all.put("Pad", Operator.one(IndexOperators::padded));
        all.put("OneHot", Operator.one(IndexOperators::oneHot));
        all.put("TopK", IndexOperators::largest);
        all.put("Trilu", Operator.one(call -> {
            int k = call.knownOr(1)
                    .map(number -> Call.integer(number.wholeAt(0)))
                    .orElse(0);
            return call.operation(call.integer("upper", 1) != 0 ? "Triu" : "Tril", Map.of("k", k), call.in(0));
        }));
        return all;
    }

    private static Value constant(Call call) {
        Attribute value = call.node().attributes().values().stream()
                .findFirst()
                .orElseThrow(() -> new Untranslatable("it holds no value"));
        if (value instanceof Attribute.Numbers numbers) {
            return Call.value(numbers.value().tensor(call.file()));
        } else if (value instanceof Attribute.Real real) {
            return Call.number(real.value(), DType.FLOAT32);
        } else if (value instanceof Attribute.Whole whole) {
            return Call.value(Tensors.whole(whole.value()));
        } else if (value instanceof Attribute.Reals reals) {
            return Call.value(ShapeOperators.floats(reals.values()));
        } else if (value instanceof Attribute.Wholes wholes) {
            return Call.value(Tensors.wholes(wholes.values()));
        }
        throw new Untranslatable("it holds a value that is no tensor of numbers");
    }

    private static Value shape(Call call) {
        long[] sizes = call.in(0).shape();
        int rank = sizes.length;
        long from = call.whole("start", 0);
        long to = call.whole("end", rank);
        int first = (int) Math.min(Math.max(from < 0 ? from + rank : from, 0), rank);
        int last = (int) Math.min(Math.max(to < 0 ? to + rank : to, first), rank);
        return Call.value(Tensors.wholes(Arrays.copyOfRange(sizes, first, last)));
    }

    private static Value range(Call call) {
        Tensor start = call.known(0);
        Tensor limit = call.known(1);
        Tensor step = call.known(2);
        if (call.to().sizes().unknown(limit.wholeAt(0)) || call.to().sizes().unknown(start.wholeAt(0))) {
            throw new Untranslatable("it counts up to a size that is not known");
        }
        double count = Math.ceil((limit.numberAt(0) - start.numberAt(0)) / step.numberAt(0));
        if (!(count <= 1 << 20)) {
            throw new Untranslatable("it counts " + count + " numbers");
        }
        int length = (int) Math.max(0, count);
        if (start.dtype().form() == DType.Form.WHOLE) {
            long[] values = LongStream.range(0, length)
                    .map(i -> start.wholeAt(0) + i * step.wholeAt(0))
                    .toArray();
            return Call.value(Tensor.owning(start.dtype(), Shape.of(length), values));
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (start.numberAt(0) + i * step.numberAt(0));
        }
        return Call.value(Tensor.owning(start.dtype(), Shape.of(length), values));
    }

    private static Value concatenated(Call call) {
        List<Value> all = new ArrayList<>(call.all());
        int rank = all.get(0).rank();
        int axis = Call.axis(call.required("axis"), rank);
        if (all.stream().allMatch(Value.Known.class::isInstance)) {
            return call.operation("Concatenate", Map.of("axis", axis), all.toArray(Value[]::new));
        }
        for (Value one : all) {
            ReductionOperators.refuseRows(call, one, axis);
        }
        all.replaceAll(one -> perRow(call.to(), one, rank));
        if (axis == 0) {
            return call.operation("Concatenate", Map.of("axis", 0), all.toArray(Value[]::new));
        }
        return all.size() == 1
                ? all.get(0)
                : call.layer("Concatenate", Map.of("axis", axis), all.toArray(Value[]::new));
    }

    /** A value that has an axis for the rows, made of fixed numbers where necessary. */
    static Value perRow(Translation to, Value value, int rank) {
        if (value instanceof Value.Known known && rank > 0 && known.rank() == rank && known.shape()[0] == 1) {
            return to.perRow(known.tensor(), rank);
        }
        if (value instanceof Value.Uniform uniform && uniform.known()[0] == Sizes.BATCH) {
            long[] single = uniform.known().clone();
            single[0] = 1;
            if (LongStream.of(single).noneMatch(to.sizes()::unknown)) {
                return to.perRow(Filling.of(uniform.number(), uniform.dtype(), single), rank);
            }
        }
        return value;
    }

    private static Value gather(Call call) {
        Value data = call.in(0);
        Value places = call.in(1);
        int axis = Call.axis(call.whole("axis", 0), data.rank());
        if (data instanceof Value.Known known && places instanceof Value.Known fixed) {
            return Call.value(taken(known.tensor(), fixed.tensor(), axis));
        }
        if (data instanceof Value.Known known) {
            return embedded(call, known.tensor(), places, axis);
        }
        Tensor fixed = call.known(1);
        ReductionOperators.refuseRows(call, data, axis);
        if (fixed.length() == 1 && fixed.shape().rank() == 0) {
            return Slicing.place(call, data, axis, Call.integer(fixed.wholeAt(0)));
        }
        return call.operation("Take", Map.of("axis", axis), data, Call.value(fixed));
    }

    private static Tensor taken(Tensor data, Tensor places, int axis) {
        int size = Call.integer(data.shape().size(axis));
        int inner =
                Call.integer(data.shape().axes(axis + 1, data.shape().rank()).elements());
        int outer = Call.integer(data.shape().axes(0, axis).elements());
        int[] picked = new int[Math.multiplyExact(Math.multiplyExact(outer, places.length()), inner)];
        int at = 0;
        for (int block = 0; block < outer; block++) {
            for (int i = 0; i < places.length(); i++) {
                int place = Call.axis(places.wholeAt(i), size);
                for (int cell = 0; cell < inner; cell++) {
                    picked[at++] = (block * size + place) * inner + cell;
                }
            }
        }
        Shape shape = data.shape()
                .axes(0, axis)
                .plus(places.shape())
                .plus(data.shape().axes(axis + 1, data.shape().rank()));
        return data.picked(shape, picked);
    }

    private static Value embedded(Call call, Tensor table, Value places, int axis) {
        if (axis != 0 || !table.dtype().floating()) {
            throw new Untranslatable("it looks up fixed numbers along axis " + axis);
        }
        long rows = table.shape().size(0);
        long width = table.length() / Math.max(1, rows);
        Value found = call.weighted(
                "Embedding",
                Map.of("input_dim", Call.integer(rows), "output_dim", Call.integer(width)),
                List.of(table.reshaped(Shape.of(rows, width))),
                places);
        if (table.shape().rank() == 2) {
            return found;
        }
        long[] sizes = Shape.of(places.shape())
                .plus(table.shape().axes(1, table.shape().rank()))
                .sizes();
        return ShapeOperators.reshaped(call, found, sizes);
    }

    private static Value padded(Call call) {
        Value data = call.in(0);
        int rank = data.rank();
        long[] pads = call.wholes("pads", 1).orElseThrow(() -> new Untranslatable("it has no pads"));
        int[] axes = call.knownOr(3)
                .map(Tensor::toWholes)
                .map(given -> Arrays.stream(given)
                        .mapToInt(axis -> Call.axis(axis, rank))
                        .toArray())
                .orElseGet(() -> Call.from(0, rank));
        if (pads.length != 2 * axes.length) {
            throw new Untranslatable("it has " + pads.length + " pads for " + axes.length + " axes");
        }
        List<List<Integer>> pairs = new ArrayList<>(Collections.nCopies(rank, List.of(0, 0)));
        for (int i = 0; i < axes.length; i++) {
            long begin = pads[i];
            long end = pads[axes.length + i];
            if (begin < 0 || end < 0) {
                throw new Untranslatable("it cuts cells off by negative padding");
            }
            if (begin + end > 0) {
                ReductionOperators.refuseRows(call, data, axes[i]);
            }
            pairs.set(axes[i], List.of(Call.integer(begin), Call.integer(end)));
        }
        String mode = call.text("mode", "constant");
        double number = call.has("value")
                ? call.real("value", 0)
                : call.knownOr(2).map(value -> value.numberAt(0)).orElse(0.0);
        boolean image = mode.equals("constant")
                && number == 0
                && rank == 4
                && pairs.get(0).equals(List.of(0, 0))
                && pairs.get(1).equals(List.of(0, 0));
        if (image && data.dtype() == DType.FLOAT32) {
            return call.layer(
                    "ZeroPadding2D", Map.of("padding", pairs.subList(2, 4), "data_format", Windows.FIRST), data);
        }
        boolean small = pairs.stream().flatMap(List::stream).allMatch(cells -> cells <= 1);
        if (mode.equals("edge") && !small) {
            throw new Untranslatable("it repeats the cells at the border more than once");
        }
        return mode.equals("constant")
                ? call.operation("Pad", Map.of("pad_width", pairs), data, Call.number(number, data.dtype()))
                : call.operation(
                        "Pad", Map.of("pad_width", pairs, "mode", mode.equals("edge") ? "symmetric" : mode), data);
    }

    private static Value oneHot(Call call) {
        Value places = call.in(0);
        int count = Call.integer(call.known(1).wholeAt(0));
        Tensor values = call.known(2);
        int axis = Call.axis(call.whole("axis", -1), places.rank() + 1);
        Value counted = call.operation("Add", Map.of(), places, Call.number(count, places.dtype()));
        Value below = call.operation("Less", Map.of(), places, Call.number(0, places.dtype()));
        Value positive = call.operation("Where", Map.of(), below, counted, places);
        Value ones = call.operation("OneHot", Map.of("num_classes", count, "axis", axis, "dtype", "float32"), positive);
        double off = values.numberAt(0);
        double on = values.numberAt(1);
        Value scaled =
                on - off == 1 ? ones : call.operation("Multiply", Map.of(), ones, Call.number(on - off, DType.FLOAT32));
        return off == 0 ? scaled : call.operation("Add", Map.of(), scaled, Call.number(off, DType.FLOAT32));
    }

    private static List<Value> largest(Call call) {
        Value data = call.in(0);
        int rank = data.rank();
        int axis = Call.axis(call.whole("axis", -1), rank);
        ReductionOperators.refuseRows(call, data, axis);
        int count =
                call.has("k") ? call.required("k") : Call.integer(call.known(1).wholeAt(0));
        boolean largest = call.integer("largest", 1) != 0;
        int[] order = Call.from(0, rank);
        order[axis] = rank - 1;
        order[rank - 1] = axis;
        Value last = ShapeOperators.permuted(data, order);
        Value read = largest ? last : call.operation("Negative", Map.of(), last);
        List<Value> found = call.operations("TopK", Map.of("k", count, "sorted", true), read);
        Value values = largest ? found.get(0) : call.operation("Negative", Map.of(), found.get(0));
        return List.of(ShapeOperators.permuted(values, order), ShapeOperators.permuted(found.get(1), order));
    }
}
