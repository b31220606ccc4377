package org.netsplice.onnx;

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

/** Operators that give the same numbers in another shape or order. */
final class ShapeOperators {
    static final Map<String, Operator> ALL = all();

    private ShapeOperators() {}

    private static Map<String, Operator> all() {
        Map<String, Operator> all = new HashMap<>();
        all.put("Reshape", Operator.one(call -> reshaped(call, call.in(0), Reshaping.sizes(call))));
        all.put("Flatten", Operator.one(ShapeOperators::flattened));
        all.put("Transpose", Operator.one(call -> {
            int rank = call.in(0).rank();
            int[] order = call.wholes("perm")
                    .map(perm -> Arrays.stream(perm)
                            .mapToInt(axis -> Call.axis(axis, rank))
                            .toArray())
                    .orElseGet(() ->
                            IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
            if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
                throw new Untranslatable("it orders the axes as " + Arrays.toString(order));
            }
            return permuted(call.in(0), order);
        }));
        all.put("Squeeze", Operator.one(call -> {
            long[] sizes = call.in(0).shape();
            int[] axes = call.wholes("axes", 1)
                    .map(given -> Call.axes(given, sizes.length))
                    .orElseGet(() -> IntStream.range(0, sizes.length)
                            .filter(axis -> sizes[axis] == 1)
                            .toArray());
            return removed(call, call.in(0), axes);
        }));
        all.put("Unsqueeze", Operator.one(call -> {
            long[] given = call.wholes("axes", 1).orElse(new long[0]);
            return inserted(call.in(0), Call.axes(given, call.in(0).rank() + given.length));
        }));
        all.put("Expand", Operator.one(ShapeOperators::expanded));
        all.put(
                "Tile",
                Operator.one(call -> tiled(call, call.in(0), call.known(1).toWholes())));
        all.put("DepthToSpace", Operator.one(ShapeOperators::depthToSpace));
        all.put("SpaceToDepth", Operator.one(ShapeOperators::spaceToDepth));
        return all;
    }

    /** Another order of the axes; nothing is computed before it is needed. */
    static Value permuted(Value data, int... order) {
        if (data instanceof Value.Known known) {
            return Call.value(Tensors.permuted(known.tensor(), order));
        }
        if (data instanceof Value.Uniform uniform) {
            long[] sizes = Arrays.stream(order)
                    .mapToLong(axis -> uniform.known()[axis])
                    .toArray();
            return new Value.Uniform(uniform.number(), uniform.dtype(), sizes);
        }
        Value.View view = view(data);
        return shortened(new Value.View(
                view.base(), Arrays.stream(order).map(axis -> view.axes()[axis]).toArray()));
    }

    private static Value.View view(Value data) {
        if (data instanceof Value.View view) {
            return view;
        }
        return new Value.View((Value.Computed) data, Call.from(0, data.rank()));
    }

    private static Value shortened(Value.View view) {
        return view.plain() ? view.base() : view;
    }

