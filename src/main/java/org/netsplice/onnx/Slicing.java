package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.netsplice.graph.Tensor;

/** Parts of tensors, as Python's slices. */
final class Slicing {
    static final Map<String, Operator> ALL = Map.of("Slice", Operator.one(Slicing::slice), "Split", Slicing::split);

    private Slicing() {}

    /** All of an axis. */
    static Object all() {
        return slice(null, null, null);
    }

    /** The places from one (included) to another (excluded), with a step; null stands for what Python's slices leave out. */
    static Object slice(Long from, Long to, Long step) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("start", from);
        config.put("stop", to);
        config.put("step", step);
        return Map.of("class_name", "__slice__", "config", config);
    }

    /** A range of one axis; {@code to} counts from the end when it is negative, and 0 is the end. */
    static Value range(Call call, Value data, int axis, long from, long to) {
        List<Object> key = new ArrayList<>(Collections.nCopies(axis, all()));
        key.add(slice(from, to == 0 ? null : Long.valueOf(to), null));
        return indexed(call, data, key);
    }

    /** One place of an axis, which disappears. */
    static Value place(Call call, Value data, int axis, int place) {
        List<Object> key = new ArrayList<>(Collections.nCopies(axis, all()));
        key.add(place);
        return indexed(call, data, key);
    }

    /** The parts that a key names. */
    static Value indexed(Call call, Value data, List<Object> key) {
        return call.to().indexed(data, key);
    }

    private static Value slice(Call call) {
        Value data = call.in(0);
        int rank = data.rank();
        long[] starts = call.wholes("starts", 1).orElseThrow(() -> new Untranslatable("it has no starts"));
        long[] ends = call.wholes("ends", 2).orElseThrow(() -> new Untranslatable("it has no ends"));
        long[] axes = call.wholes("axes", 3)
                .orElseGet(
                        () -> IntStream.range(0, starts.length).asLongStream().toArray());
        long[] steps = call.knownOr(4).map(Tensor::toWholes).orElseGet(() -> {
            long[] ones = new long[starts.length];
            Arrays.fill(ones, 1);
            return ones;
        });
        Object[] key = new Object[rank];
        Bounds[] cuts = new Bounds[rank];
        Arrays.fill(key, all());
        boolean any = false;
        for (int i = 0; i < starts.length; i++) {
            int axis = Call.axis(axes[i], rank);
            Bounds bounds = Bounds.of(call, data.shape()[axis], starts[i], ends[i], steps[i]);
            if (!bounds.whole()) {
                ReductionOperators.refuseRows(call, data, axis);
                key[axis] = bounds.key();
                cuts[axis] = bounds;
                any = true;
            }
        }
        if (any && data instanceof Value.Uniform uniform) {
            return sliced(uniform, cuts);
        }
        return any ? indexed(call, data, List.of(key)) : data;
    }

    private static Value sliced(Value.Uniform uniform, Bounds... cuts) {
        long[] sizes = uniform.shape();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (cuts[axis] != null) {
                sizes[axis] = cuts[axis].length(sizes[axis]);
            }
        }
        return new Value.Uniform(uniform.number(), uniform.dtype(), sizes);
    }

    /** The range of places of an axis; null stands for its end in the direction of the step. */
    private record Bounds(Long from, Long to, long step) {

        static Bounds of(Call call, long size, long start, long end, long step) {
            if (step == 0) {
                throw new Untranslatable("it takes a slice with a step of 0");
            }
            boolean open = call.to().sizes().unknown(size);
            Long from = start == 0 && step > 0 ? null : bound(call, start, size, open);
            Long to = bound(call, end, size, open);
            if (step > 0) {
                boolean last = end >= size || end >= Integer.MAX_VALUE;
                return new Bounds(from, last ? null : to, step);
            }
            boolean first = end <= -size - 1 || end <= Integer.MIN_VALUE;
            boolean last = start >= size - 1 && (!open || start >= Integer.MAX_VALUE - 1);
            return new Bounds(last ? null : from, first ? null : to, step);
        }

        private static Long bound(Call call, long value, long size, boolean open) {
            if (open && call.to().sizes().unknown(Math.abs(value)) && value != size) {
                throw new Untranslatable("it cuts at a place that depends on a size which is not known");
            }
            return Math.min(Math.max(value, Integer.MIN_VALUE + 1L), Integer.MAX_VALUE);
        }

        /** How many places there are, as Python counts them. */
        long length(long size) {
            long first = from == null ? (step > 0 ? 0 : size - 1) : from < 0 ? from + size : from;
            long last = to == null ? (step > 0 ? size : -1) : to < 0 ? to + size : to;
            long begin = Math.min(Math.max(first, step > 0 ? 0 : -1), step > 0 ? size : size - 1);
            long end = Math.min(Math.max(last, step > 0 ? 0 : -1), step > 0 ? size : size - 1);
            long span = step > 0 ? end - begin : begin - end;
            return span <= 0 ? 0 : (span + Math.abs(step) - 1) / Math.abs(step);
        }

        boolean whole() {
            return from == null && to == null && step == 1;
        }

        Object key() {
            return slice(from, to, step);
        }
    }

    private static List<Value> split(Call call) {
        Value data = call.in(0);
        int axis = Call.axis(call.whole("axis", 0), data.rank());
        ReductionOperators.refuseRows(call, data, axis);
        long size = data.shape()[axis];
        int parts = call.integer("num_outputs", call.node().outputs().size());
        Optional<long[]> given = call.wholes("split", 1);
        if (given.isEmpty() && parts != call.node().outputs().size()) {
            throw new Untranslatable("it splits into " + parts + " parts and gives another number of them");
        }
        if (given.isEmpty() && call.to().sizes().unknown(size)) {
            throw new Untranslatable("it splits an axis whose size is not known");
        }
        long[] lengths = given.orElseGet(() -> {
            long each = (size + parts - 1) / parts;
            return LongStream.range(0, parts)
                    .map(i -> Math.min(each, size - i * each))
                    .toArray();
        });
        List<Value> all = new ArrayList<>();
        long at = 0;
        for (long length : lengths) {
            all.add(lengths.length == 1 ? data : range(call, data, axis, at, at + length));
            at += length;
        }
        if (at != size) {
            throw new Untranslatable("it splits " + size + " places into parts of " + at);
        }
        return all;
    }
}
