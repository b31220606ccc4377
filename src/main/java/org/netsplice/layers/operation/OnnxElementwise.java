package org.netsplice.layers.operation;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.netsplice.graph.DType;
import org.netsplice.layers.kind.OnnxActivations;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/** {@link ElementwiseOperations} in ONNX. */
final class OnnxElementwise {
    private OnnxElementwise() {}

    private interface Nodes {
        OnnxValue of(OnnxBuilder onnx, OnnxValue x);
    }

    static void into(Map<String, OnnxForm> all) {
        kept(all);
        named(all);
        composed(all);
        tests(all);
        activations(all);
        parametric(all);
    }

    private static void add(Map<String, OnnxForm> all, String name, Nodes nodes) {
        all.put(name, (onnx, given, results) -> List.of(nodes.of(onnx, given.first())));
    }

    /** Adds an operation whose operands are turned into floating-point numbers first. */
    private static void real(Map<String, OnnxForm> all, String name, Nodes nodes) {
        add(all, name, (onnx, x) -> nodes.of(onnx, onnx.real(x)));
    }

    private static void kept(Map<String, OnnxForm> all) {
        for (String name : List.of("Conjugate", "Conj", "Real", "Copy", "StopGradient")) {
            add(all, name, (onnx, x) -> x);
        }
        add(all, "Absolute", (onnx, x) -> onnx.each("Abs", x));
        add(all, "Abs", (onnx, x) -> onnx.each("Abs", x));
        add(all, "Negative", (onnx, x) -> onnx.each("Neg", x));
        add(all, "Sign", (onnx, x) -> onnx.each("Sign", x));
        add(all, "Square", (onnx, x) -> onnx.multiply(x, x));
        add(all, "ZerosLike", (onnx, x) -> onnx.cast(none(onnx, x), x.type()));
        add(all, "Imag", (onnx, x) -> onnx.cast(none(onnx, x), x.type()));
        add(all, "OnesLike", (onnx, x) -> onnx.cast(onnx.logical("Not", none(onnx, x)), x.type()));
    }

    /** False at every place. */
    static OnnxValue none(OnnxBuilder onnx, OnnxValue x) {
        return onnx.compare("Less", x, x);
    }

    private static void named(Map<String, OnnxForm> all) {
        Map<String, String> names = Map.ofEntries(
                Map.entry("Fabs", "Abs"),
                Map.entry("Ceil", "Ceil"),
                Map.entry("Floor", "Floor"),
                Map.entry("Sqrt", "Sqrt"),
                Map.entry("Reciprocal", "Reciprocal"),
                Map.entry("Exp", "Exp"),
                Map.entry("Log", "Log"),
                Map.entry("Erf", "Erf"),
                Map.entry("Sin", "Sin"),
                Map.entry("Cos", "Cos"),
                Map.entry("Tan", "Tan"),
                Map.entry("Sinh", "Sinh"),
                Map.entry("Cosh", "Cosh"),
                Map.entry("Tanh", "Tanh"),
                Map.entry("Arcsin", "Asin"),
                Map.entry("Arccos", "Acos"),
                Map.entry("Arctan", "Atan"),
                Map.entry("Arcsinh", "Asinh"),
                Map.entry("Arccosh", "Acosh"),
                Map.entry("Arctanh", "Atanh"));
        names.forEach((name, node) -> real(all, name, (onnx, x) -> onnx.each(node, x)));
    }

    private static void composed(Map<String, OnnxForm> all) {
        add(
                all,
                "Trunc",
                (onnx, x) -> x.type().floating()
                        ? onnx.where(
                                onnx.compare("Less", x, onnx.number(0, x.type())),
                                onnx.each("Ceil", x),
                                onnx.each("Floor", x))
                        : x);
        real(all, "Rsqrt", (onnx, x) -> onnx.each("Reciprocal", onnx.each("Sqrt", x)));
        real(
                all,
                "Cbrt",
                (onnx, x) -> onnx.multiply(
                        onnx.each("Sign", x), onnx.each("Pow", onnx.each("Abs", x), onnx.number(1.0 / 3, x.type()))));
        real(all, "Exp2", (onnx, x) -> onnx.each("Exp", onnx.scale(x, Math.log(2), 0)));
        real(all, "Expm1", (onnx, x) -> onnx.scale(onnx.each("Exp", x), 1, -1));
        real(all, "Log10", (onnx, x) -> onnx.scale(onnx.each("Log", x), 1 / Math.log(10), 0));
        real(all, "Log1p", (onnx, x) -> onnx.each("Log", onnx.scale(x, 1, 1)));
        real(all, "Log2", (onnx, x) -> onnx.scale(onnx.each("Log", x), 1 / Math.log(2), 0));
        real(all, "Erfc", (onnx, x) -> onnx.scale(onnx.each("Erf", x), -1, 1));
        real(all, "Deg2rad", (onnx, x) -> onnx.scale(x, Math.PI / 180, 0));
        real(all, "Rad2deg", (onnx, x) -> onnx.scale(x, 180 / Math.PI, 0));
        real(all, "Sinc", (onnx, x) -> {
            OnnxValue angle = onnx.scale(x, Math.PI, 0);
            OnnxValue zero = onnx.compare("Equal", x, onnx.number(0, x.type()));
            return onnx.where(zero, onnx.number(1, x.type()), onnx.divide(onnx.each("Sin", angle), angle));
        });
        real(
                all,
                "Angle",
                (onnx, x) -> onnx.where(
                        onnx.compare("Less", x, onnx.number(0, x.type())),
                        onnx.number(Math.PI, x.type()),
                        onnx.number(0, x.type())));
    }

