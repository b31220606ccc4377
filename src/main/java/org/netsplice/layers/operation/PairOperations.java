package org.netsplice.layers.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;
import org.netsplice.ops.Selecting;

/** Element-wise operations of two or three tensors; shapes broadcast as in NumPy. */
final class PairOperations {
    private static final Kind.Example EXAMPLE = new Kind.Example("", "(None, 2, 3)", "(None, 1, 3)");
    private static final List<Parameter> TWO = Parameter.values("x1", "x2");

    static final List<Operation.Definition> ALL = all();

    private PairOperations() {}

    private static List<Operation.Definition> all() {
        List<Operation.Definition> all = new ArrayList<>();
        all.add(numbers("Add", Arithmetic::add));
        all.add(numbers("Subtract", Arithmetic::subtract));
        all.add(numbers("Multiply", Arithmetic::multiply));
        all.add(numbers("Maximum", Arithmetic::maximum));
        all.add(numbers("Minimum", Arithmetic::minimum));
        quotients(all);
        comparisons(all);
        all.add(exact("Power", Math::pow, PairOperations::power));
        all.add(mapped("Hypot", Math::hypot));
        all.add(floats("Arctan2", Math::atan2));
        all.add(floats("Logaddexp", (a, b) -> Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))));
        all.add(floats(
                "Logaddexp2", (a, b) -> Math.max(a, b) + Math.log1p(Math.pow(2, -Math.abs(a - b))) / Math.log(2)));
        all.add(exact("Heaviside", (a, b) -> a == 0 ? b : a > 0 ? 1 : 0, (a, b) -> a == 0 ? b : a > 0 ? 1 : 0));
        all.add(floats("Ldexp", (a, b) -> a * Math.pow(2, b)));
        bits(all);
        all.add(exact("Gcd", (a, b) -> divisor(a, b), PairOperations::divisor));
        all.add(exact(
                "Lcm",
                (a, b) -> a == 0 || b == 0 ? 0 : Math.abs(a * b) / divisor(a, b),
                (a, b) -> a == 0 || b == 0 ? 0 : Math.abs(a / divisor(a, b) * b)));
        all.add(exact("Fmax", (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b), Math::max));
        all.add(exact("Fmin", (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b), Math::min));
        all.add(floats("Nextafter", (a, b) -> Math.nextAfter((float) a, b)));
        all.add(isIn());
        all.add(fullLike());
        all.add(where());
        all.add(clip());
        return all;
    }

    private static void quotients(List<Operation.Definition> all) {
        all.add(floats("Divide", (a, b) -> a / b));
        all.add(floats("TrueDivide", (a, b) -> a / b));
        all.add(floats("DivideNoNan", (a, b) -> b == 0 ? 0 : a / b));
        all.add(exact("FloorDivide", (a, b) -> Math.floor(a / b), (a, b) -> b == 0 ? 0 : Math.floorDiv(a, b)));
        all.add(exact("Mod", (a, b) -> a - Math.floor(a / b) * b, (a, b) -> b == 0 ? 0 : Math.floorMod(a, b)));
        all.add(exact("Fmod", (a, b) -> a % b, (a, b) -> b == 0 ? 0 : a % b));
    }

    private static void comparisons(List<Operation.Definition> all) {
        all.add(test("Equal", (a, b) -> a == b, (a, b) -> a == b));
        all.add(test("NotEqual", (a, b) -> a != b, (a, b) -> a != b));
        all.add(test("Greater", (a, b) -> a > b, (a, b) -> a > b));
        all.add(test("GreaterEqual", (a, b) -> a >= b, (a, b) -> a >= b));
        all.add(test("Less", (a, b) -> a < b, (a, b) -> a < b));
        all.add(test("LessEqual", (a, b) -> a <= b, (a, b) -> a <= b));
        all.add(test("LogicalAnd", (a, b) -> a != 0 && b != 0, (a, b) -> a != 0 && b != 0));
        all.add(test("LogicalOr", (a, b) -> a != 0 || b != 0, (a, b) -> a != 0 || b != 0));
        all.add(test("LogicalXor", (a, b) -> a != 0 != (b != 0), (a, b) -> a != 0 != (b != 0)));
        all.add(isClose());
    }

    private static Operation.Definition isClose() {
        Operation.Definition plain = test("Isclose", (a, b) -> a == b, (a, b) -> a == b);
        return new Operation.Definition(
                plain.name(),
                "Whether two numbers differ by little at every place.",
                Parameter.values("x1", "x2", "rtol", "atol"),
                EXAMPLE,
                plain.outputs(),
                given -> {
                    double relative =
                            given.maybe(2).map(one -> one.doubles()[0]).orElse(1e-5);
                    double absolute =
                            given.maybe(3).map(one -> one.doubles()[0]).orElse(1e-8);
                    boolean nan = given.with().flag("equal_nan", false);
                    return List.of(Broadcasting.map(
                            given.first(),
                            given.second(),
                            (a, b) -> a == b
                                            || (nan && Double.isNaN(a) && Double.isNaN(b))
                                            || Math.abs(a - b) <= absolute + relative * Math.abs(b)
                                    ? 1
                                    : 0));
                });
    }

    private static Operation.Definition isIn() {
        return new Operation.Definition(
                "IsIn",
                "Whether a number is among others, at every place.",
                TWO,
                new Kind.Example("call={\"x1\": {\"input\": 0}, \"x2\": [1, 2]}", "(None, 3)"),
                given -> List.of(new TensorSpec(given.first().shape(), DType.BOOL)),
                given -> {
                    Set<Double> among = new HashSet<>();
                    Set<Long> wholes = new HashSet<>();
                    Array others = given.second()
                            .as(given.first().form().with(given.second().form()));
                    Arrays.stream(others.doubles()).forEach(among::add);
                    Arrays.stream(others.wholes()).forEach(wholes::add);
                    boolean invert = given.with().flag("invert", false);
                    return List.of(given.first()
                            .as(others.form())
                            .map(v -> among.contains(v) != invert ? 1 : 0, v -> wholes.contains(v) != invert ? 1 : 0));
                });
    }

    private static Operation.Definition fullLike() {
        return new Operation.Definition(
                "FullLike",
                "One number at every place.",
                Parameter.values("x", "fill_value"),
                new Kind.Example("call={\"x\": {\"input\": 0}, \"fill_value\": 2.5}", "(None, 3)"),
                given -> List.of(given.first()),
                given -> List.of(Broadcasting.to(given.second(), given.first().sizes())));
    }

    private static void bits(List<Operation.Definition> all) {
        all.add(exact("BitwiseAnd", (a, b) -> (long) a & (long) b, (a, b) -> a & b));
        all.add(exact("BitwiseOr", (a, b) -> (long) a | (long) b, (a, b) -> a | b));
        all.add(exact("BitwiseXor", (a, b) -> (long) a ^ (long) b, (a, b) -> a ^ b));
        all.add(exact("BitwiseLeftShift", (a, b) -> (long) a << (long) b, (a, b) -> a << b));
        all.add(exact("LeftShift", (a, b) -> (long) a << (long) b, (a, b) -> a << b));
        all.add(exact("BitwiseRightShift", (a, b) -> (long) a >> (long) b, (a, b) -> a >> b));
        all.add(exact("RightShift", (a, b) -> (long) a >> (long) b, (a, b) -> a >> b));
    }

    private static double divisor(double a, double b) {
        double x = Math.abs(a);
        double y = Math.abs(b);
        while (y != 0) {
            double rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }

    private static long divisor(long a, long b) {
        long x = Math.abs(a);
        long y = Math.abs(b);
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }

    /** An integer power by repeated squaring, wrapped around on overflow; a negative exponent gives what integer division does. */
    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 ? 1 : base == -1 ? exponent % 2 == 0 ? 1 : -1 : 0;
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            result *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return result;
    }

    private interface Test {
        boolean holds(double a, double b);
    }

    private interface WholeTest {
        boolean holds(long a, long b);
    }

    private interface Both {
        Array apply(Array a, Array b);
    }

    private static Operation.Definition numbers(String name, Both both) {
        return pair(name, PairOperations::promoted, given -> both.apply(given.first(), given.second()));
    }

    private static Operation.Definition mapped(String name, DoubleBinaryOperator function) {
        return pair(name, PairOperations::promoted, given -> Broadcasting.map(given.first(), given.second(), function));
    }

    /** Keeps whole numbers whole. */
    private static Operation.Definition exact(String name, DoubleBinaryOperator real, LongBinaryOperator whole) {
        return pair(
                name, PairOperations::promoted, given -> Broadcasting.map(given.first(), given.second(), real, whole));
    }

    private static Operation.Definition floats(String name, DoubleBinaryOperator function) {
        return pair(
                name,
                given -> ElementTypes.real(promoted(given)),
                given -> Broadcasting.map(given.first(), given.second(), function));
    }

    private static Operation.Definition test(String name, Test test, WholeTest whole) {
        return pair(
                name,
                given -> DType.BOOL,
                given -> Broadcasting.map(
                        given.first(),
                        given.second(),
                        (a, b) -> test.holds(a, b) ? 1 : 0,
                        (a, b) -> whole.holds(a, b) ? 1 : 0));
    }

    private static Operation.Definition pair(
            String name, Function<Operands<TensorSpec>, DType> dtype, Function<Operands<Array>, Array> forward) {
        return new Operation.Definition(
                name,
                "Computes " + SnakeCase.of(name) + " of two numbers at every place.",
                TWO,
                EXAMPLE,
                given -> List.of(new TensorSpec(
                        Shapes.broadcast(given.first().shape(), given.second().shape()), dtype.apply(given))),
                given -> List.of(forward.apply(given)));
    }

    private static DType promoted(Operands<TensorSpec> given) {
        return promoted(given, 0, 1);
    }

    /** The common type of two operands; a plain number takes the type of the other one, unless that has no fractions and it has. */
    private static DType promoted(Operands<TensorSpec> given, int first, int second) {
        DType one = given.at(first).dtype();
        DType two = given.at(second).dtype();
        if (given.plainNumber(first)) {
            return weak(one, two);
        }
        return given.plainNumber(second) ? weak(two, one) : ElementTypes.common(one, two);
    }

    private static DType weak(DType number, DType other) {
        return number.floating() ? ElementTypes.real(other) : other == DType.BOOL ? number : other;
    }

    private static Operation.Definition where() {
        return new Operation.Definition(
                "Where",
                "One of two numbers at every place, as a condition says.",
                Parameter.values("condition", "x1", "x2"),
                new Kind.Example("", "(None, 3)", "(None, 3)", "(None, 1)"),
                given -> {
                    Shape both =
                            Shapes.broadcast(given.second().shape(), given.at(2).shape());
                    return List.of(
                            new TensorSpec(Shapes.broadcast(given.first().shape(), both), promoted(given, 1, 2)));
                },
                given -> List.of(Selecting.where(given.first(), given.second(), given.at(2))));
    }

    private static Operation.Definition clip() {
        return new Operation.Definition(
                "Clip",
                "Numbers kept between two limits.",
                Parameter.values("x"),
                new Kind.Example("x_min=-1, x_max=1", "(None, 3)"),
                given -> List.of(given.first()),
                given -> {
                    double least = given.with().number("x_min", Double.NEGATIVE_INFINITY);
                    double most = given.with().number("x_max", Double.POSITIVE_INFINITY);
                    return List.of(given.first()
                            .map(
                                    v -> Math.min(Math.max(v, least), most),
                                    v -> v < least ? (long) least : v > most ? (long) most : v));
                });
    }
}
