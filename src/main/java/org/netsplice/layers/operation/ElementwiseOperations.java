package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.netsplice.graph.DType;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Array;
import org.netsplice.ops.Bessel;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Erf;
import org.netsplice.ops.Tape;

/** Element-wise operations of one tensor; the shape stays. Formulas as in NumPy and {@code keras.ops.nn}. */
final class ElementwiseOperations {
    private static final Kind.Example EXAMPLE = new Kind.Example("", "(None, 3)");

    /** The operations of {@code keras.ops.nn}. */
    static final String NN =
            "Relu Relu6 Sigmoid SparseSigmoid Softplus Softsign SparsePlus Silu Squareplus LogSigmoid HardSigmoid HardSilu"
                    + " Selu TanhShrink HardTanh LeakyRelu Elu Celu HardShrink SoftShrink Threshold Gelu";

    /** The type of the result. */
    private enum Gives {
        SAME,
        FLOAT,
        BOOL
    }

    private static final double BEND = Math.sqrt(2 / Math.PI);
    private static final Curve APPROXIMATE_GELU =
            new Curve(v -> 0.5 * v * (1 + Math.tanh(BEND * (v + 0.044715 * v * v * v))), v -> {
                double gate = Math.tanh(BEND * (v + 0.044715 * v * v * v));
                return 0.5 * (1 + gate) + 0.5 * v * (1 - gate * gate) * BEND * (1 + 3 * 0.044715 * v * v);
            });

    static final List<Operation.Definition> ALL = all();

    private ElementwiseOperations() {}

    private static List<Operation.Definition> all() {
        List<Operation.Definition> all = new ArrayList<>();
        signs(all);
        powers(all);
        angles(all);
        tests(all);
        activations(all);
        parametric(all);
        return all;
    }

    private static void signs(List<Operation.Definition> all) {
        all.add(whole("Absolute", new Curve(Math::abs, Math::signum), Math::abs));
        all.add(whole("Abs", new Curve(Math::abs, Math::signum), Math::abs));
        all.add(of("Fabs", Math::abs, Math::signum));
        all.add(whole("Negative", new Curve(v -> -v, v -> -1), v -> -v));
        all.add(whole("Sign", new Curve(Math::signum, v -> 0), Long::signum));
        all.add(jumping("Ceil", Gives.FLOAT, Math::ceil));
        all.add(jumping("Floor", Gives.FLOAT, Math::floor));
        all.add(jumping("Trunc", v -> v < 0 ? Math.ceil(v) : Math.floor(v), v -> v));
        all.add(whole("Conjugate", new Curve(v -> v, v -> 1), v -> v));
        all.add(whole("Conj", new Curve(v -> v, v -> 1), v -> v));
        all.add(whole("Real", new Curve(v -> v, v -> 1), v -> v));
        all.add(whole("Imag", new Curve(v -> 0, v -> 0), v -> 0));
        all.add(whole("Copy", new Curve(v -> v, v -> 1), v -> v));
        all.add(whole("StopGradient", new Curve(v -> v, v -> 0), v -> v));
        all.add(whole("OnesLike", new Curve(v -> 1, v -> 0), v -> 1));
        all.add(whole("ZerosLike", new Curve(v -> 0, v -> 0), v -> 0));
        all.add(jumping("BitwiseNot", v -> -v - 1, v -> ~v));
        all.add(jumping("BitwiseInvert", v -> -v - 1, v -> ~v));
    }

    private static void powers(List<Operation.Definition> all) {
        all.add(whole("Square", new Curve(v -> v * v, v -> 2 * v), v -> v * v));
        all.add(of("Sqrt", Math::sqrt, v -> 0.5 / Math.sqrt(v)));
        all.add(of("Rsqrt", v -> 1 / Math.sqrt(v), v -> -0.5 / (v * Math.sqrt(v))));
        all.add(of("Cbrt", Math::cbrt, v -> 1 / (3 * Math.cbrt(v) * Math.cbrt(v))));
        all.add(of("Reciprocal", v -> 1 / v, v -> -1 / (v * v)));
        all.add(of("Exp", Math::exp, Math::exp));
        all.add(of("Exp2", v -> Math.pow(2, v), v -> Math.pow(2, v) * Math.log(2)));
        all.add(of("Expm1", Math::expm1, Math::exp));
        all.add(of("Log", Math::log, v -> 1 / v));
        all.add(of("Log10", Math::log10, v -> 1 / (v * Math.log(10))));
        all.add(of("Log1p", Math::log1p, v -> 1 / (1 + v)));
        all.add(of("Log2", v -> Math.log(v) / Math.log(2), v -> 1 / (v * Math.log(2))));
        all.add(of("Erf", Erf::erf, Erf::slope));
        all.add(of("Erfc", Erf::erfc, v -> -Erf.slope(v)));
        all.add(of("Erfinv", Erf::inverse, v -> 1 / Erf.slope(Erf.inverse(v))));
        all.add(of("I0", Bessel::i0, Bessel::i1));
    }

