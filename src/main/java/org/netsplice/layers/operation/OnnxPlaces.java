package org.netsplice.layers.operation;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/** {@link IndexOperations}, {@link PlaceOperations} and {@link ProductOperations} in ONNX. */
final class OnnxPlaces {
    private OnnxPlaces() {}

    static void into(Map<String, OnnxForm> all) {
        all.put("GetItem", (onnx, given, results) -> List.of(item(onnx, given)));
        all.put("Take", (onnx, given, results) -> List.of(taken(onnx, given)));
        all.put("OneHot", (onnx, given, results) -> {
            OnnxValue x = given.first();
            int axis = ReductionOperations.counted(given.with().integer("axis", -1), x.rank() + 1);
            int[] order = new int[x.rank() + 1];
            for (int i = 0; i < order.length; i++) {
                order[i] = i < axis ? i : i == axis ? x.rank() : i - 1;
            }
            return List.of(onnx.transpose(hot(onnx, x, given.with().integer("num_classes", 1)), order));
        });
        all.put("MultiHot", (onnx, given, results) -> {
            OnnxValue hot = hot(onnx, given.first(), given.with().integer("num_classes", 1));
            return List.of(onnx.reduce("ReduceMax", hot, false, hot.rank() == 2 ? 0 : 1));
        });
        all.put("TopK", (onnx, given, results) -> {
            OnnxValue x = given.first();
            Shape shape = results.get(0).shape();
            List<OnnxValue> found = onnx.nodes(
                    "TopK",
                    Map.of(),
                    x.type(),
                    List.of(shape, shape),
                    x,
                    onnx.integers(given.with().integer("k", 1)));
            return List.of(found.get(0), OnnxValue.named(onnx.name(found.get(1)), DType.INT64, shape));
        });
        for (String name : List.of("Tril", "Triu")) {
            all.put(name, (onnx, given, results) -> {
                OnnxValue x = given.first();
                OnnxValue k = onnx.number(given.with().integer("k", 0), DType.INT64);
                int upper = name.equals("Triu") ? 1 : 0;
                return List.of(onnx.node("Trilu", Map.of("upper", upper), x.type(), x.shape(), x, k));
            });
        }
        all.put("Diff", (onnx, given, results) -> {
            OnnxValue x = given.first();
            int axis = ReductionOperations.counted(given.with().integer("axis", -1), x.rank());
            for (int i = 0; i < given.with().integer("n", 1); i++) {
                OnnxValue later = onnx.slice(x, axis, 1, Long.MAX_VALUE, 1);
                x = onnx.subtract(later, onnx.slice(x, axis, 0, -1, 1));
            }
            return List.of(x);
        });
        all.put("Fliplr", (onnx, given, results) -> List.of(onnx.reverse(given.first(), 1)));
        all.put("Flipud", (onnx, given, results) -> List.of(onnx.reverse(given.first(), 0)));
        products(all);
    }

    private static void products(Map<String, OnnxForm> all) {
        all.put(
                "Matmul",
                (onnx, given, results) -> List.of(onnx.matmul(onnx.real(given.first()), onnx.real(given.second()))));
        all.put("Einsum", (onnx, given, results) -> {
            String equation = given.value("subscripts")
                    .map(json -> json.text())
                    .orElseGet(() -> given.with().text("subscripts", ""))
                    .replace(" ", "");
            if (!equation.contains("->")) {
                throw new OnnxBuilder.Missing("has no form in ONNX with the equation \"" + equation + "\"");
            }
            OnnxValue[] operands = given.all().stream().map(onnx::real).toArray(OnnxValue[]::new);
            return List.of(onnx.node(
                    "Einsum",
                    Map.of("equation", equation),
                    operands[0].type(),
                    results.get(0).shape(),
                    operands));
        });
        all.put("Cross", (onnx, given, results) -> {
            OnnxValue a = onnx.real(given.first());
            OnnxValue b = onnx.real(given.second());
            OnnxValue left = onnx.multiply(rotated(onnx, a, 1), rotated(onnx, b, 2));
            return List.of(onnx.subtract(left, onnx.multiply(rotated(onnx, a, 2), rotated(onnx, b, 1))));
        });
        all.put("CDist", (onnx, given, results) -> {
            OnnxValue a = onnx.real(given.first());
            OnnxValue b = onnx.real(given.second());
            OnnxValue apart = onnx.subtract(onnx.insert(a, a.rank() - 1), onnx.insert(b, b.rank() - 2));
            OnnxValue sum = onnx.reduce("ReduceSum", onnx.multiply(apart, apart), false, apart.rank() - 1);
            return List.of(onnx.each("Sqrt", sum));
        });
    }

    private static OnnxValue rotated(OnnxBuilder onnx, OnnxValue x, int by) {
        return onnx.gather(x, x.rank() - 1, onnx.integers(by % 3, (by + 1) % 3, (by + 2) % 3));
    }

    private static OnnxValue hot(OnnxBuilder onnx, OnnxValue x, int classes) {
        OnnxValue all = onnx.integers(LongStream.range(0, classes).toArray());
        OnnxValue wanted = onnx.insert(onnx.cast(x, DType.INT64), x.rank());
        return onnx.cast(onnx.compare("Equal", wanted, all), DType.FLOAT32);
    }

    private static OnnxValue item(OnnxBuilder onnx, Operands<OnnxValue> given) {
        OnnxValue present = given.first();
        int axis = 0;
        for (IndexOperations.Part part : IndexOperations.parts(given.value("key"), present.rank())) {
            switch (part.kind()) {
                case NEW_AXIS -> present = onnx.insert(present, axis++);
                case PLACE -> present = onnx.gather(present, axis, onnx.number(part.place(), DType.INT64));
                default -> {
                    long first = part.step() > 0 ? 0 : Long.MAX_VALUE;
                    long last = part.step() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
                    boolean whole = part.from().isEmpty() && part.to().isEmpty() && part.step() == 1;
                    present = whole
                            ? present
                            : onnx.slice(
                                    present,
                                    axis,
                                    part.from().map(Integer::longValue).orElse(first),
                                    part.to().map(Integer::longValue).orElse(last),
                                    part.step());
                    axis++;
                }
            }
        }
        return present;
    }

    /** Places below 0 count from the end, and those outside are moved to the border. */
    private static OnnxValue taken(OnnxBuilder onnx, Operands<OnnxValue> given) {
        OnnxValue x = given.first();
        if (given.with().integer("axis").isEmpty()) {
            throw new OnnxBuilder.Missing("has no form in ONNX without an axis");
        }
        int axis = ReductionOperations.counted(given.with().integer("axis").orElseThrow(), x.rank());
        OnnxValue size = onnx.size(x, axis);
        OnnxValue places = onnx.cast(given.second(), DType.INT64);
        OnnxValue zero = onnx.number(0, DType.INT64);
        OnnxValue limit = onnx.remove(size, 0);
        OnnxValue counted = onnx.where(onnx.compare("Less", places, zero), onnx.add(places, limit), places);
        OnnxValue last = onnx.subtract(limit, onnx.number(1, DType.INT64));
        return onnx.gather(x, axis, onnx.each("Min", onnx.each("Max", counted, zero), last));
    }
}