    /** Axes of size 1 at these places of the result, which are sorted. */
    static Value inserted(Value data, int... axes) {
        List<Integer> all = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < data.rank() + axes.length; axis++) {
            int place = axis;
            all.add(Arrays.stream(axes).anyMatch(one -> one == place) ? -1 : next++);
        }
        return picked(data, all);
    }

    /** The tensor without these axes of size 1. */
    static Value removed(Call call, Value data, int... axes) {
        long[] sizes = data.shape();
        List<Integer> left = new ArrayList<>();
        for (int axis = 0; axis < sizes.length; axis++) {
            int place = axis;
            if (Arrays.stream(axes).noneMatch(one -> one == place)) {
                left.add(axis);
            } else if (sizes[axis] == Sizes.BATCH) {
                throw new Untranslatable("it removes the axis of the batch's rows");
            } else if (sizes[axis] != 1) {
                throw new Untranslatable(
                        "it removes an axis of size " + call.to().sizes().real(sizes[axis]));
            }
        }
        return picked(data, left);
    }

    /** The axes named, in their order; −1 stands for an axis of size 1. */
    private static Value picked(Value data, List<Integer> axes) {
        long[] own = data.shape();
        long[] sizes = axes.stream().mapToLong(axis -> axis < 0 ? 1 : own[axis]).toArray();
        if (data instanceof Value.Known known) {
            return Call.value(known.tensor().reshaped(Shape.of(sizes)));
        }
        if (data instanceof Value.Uniform uniform) {
            return new Value.Uniform(uniform.number(), uniform.dtype(), sizes);
        }
        Value.View view = view(data);
        return shortened(new Value.View(
                view.base(),
                axes.stream()
                        .mapToInt(axis -> axis < 0 ? -1 : view.axes()[axis])
                        .toArray()));
    }

    /** The numbers in another shape, whose sizes may be numbers that stand for unknown ones. */
    static Value reshaped(Call call, Value data, long... sizes) {
        if (Arrays.equals(sizes, data.shape())) {
            return data;
        }
        if (data instanceof Value.Known known) {
            return Call.value(known.tensor().reshaped(Shape.of(sizes)));
        }
        if (data instanceof Value.Uniform uniform) {
            return new Value.Uniform(uniform.number(), uniform.dtype(), sizes);
        }
        Sizes symbols = call.to().sizes();
        List<Integer> open = call.open(sizes);
        long unknown = open.stream().filter(size -> size < 0).count();
        boolean rows = sizes.length > 0 && data.rank() > 0 && sizes[0] == data.shape()[0] && symbols.unknown(sizes[0]);
        if (rows && unknown <= 2 && sizes.length > 1) {
            return sizes.length == 2 && data.rank() > 2
                    ? call.layer("Flatten", Map.of(), data)
                    : call.layer("Reshape", Map.of("target_shape", open.subList(1, open.size())), data);
        }
        if (unknown > 1) {
            throw new Untranslatable("it makes a shape with " + unknown + " unknown sizes, " + symbols.real(sizes));
        }
        return call.operation("Reshape", Map.of("newshape", open), data);
    }

    private static Value flattened(Call call) {
        long[] sizes = call.in(0).shape();
        long given = call.whole("axis", 1);
        int axis = given == sizes.length ? sizes.length : Call.axis(given, sizes.length);
        return reshaped(
                call,
                call.in(0),
                LongStream.of(sizes).limit(axis).reduce(1, (a, b) -> a * b),
                LongStream.of(sizes).skip(axis).reduce(1, (a, b) -> a * b));
    }

    private static Value expanded(Call call) {
        Value data = call.in(0);
        long[] wanted = call.known(1).toWholes();
        long[] own = data.shape();
        int rank = Math.max(own.length, wanted.length);
        long[] sizes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            int one = axis - rank + own.length;
            int two = axis - rank + wanted.length;
            long size = one < 0 ? 1 : own[one];
            long target = two < 0 ? 1 : wanted[two];
            sizes[axis] = size == 1 ? target : size;
            if (size != 1 && target != 1 && target != size && size % Sizes.BATCH != 0) {
                throw new Untranslatable("it cannot stretch an axis of size " + size + " to " + target);
            }
        }
        return stretched(call, data, sizes);
    }

    /** The tensor with axes of size 1 repeated up to these sizes. */
    static Value stretched(Call call, Value data, long... sizes) {
        Sizes symbols = call.to().sizes();
        long[] own = data.shape();
        if (Arrays.equals(own, sizes)) {
            return data;
        }
        if (data instanceof Value.Uniform uniform) {
            return new Value.Uniform(uniform.number(), uniform.dtype(), sizes);
        }
        if (data instanceof Value.Known known) {
            if (Tensors.equalEverywhere(known.tensor())) {
                return new Value.Uniform(known.tensor().numberAt(0), data.dtype(), sizes);
            }
            boolean rows = sizes[0] == Sizes.BATCH && (own.length < sizes.length || own[0] == 1);
            if (rows) {
                long[] single = sizes.clone();
                single[0] = 1;
                Value spread = stretched(call, data, single);
                return call.to().perRow(((Value.Known) spread).tensor(), sizes.length);
            }
        }
        int more = sizes.length - own.length;
        Value present = more == 0 ? data : inserted(data, Call.from(0, more));
        long[] repeats = new long[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            boolean equal = present.shape()[axis] == sizes[axis];
            if (!equal && symbols.unknown(sizes[axis])) {
                throw new Untranslatable("it stretches an axis to a size that is not known");
            }
            repeats[axis] = equal ? 1 : sizes[axis];
        }
        return tiled(call, present, repeats);
    }

    private static Value tiled(Call call, Value data, long... repeats) {
        if (LongStream.of(repeats).allMatch(times -> times == 1)) {
            return data;
        }
        long[] sizes = data.shape();
        for (int axis = 0; axis < Math.min(sizes.length, repeats.length); axis++) {
            if (repeats[axis] != 1 && sizes[axis] % Sizes.BATCH == 0 && sizes[axis] > 0) {
                throw new Untranslatable("it repeats the rows of the batch");
            }
        }
        List<Integer> times = Arrays.stream(repeats).mapToObj(Call::integer).toList();
        return call.operation("Tile", Map.of("repeats", times), data);
    }

    private static Value depthToSpace(Call call) {
        long block = call.required("blocksize");
        long[] s = call.in(0).shape();
        boolean depthFirst = call.text("mode", "DCR").equals("DCR");
        long channels = s[1] / (block * block);
        long[] split = depthFirst
                ? new long[] {s[0], block, block, channels, s[2], s[3]}
                : new long[] {s[0], channels, block, block, s[2], s[3]};
        int[] order = depthFirst ? new int[] {0, 3, 4, 1, 5, 2} : new int[] {0, 1, 4, 2, 5, 3};
        Value parts = permuted(reshaped(call, call.in(0), split), order);
        return reshaped(call, parts, s[0], channels, s[2] * block, s[3] * block);
    }

    private static Value spaceToDepth(Call call) {
        long block = call.required("blocksize");
        long[] s = call.in(0).shape();
        Value parts = reshaped(call, call.in(0), s[0], s[1], s[2] / block, block, s[3] / block, block);
        boolean depthFirst = call.text("mode", "DCR").equals("DCR");
        Value moved = depthFirst ? permuted(parts, 0, 3, 5, 1, 2, 4) : permuted(parts, 0, 1, 3, 5, 2, 4);
        return reshaped(call, moved, s[0], s[1] * block * block, s[2] / block, s[3] / block);
    }

    /** A tensor of zeros, or of another number, of sizes that may be unknown. */
    static Value filled(Call call, double number, DType dtype, long... sizes) {
        boolean open = LongStream.of(sizes).anyMatch(call.to().sizes()::unknown);
        return open || Shape.of(sizes).elements() > 4096
                ? new Value.Uniform(number, dtype, sizes)
                : Call.value(Filling.of(number, dtype, sizes));
    }

    /** A vector of floats. */
    static Tensor floats(float... values) {
        return Tensor.owning(DType.FLOAT32, Shape.of(values.length), values);
    }
}
