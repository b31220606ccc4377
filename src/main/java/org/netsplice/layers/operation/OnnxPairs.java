package org.netsplice.layers.operation;

import java.util.List;
import java.util.Map;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/** {@link PairOperations} in ONNX. */
final class OnnxPairs {
    private OnnxPairs() {}

    private interface Nodes {
        OnnxValue of(OnnxBuilder onnx, OnnxValue one, OnnxValue two);
    }

    static void into(Map<String, OnnxForm> all) {
        Map.of("Add", "Add", "Subtract", "Sub", "Multiply", "Mul", "Maximum", "Max", "Minimum", "Min", "Power", "Pow")
                .forEach((name, node) -> add(all, name, (onnx, a, b) -> onnx.each(node, a, b)));
        quotients(all);
        comparisons(all);
        others(all);
        selections(all);
    }

    private static void add(Map<String, OnnxForm> all, String name, Nodes nodes) {
        all.put(name, (onnx, given, results) -> List.of(nodes.of(onnx, given.first(), given.second())));
    }

    /** Adds an operation whose operands are turned into floating-point numbers first. */
    private static void real(Map<String, OnnxForm> all, String name, Nodes nodes) {
        add(all, name, (onnx, a, b) -> nodes.of(onnx, onnx.real(a), onnx.real(b)));
    }

    private static boolean whole(OnnxValue a, OnnxValue b) {
        return !a.type().floating() && !b.type().floating();
    }

    private static OnnxValue zero(OnnxBuilder onnx, OnnxValue x) {
        return onnx.compare("Equal", x, onnx.number(0, x.type()));
    }

    /** A whole divisor without zeros, on which processors stop. */
    private static OnnxValue divisor(OnnxBuilder onnx, OnnxValue b) {
        return onnx.where(zero(onnx, b), onnx.number(1, b.type()), b);
    }

    private static void quotients(Map<String, OnnxForm> all) {
        add(all, "Divide", OnnxBuilder::divide);
        add(all, "TrueDivide", OnnxBuilder::divide);
        real(
                all,
                "DivideNoNan",
                (onnx, a, b) -> onnx.where(zero(onnx, b), onnx.number(0, b.type()), onnx.divide(a, b)));
        add(all, "FloorDivide", (onnx, a, b) -> {
            if (!whole(a, b)) {
                return onnx.each("Floor", onnx.divide(a, b));
            }
            OnnxValue by = divisor(onnx, b);
            OnnxValue exact = onnx.each("Div", onnx.subtract(a, onnx.each("Mod", a, by)), by);
            return onnx.where(zero(onnx, b), onnx.number(0, DType.INT64), exact);
        });
        add(
                all,
                "Mod",
                (onnx, a, b) -> whole(a, b)
                        ? onnx.where(zero(onnx, b), onnx.number(0, DType.INT64), onnx.each("Mod", a, divisor(onnx, b)))
                        : onnx.subtract(onnx.real(a), onnx.multiply(onnx.each("Floor", onnx.divide(a, b)), b)));
        add(
                all,
                "Fmod",
                (onnx, a, b) -> whole(a, b)
                        ? onnx.where(
                                zero(onnx, b),
                                onnx.number(0, DType.INT64),
                                onnx.each("Mod", Map.of("fmod", 1), a, divisor(onnx, b)))
                        : onnx.each("Mod", Map.of("fmod", 1), a, b));
    }

    private static void comparisons(Map<String, OnnxForm> all) {
        Map.of(
                        "Equal", "Equal",
                        "Greater", "Greater",
                        "GreaterEqual", "GreaterOrEqual",
                        "Less", "Less",
                        "LessEqual", "LessOrEqual")
                .forEach((name, node) -> add(all, name, (onnx, a, b) -> onnx.compare(node, a, b)));
        add(all, "NotEqual", (onnx, a, b) -> onnx.logical("Not", onnx.compare("Equal", a, b)));
        Map.of("LogicalAnd", "And", "LogicalOr", "Or", "LogicalXor", "Xor")
                .forEach((name, node) -> add(all, name, (onnx, a, b) -> onnx.logical(node, a, b)));
    }