    private static void angles(List<Operation.Definition> all) {
        all.add(of("Sin", Math::sin, Math::cos));
        all.add(of("Cos", Math::cos, v -> -Math.sin(v)));
        all.add(of("Tan", Math::tan, v -> 1 / (Math.cos(v) * Math.cos(v))));
        all.add(of("Sinh", Math::sinh, Math::cosh));
        all.add(of("Cosh", Math::cosh, Math::sinh));
        all.add(of("Tanh", Math::tanh, v -> 1 - Math.tanh(v) * Math.tanh(v)));
        all.add(of("Arcsin", Math::asin, v -> 1 / Math.sqrt(1 - v * v)));
        all.add(of("Arccos", Math::acos, v -> -1 / Math.sqrt(1 - v * v)));
        all.add(of("Arctan", Math::atan, v -> 1 / (1 + v * v)));
        all.add(of(
                "Arcsinh",
                v -> Math.signum(v) * Math.log(Math.abs(v) + Math.sqrt(v * v + 1)),
                v -> 1 / Math.sqrt(v * v + 1)));
        all.add(of("Arccosh", v -> Math.log(v + Math.sqrt(v * v - 1)), v -> 1 / Math.sqrt(v * v - 1)));
        all.add(of("Arctanh", v -> 0.5 * Math.log((1 + v) / (1 - v)), v -> 1 / (1 - v * v)));
        all.add(of("Deg2rad", v -> v * Math.PI / 180, v -> Math.PI / 180));
        all.add(of("Rad2deg", v -> v * 180 / Math.PI, v -> 180 / Math.PI));
        all.add(of(
                "Sinc",
                v -> v == 0 ? 1 : Math.sin(Math.PI * v) / (Math.PI * v),
                v -> v == 0 ? 0 : (Math.cos(Math.PI * v) - Math.sin(Math.PI * v) / (Math.PI * v)) / v));
        all.add(jumping("Angle", Gives.FLOAT, v -> v < 0 ? Math.PI : 0));
    }

    private static void tests(List<Operation.Definition> all) {
        all.add(test("LogicalNot", v -> v == 0 ? 1 : 0));
        all.add(test("Isfinite", v -> Double.isFinite(v) ? 1 : 0));
        all.add(test("Isinf", v -> Double.isInfinite(v) ? 1 : 0));
        all.add(test("Isnan", v -> Double.isNaN(v) ? 1 : 0));
        all.add(test("Isposinf", v -> v == Double.POSITIVE_INFINITY ? 1 : 0));
        all.add(test("Isneginf", v -> v == Double.NEGATIVE_INFINITY ? 1 : 0));
        all.add(test("Isreal", v -> 1));
        all.add(test("Signbit", v -> v < 0 || 1 / v < 0 ? 1 : 0));
    }

    private static void activations(List<Operation.Definition> all) {
        String[][] names = {
            {"Relu", "relu"},
            {"Relu6", "relu6"},
            {"Sigmoid", "sigmoid"},
            {"SparseSigmoid", "sparse_sigmoid"},
            {"Softplus", "softplus"},
            {"Softsign", "softsign"},
            {"SparsePlus", "sparse_plus"},
            {"Silu", "silu"},
            {"Squareplus", "squareplus"},
            {"LogSigmoid", "log_sigmoid"},
            {"HardSigmoid", "hard_sigmoid"},
            {"HardSilu", "hard_silu"},
            {"Selu", "selu"},
            {"TanhShrink", "tanh_shrink"},
            {"HardTanh", "hard_tanh"}
        };
        for (String[] name : names) {
            all.add(definition(name[0], Gives.FLOAT, with -> x -> Activations.apply(name[1], x)));
        }
    }

