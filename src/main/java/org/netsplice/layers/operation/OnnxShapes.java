package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameters;

/** {@link ShapeOperations} and {@link JoinOperations} in ONNX. */
final class OnnxShapes {
    private OnnxShapes() {}

    private interface Order {
        int[] of(Parameters with, int rank);
    }

    static void into(Map<String, OnnxForm> all) {
        for (String name : List.of("Reshape", "Ravel", "Squeeze", "ExpandDims")) {
            all.put(
                    name,
                    (onnx, given, results) -> List.of(
                            onnx.reshape(given.first(), results.get(0).shape().sizes())));
        }
        ordered(all, "Transpose", ShapeOperations::order);
        ordered(all, "Swapaxes", ShapeOperations::swapped);
        ordered(all, "Moveaxis", ShapeOperations::movedAxes);
        for (String name : List.of("Cast", "ConvertToTensor", "Array")) {
            all.put(name, (onnx, given, results) -> List.of(given.first()));
        }
        all.put("Tile", (onnx, given, results) -> {
            OnnxValue x = given.first();
            long[] times = Arrays.stream(ShapeOperations.times(given.with(), x.rank()))
                    .asLongStream()
                    .toArray();
            return List.of(onnx.node("Tile", Map.of(), x.type(), results.get(0).shape(), x, onnx.integers(times)));
        });
        all.put("Repeat", (onnx, given, results) -> {
            OnnxValue x = given.first();
            int axis = ReductionOperations.counted(given.with().integer("axis").orElseThrow(), x.rank());
            long[] times = new long[x.rank() + 1];
            Arrays.fill(times, 1);
            times[axis + 1] = given.with().integer("repeats", 1);
            OnnxValue open = onnx.insert(x, axis + 1);
            Shape wide = open.shape().with(axis + 1, times[axis + 1]);
            OnnxValue tiled = onnx.node("Tile", Map.of(), x.type(), wide, open, onnx.integers(times));
            return List.of(onnx.reshape(tiled, results.get(0).shape().sizes()));
        });
        all.put("BroadcastTo", (onnx, given, results) -> {
            Shape shape = results.get(0).shape();
            if (!shape.known()) {
                throw new OnnxBuilder.Missing("has no form in ONNX where sizes are not known");
            }
            return List.of(onnx.stretch(given.first(), shape, onnx.integers(shape.sizes())));
        });
        all.put("Roll", (onnx, given, results) -> List.of(rolled(onnx, given)));
        all.put("Pad", (onnx, given, results) -> List.of(padded(onnx, given, results)));
        joins(all);
        splits(all);
    }

    private static void ordered(Map<String, OnnxForm> all, String name, Order order) {
        all.put(
                name,
                (onnx, given, results) -> List.of(onnx.transpose(
                        given.first(), order.of(given.with(), given.first().rank()))));
    }

    private static OnnxValue rolled(OnnxBuilder onnx, Operands<OnnxValue> given) {
        OnnxValue x = given.first();
        int axis = ReductionOperations.counted(given.with().integer("axis").orElseThrow(), x.rank());
        long size = x.size(axis);
        if (size == Shape.UNKNOWN) {
            throw new OnnxBuilder.Missing("has no form in ONNX along an axis of unknown size");
        }
        long shift = size == 0 ? 0 : Math.floorMod(given.with().integer("shift").orElse(0), size);
        return shift == 0
                ? x
                : onnx.concat(
                        axis, List.of(onnx.slice(x, axis, size - shift, size), onnx.slice(x, axis, 0, size - shift)));
    }

    private static OnnxValue padded(OnnxBuilder onnx, Operands<OnnxValue> given, List<TensorSpec> results) {
        OnnxValue x = given.first();
        long[][] borders = ShapeOperations.borders(given.with(), x.rank());
        String mode = given.with().text("mode", "constant");
        if (mode.equals("symmetric")
                || (mode.equals("constant")
                        && given.maybe(1).isPresent()
                        && given.second().constant().isEmpty())) {
            throw new OnnxBuilder.Missing("has no form in ONNX with the mode " + mode);
        }
        if (mode.equals("constant")) {
            double value = given.maybe(1)
                    .map(one -> one.constant().orElseThrow().numberAt(0))
                    .orElse(0.0);
            return onnx.pad(x, borders[0], borders[1], value);
        }
        long[] cells = IntStream.range(0, 2 * x.rank())
                .mapToLong(i -> borders[i / x.rank()][i % x.rank()])
                .toArray();
        return onnx.node("Pad", Map.of("mode", mode), x.type(), results.get(0).shape(), x, onnx.integers(cells));
    }

    private static void joins(Map<String, OnnxForm> all) {
        all.put(
                "Concatenate",
                (onnx, given, results) -> joined(onnx, given.all(), given.with().integer("axis", 0)));
        all.put("Vstack", (onnx, given, results) -> joined(onnx, given.all(), 0));
        all.put(
                "Hstack",
                (onnx, given, results) ->
                        joined(onnx, given.all(), given.all().get(0).rank() == 1 ? 0 : 1));
        all.put(
                "Append",
                (onnx, given, results) -> joined(
                        onnx,
                        List.of(given.first(), given.second()),
                        given.with().integer("axis").orElseThrow()));
        all.put("Stack", (onnx, given, results) -> {
            List<OnnxValue> values = given.all();
            int axis = ReductionOperations.counted(
                    given.with().integer("axis", 0), values.get(0).rank() + 1);
            return joined(onnx, values.stream().map(x -> onnx.insert(x, axis)).toList(), axis);
        });
    }

    private static List<OnnxValue> joined(OnnxBuilder onnx, List<OnnxValue> values, int axis) {
        return List.of(
                onnx.concat(ReductionOperations.counted(axis, values.get(0).rank()), values));
    }

    private static void splits(Map<String, OnnxForm> all) {
        for (String name : List.of("Split", "ArraySplit", "Hsplit", "Dsplit")) {
            all.put(name, (onnx, given, results) -> {
                OnnxValue x = given.first();
                int otherwise = name.equals("Dsplit") ? 2 : name.equals("Hsplit") && x.rank() > 1 ? 1 : 0;
                int axis = ReductionOperations.counted(given.with().integer("axis", otherwise), x.rank());
                List<OnnxValue> parts = new ArrayList<>();
                long from = 0;
                for (TensorSpec result : results) {
                    long size = result.shape().size(axis);
                    if (size == Shape.UNKNOWN) {
                        throw new OnnxBuilder.Missing("has no form in ONNX along an axis of unknown size");
                    }
                    parts.add(onnx.slice(x, axis, from, from + size));
                    from += size;
                }
                return parts;
            });
        }
        all.put("Unstack", (onnx, given, results) -> {
            OnnxValue x = given.first();
            int axis = ReductionOperations.counted(given.with().integer("axis", 0), x.rank());
            return IntStream.range(0, results.size())
                    .mapToObj(i -> onnx.gather(x, axis, onnx.number(i, DType.INT64)))
                    .toList();
        });
    }
}