    private static void others(Map<String, OnnxForm> all) {
        real(all, "Hypot", (onnx, a, b) -> onnx.each("Sqrt", onnx.add(onnx.multiply(a, a), onnx.multiply(b, b))));
        real(all, "Logaddexp", (onnx, a, b) -> onnx.add(onnx.each("Max", a, b), more(onnx, a, b, 1)));
        real(
                all,
                "Logaddexp2",
                (onnx, a, b) -> onnx.add(
                        onnx.each("Max", a, b), onnx.scale(more(onnx, a, b, Math.log(2)), 1 / Math.log(2), 0)));
        real(all, "Ldexp", (onnx, a, b) -> onnx.multiply(a, onnx.each("Pow", onnx.number(2, b.type()), b)));
        add(all, "Heaviside", (onnx, a, b) -> {
            OnnxValue above = onnx.compare("Greater", a, onnx.number(0, a.type()));
            OnnxValue step = onnx.where(above, onnx.number(1, b.type()), onnx.number(0, b.type()));
            return onnx.where(zero(onnx, a), b, step);
        });
        real(
                all,
                "Fmax",
                (onnx, a, b) -> onnx.where(
                        OnnxElementwise.nan(onnx, a),
                        b,
                        onnx.where(OnnxElementwise.nan(onnx, b), a, onnx.each("Max", a, b))));
        real(
                all,
                "Fmin",
                (onnx, a, b) -> onnx.where(
                        OnnxElementwise.nan(onnx, a),
                        b,
                        onnx.where(OnnxElementwise.nan(onnx, b), a, onnx.each("Min", a, b))));
        real(all, "Arctan2", OnnxPairs::angle);
    }

    /** {@code log(1 + exp(−|a − b| · factor))}. */
    private static OnnxValue more(OnnxBuilder onnx, OnnxValue a, OnnxValue b, double factor) {
        OnnxValue apart = onnx.each("Abs", onnx.subtract(a, b));
        return onnx.each("Log", onnx.scale(onnx.each("Exp", onnx.scale(apart, -factor, 0)), 1, 1));
    }

    /** The angle of the point (x, y) = (b, a). */
    private static OnnxValue angle(OnnxBuilder onnx, OnnxValue a, OnnxValue b) {
        OnnxValue zero = onnx.number(0, a.type());
        OnnxValue up = onnx.compare("GreaterOrEqual", a, zero);
        OnnxValue half = onnx.where(up, onnx.number(Math.PI, a.type()), onnx.number(-Math.PI, a.type()));
        OnnxValue right = onnx.each("Atan", onnx.divide(a, b));
        OnnxValue left = onnx.add(right, half);
        OnnxValue upright = onnx.scale(onnx.each("Sign", a), Math.PI / 2, 0);
        OnnxValue beside = onnx.where(onnx.compare("Less", b, zero), left, upright);
        return onnx.where(onnx.compare("Greater", b, zero), right, beside);
    }

    private static void selections(Map<String, OnnxForm> all) {
        all.put("Where", (onnx, given, results) -> List.of(onnx.where(given.first(), given.second(), given.at(2))));
        all.put(
                "FullLike",
                (onnx, given, results) ->
                        List.of(onnx.where(OnnxElementwise.none(onnx, given.first()), given.second(), given.second())));
        all.put("Clip", (onnx, given, results) -> {
            OnnxValue x = given.first();
            double least = given.with().number("x_min", Double.NEGATIVE_INFINITY);
            double most = given.with().number("x_max", Double.POSITIVE_INFINITY);
            OnnxValue high = Double.isInfinite(least) ? x : onnx.each("Max", x, onnx.number(least, x.type()));
            return List.of(Double.isInfinite(most) ? high : onnx.each("Min", high, onnx.number(most, x.type())));
        });
        all.put("Isclose", (onnx, given, results) -> {
            if (given.with().flag("equal_nan", false)) {
                throw new OnnxBuilder.Missing("has no form in ONNX with equal_nan");
            }
            OnnxValue a = onnx.real(given.first());
            OnnxValue b = onnx.real(given.second());
            OnnxValue relative = given.maybe(2).orElseGet(() -> onnx.number(1e-5, b.type()));
            OnnxValue absolute = given.maybe(3).orElseGet(() -> onnx.number(1e-8, b.type()));
            OnnxValue most = onnx.add(absolute, onnx.multiply(relative, onnx.each("Abs", b)));
            OnnxValue near = onnx.compare("LessOrEqual", onnx.each("Abs", onnx.subtract(a, b)), most);
            return List.of(onnx.logical("Or", onnx.compare("Equal", a, b), near));
        });
        all.put("IsIn", (onnx, given, results) -> {
            OnnxValue x = given.first();
            OnnxValue others = onnx.reshape(given.second(), Shape.UNKNOWN);
            OnnxValue equal = onnx.compare("Equal", onnx.insert(x, x.rank()), others);
            OnnxValue among = onnx.reduce("ReduceMax", onnx.cast(equal, DType.INT64), false, x.rank());
            return List.of(given.with().flag("invert", false) ? onnx.logical("Not", among) : among);
        });
    }
}