    private static void tests(Map<String, OnnxForm> all) {
        add(all, "LogicalNot", (onnx, x) -> onnx.logical("Not", x));
        real(all, "Isnan", OnnxElementwise::nan);
        real(
                all,
                "Isfinite",
                (onnx, x) ->
                        onnx.compare("LessOrEqual", onnx.each("Abs", x), onnx.number(largest(x.type()), x.type())));
        real(
                all,
                "Isinf",
                (onnx, x) -> onnx.compare("Greater", onnx.each("Abs", x), onnx.number(largest(x.type()), x.type())));
        real(all, "Isposinf", (onnx, x) -> onnx.compare("Greater", x, onnx.number(largest(x.type()), x.type())));
        real(all, "Isneginf", (onnx, x) -> onnx.compare("Less", x, onnx.number(-largest(x.type()), x.type())));
        add(all, "Isreal", (onnx, x) -> onnx.logical("Not", none(onnx, x)));
        real(
                all,
                "Signbit",
                (onnx, x) -> onnx.logical(
                        "Or",
                        onnx.compare("Less", x, onnx.number(0, x.type())),
                        onnx.compare("Less", onnx.each("Reciprocal", x), onnx.number(0, x.type()))));
    }

    private static double largest(DType type) {
        return type == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    }

    /** Where a value is not a number. */
    static OnnxValue nan(OnnxBuilder onnx, OnnxValue x) {
        return onnx.logical("Not", onnx.compare("Equal", x, x));
    }

    private static void activations(Map<String, OnnxForm> all) {
        Map<String, String> names = Map.ofEntries(
                Map.entry("Relu", "relu"),
                Map.entry("Relu6", "relu6"),
                Map.entry("Sigmoid", "sigmoid"),
                Map.entry("SparseSigmoid", "sparse_sigmoid"),
                Map.entry("Softplus", "softplus"),
                Map.entry("Softsign", "softsign"),
                Map.entry("SparsePlus", "sparse_plus"),
                Map.entry("Silu", "silu"),
                Map.entry("Squareplus", "squareplus"),
                Map.entry("LogSigmoid", "log_sigmoid"),
                Map.entry("HardSigmoid", "hard_sigmoid"),
                Map.entry("HardSilu", "hard_silu"),
                Map.entry("Selu", "selu"),
                Map.entry("TanhShrink", "tanh_shrink"),
                Map.entry("HardTanh", "hard_tanh"));
        names.forEach((name, function) -> add(all, name, (onnx, x) -> OnnxActivations.apply(onnx, function, x)));
    }

    private static void shaped(
            Map<String, OnnxForm> all, String name, BiFunction<OnnxBuilder, Operands<OnnxValue>, OnnxValue> nodes) {
        all.put(name, (onnx, given, results) -> List.of(nodes.apply(onnx, given)));
    }

    private static void parametric(Map<String, OnnxForm> all) {
        shaped(
                all,
                "LeakyRelu",
                (onnx, given) -> OnnxActivations.leaky(
                        onnx, onnx.real(given.first()), given.with().number("negative_slope", 0.2)));
        shaped(
                all,
                "Elu",
                (onnx, given) -> OnnxActivations.elu(
                        onnx, onnx.real(given.first()), given.with().number("alpha", 1)));
        shaped(all, "Celu", (onnx, given) -> {
            double alpha = given.with().number("alpha", 1);
            OnnxValue scaled = onnx.scale(given.first(), 1 / alpha, 0);
            return onnx.scale(OnnxActivations.elu(onnx, scaled, 1), alpha, 0);
        });
        shaped(
                all,
                "HardShrink",
                (onnx, given) -> OnnxActivations.hardShrink(
                        onnx, onnx.real(given.first()), given.with().number("threshold", 0.5)));
        shaped(
                all,
                "SoftShrink",
                (onnx, given) -> OnnxActivations.softShrink(
                        onnx, onnx.real(given.first()), given.with().number("threshold", 0.5)));
        shaped(
                all,
                "Gelu",
                (onnx, given) -> OnnxActivations.gelu(
                        onnx, onnx.real(given.first()), given.with().flag("approximate", true)));
        shaped(all, "Threshold", (onnx, given) -> {
            OnnxValue x = onnx.real(given.first());
            OnnxValue above =
                    onnx.compare("Greater", x, onnx.number(given.with().number("threshold", 0), x.type()));
            return onnx.where(above, x, onnx.number(given.with().number("default_value", 0), x.type()));
        });
        shaped(all, "Round", (onnx, given) -> {
            double factor = Math.pow(10, given.with().integer("decimals", 0));
            OnnxValue round = onnx.each("Round", onnx.scale(given.first(), factor, 0));
            return onnx.divide(round, onnx.number(factor, round.type()));
        });
    }
}
