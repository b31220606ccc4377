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
import org.netsplice.ops.Erf;

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
        all.add(whole("Absolute", Math::abs, Math::abs));
        all.add(whole("Abs", Math::abs, Math::abs));
        all.add(of("Fabs", Gives.FLOAT, Math::abs));
        all.add(whole("Negative", v -> -v, v -> -v));
        all.add(whole("Sign", Math::signum, Long::signum));
        all.add(of("Ceil", Gives.FLOAT, Math::ceil));
        all.add(of("Floor", Gives.FLOAT, Math::floor));
        all.add(whole("Trunc", v -> v < 0 ? Math.ceil(v) : Math.floor(v), v -> v));
        all.add(whole("Conjugate", v -> v, v -> v));
        all.add(whole("Conj", v -> v, v -> v));
        all.add(whole("Real", v -> v, v -> v));
        all.add(whole("Imag", v -> 0, v -> 0));
        all.add(whole("Copy", v -> v, v -> v));
        all.add(whole("StopGradient", v -> v, v -> v));
        all.add(whole("OnesLike", v -> 1, v -> 1));
        all.add(whole("ZerosLike", v -> 0, v -> 0));
        all.add(whole("BitwiseNot", v -> -v - 1, v -> ~v));
        all.add(whole("BitwiseInvert", v -> -v - 1, v -> ~v));
    }

    private static void powers(List<Operation.Definition> all) {
        all.add(whole("Square", v -> v * v, v -> v * v));
        all.add(of("Sqrt", Gives.FLOAT, Math::sqrt));
        all.add(of("Rsqrt", Gives.FLOAT, v -> 1 / Math.sqrt(v)));
        all.add(of("Cbrt", Gives.FLOAT, Math::cbrt));
        all.add(of("Reciprocal", Gives.FLOAT, v -> 1 / v));
        all.add(of("Exp", Gives.FLOAT, Math::exp));
        all.add(of("Exp2", Gives.FLOAT, v -> Math.pow(2, v)));
        all.add(of("Expm1", Gives.FLOAT, Math::expm1));
        all.add(of("Log", Gives.FLOAT, Math::log));
        all.add(of("Log10", Gives.FLOAT, Math::log10));
        all.add(of("Log1p", Gives.FLOAT, Math::log1p));
        all.add(of("Log2", Gives.FLOAT, v -> Math.log(v) / Math.log(2)));
        all.add(of("Erf", Gives.FLOAT, Erf::erf));
        all.add(of("Erfc", Gives.FLOAT, Erf::erfc));
        all.add(of("Erfinv", Gives.FLOAT, Erf::inverse));
        all.add(of("I0", Gives.FLOAT, Bessel::i0));
    }

    private static void angles(List<Operation.Definition> all) {
        all.add(of("Sin", Gives.FLOAT, Math::sin));
        all.add(of("Cos", Gives.FLOAT, Math::cos));
        all.add(of("Tan", Gives.FLOAT, Math::tan));
        all.add(of("Sinh", Gives.FLOAT, Math::sinh));
        all.add(of("Cosh", Gives.FLOAT, Math::cosh));
        all.add(of("Tanh", Gives.FLOAT, Math::tanh));
        all.add(of("Arcsin", Gives.FLOAT, Math::asin));
        all.add(of("Arccos", Gives.FLOAT, Math::acos));
        all.add(of("Arctan", Gives.FLOAT, Math::atan));
        all.add(of("Arcsinh", Gives.FLOAT, v -> Math.signum(v) * Math.log(Math.abs(v) + Math.sqrt(v * v + 1))));
        all.add(of("Arccosh", Gives.FLOAT, v -> Math.log(v + Math.sqrt(v * v - 1))));
        all.add(of("Arctanh", Gives.FLOAT, v -> 0.5 * Math.log((1 + v) / (1 - v))));
        all.add(of("Deg2rad", Gives.FLOAT, v -> v * Math.PI / 180));
        all.add(of("Rad2deg", Gives.FLOAT, v -> v * 180 / Math.PI));
        all.add(of("Sinc", Gives.FLOAT, v -> v == 0 ? 1 : Math.sin(Math.PI * v) / (Math.PI * v)));
        all.add(of("Angle", Gives.FLOAT, v -> v < 0 ? Math.PI : 0));
    }

    private static void tests(List<Operation.Definition> all) {
        all.add(of("LogicalNot", Gives.BOOL, v -> v == 0 ? 1 : 0));
        all.add(of("Isfinite", Gives.BOOL, v -> Double.isFinite(v) ? 1 : 0));
        all.add(of("Isinf", Gives.BOOL, v -> Double.isInfinite(v) ? 1 : 0));
        all.add(of("Isnan", Gives.BOOL, v -> Double.isNaN(v) ? 1 : 0));
        all.add(of("Isposinf", Gives.BOOL, v -> v == Double.POSITIVE_INFINITY ? 1 : 0));
        all.add(of("Isneginf", Gives.BOOL, v -> v == Double.NEGATIVE_INFINITY ? 1 : 0));
        all.add(of("Isreal", Gives.BOOL, v -> 1));
        all.add(of("Signbit", Gives.BOOL, v -> v < 0 || 1 / v < 0 ? 1 : 0));
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
            return v -> v > 0 ? v : slope * v;
        }));
        all.add(shaped("Elu", with -> {
            double alpha = with.number("alpha", 1);
            return v -> v > 0 ? v : alpha * Math.expm1(v);
        }));
        all.add(shaped("Celu", with -> {
            double alpha = with.number("alpha", 1);
            return v -> v > 0 ? v : alpha * Math.expm1(v / alpha);
        }));
        all.add(shaped("HardShrink", with -> {
            double threshold = with.number("threshold", 0.5);
            return v -> Math.abs(v) > threshold ? v : 0;
        }));
        all.add(shaped("SoftShrink", with -> {
            double threshold = with.number("threshold", 0.5);
            return v -> v > threshold ? v - threshold : v < -threshold ? v + threshold : 0;
        }));
        all.add(shaped("Threshold", with -> {
            double threshold = with.number("threshold", 0);
            double otherwise = with.number("default_value", 0);
            return v -> v > threshold ? v : otherwise;
        }));
        all.add(shaped(
                "Gelu",
                with -> with.flag("approximate", true)
                        ? v -> 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)))
                        : v -> 0.5 * v * (1 + Erf.erf(v / Math.sqrt(2)))));
        all.add(shaped("NanToNum", with -> {
            double nan = with.number("nan", 0);
            double high = with.number("posinf", Float.MAX_VALUE);
            double low = with.number("neginf", -Float.MAX_VALUE);
            return v -> Double.isNaN(v)
                    ? nan
                    : v == Double.POSITIVE_INFINITY ? high : v == Double.NEGATIVE_INFINITY ? low : v;
        }));
        all.add(shaped("Round", with -> {
            double factor = Math.pow(10, with.integer("decimals", 0));
            return v -> factor == 1 ? Math.rint(v) : Math.rint(v * factor) / factor;
        }));
    }

    private static Operation.Definition of(String name, Gives gives, DoubleUnaryOperator function) {
        return definition(name, gives, with -> x -> x.map(function));
    }

    /** Keeps whole numbers whole. */
    private static Operation.Definition whole(String name, DoubleUnaryOperator real, LongUnaryOperator function) {
        return definition(name, Gives.SAME, with -> x -> x.map(real, function));
    }

    private static Operation.Definition shaped(String name, Function<Parameters, DoubleUnaryOperator> function) {
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