    private static void parametric(List<Operation.Definition> all) {
        all.add(shaped("LeakyRelu", with -> {
            double slope = with.number("negative_slope", 0.2);
            return new Curve(v -> v > 0 ? v : slope * v, v -> v > 0 ? 1 : slope);
        }));
        all.add(shaped("Elu", with -> {
            double alpha = with.number("alpha", 1);
            return new Curve(v -> v > 0 ? v : alpha * Math.expm1(v), v -> v > 0 ? 1 : alpha * Math.exp(v));
        }));
        all.add(shaped("Celu", with -> {
            double alpha = with.number("alpha", 1);
            return new Curve(v -> v > 0 ? v : alpha * Math.expm1(v / alpha), v -> v > 0 ? 1 : Math.exp(v / alpha));
        }));
        all.add(shaped("HardShrink", with -> {
            double threshold = with.number("threshold", 0.5);
            return new Curve(v -> Math.abs(v) > threshold ? v : 0, v -> Math.abs(v) > threshold ? 1 : 0);
        }));
        all.add(shaped("SoftShrink", with -> {
            double threshold = with.number("threshold", 0.5);
            return new Curve(
                    v -> v > threshold ? v - threshold : v < -threshold ? v + threshold : 0,
                    v -> Math.abs(v) > threshold ? 1 : 0);
        }));
        all.add(shaped("Threshold", with -> {
            double threshold = with.number("threshold", 0);
            double otherwise = with.number("default_value", 0);
            return new Curve(v -> v > threshold ? v : otherwise, v -> v > threshold ? 1 : 0);
        }));
        all.add(shaped("Gelu", with -> with.flag("approximate", true) ? APPROXIMATE_GELU : Activations.curve("gelu")));
        all.add(shaped("NanToNum", with -> {
            double nan = with.number("nan", 0);
            double high = with.number("posinf", Float.MAX_VALUE);
            double low = with.number("neginf", -Float.MAX_VALUE);
            return new Curve(
                    v -> Double.isNaN(v)
                            ? nan
                            : v == Double.POSITIVE_INFINITY ? high : v == Double.NEGATIVE_INFINITY ? low : v,
                    v -> Double.isFinite(v) ? 1 : 0);
        }));
        all.add(definition("Round", Gives.SAME, with -> {
            double factor = Math.pow(10, with.integer("decimals", 0));
            return x ->
                    Tape.obstacle("round", x.map(v -> factor == 1 ? Math.rint(v) : Math.rint(v * factor) / factor), x);
        }));
    }

    /** A function of fractions with its derivative. */
    private static Operation.Definition of(String name, DoubleUnaryOperator function, DoubleUnaryOperator slope) {
        Curve curve = new Curve(function, slope);
        return definition(name, Gives.FLOAT, with -> x -> x.map(curve));
    }

    /** A test; no gradient passes it, as if it were a constant. */
    private static Operation.Definition test(String name, DoubleUnaryOperator function) {
        return definition(name, Gives.BOOL, with -> x -> Tape.aside(() -> x.map(function)));
    }

    /** A function of steps, which has no gradient. */
    private static Operation.Definition jumping(String name, Gives gives, DoubleUnaryOperator function) {
        return definition(name, gives, with -> x -> Tape.obstacle(SnakeCase.of(name), x.map(function), x));
    }

    private static Operation.Definition jumping(String name, DoubleUnaryOperator real, LongUnaryOperator function) {
        return definition(name, Gives.SAME, with -> x -> Tape.obstacle(SnakeCase.of(name), x.map(real, function), x));
    }

    /** Keeps whole numbers whole. */
    private static Operation.Definition whole(String name, Curve real, LongUnaryOperator function) {
        return definition(
                name,
                Gives.SAME,
                with -> x -> x.form() == Array.Form.WHOLE ? x.map(real.value(), function) : x.map(real));
    }

    private static Operation.Definition shaped(String name, Function<Parameters, Curve> function) {
        return definition(name, Gives.SAME, with -> x -> x.map(function.apply(with)));
    }

    private static Operation.Definition definition(
            String name, Gives gives, Function<Parameters, Function<Array, Array>> function) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + " of every number.",
                Parameter.values("x"),
                EXAMPLE,
                given -> List.of(new TensorSpec(given.first().shape(), dtype(gives, given))),
                given -> List.of(function.apply(given.with()).apply(given.first())));
    }

    private static DType dtype(Gives gives, Operands<TensorSpec> given) {
        DType own = given.first().dtype();
        DType wanted = DType.named(given.with().text("dtype", "")).orElse(own);
        return switch (gives) {
            case BOOL -> DType.BOOL;
            case SAME -> wanted;
            case FLOAT -> ElementTypes.real(own);
        };
    }
}
