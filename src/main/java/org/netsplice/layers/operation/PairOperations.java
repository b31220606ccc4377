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
import org.netsplice.ops.Broadcasting.Surface;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Selecting;
import org.netsplice.ops.Tape;

/** Element-wise operations of two or three tensors; shapes broadcast as in NumPy. */
final class PairOperations {
    private static final Kind.Example EXAMPLE = new Kind.Example("", "(None, 2, 3)", "(None, 1, 3)");
    private static final List<Parameter> TWO = Parameter.values("x1", "x2");

    private static final Surface QUOTIENT = new Surface((a, b) -> a / b, (a, b) -> 1 / b, (a, b) -> -a / b / b);
    private static final Surface POWER = new Surface(
            Math::pow,
            (a, b) -> b == 0 ? 0 : b * Math.pow(a, b - 1),
            (a, b) -> a > 0 ? Math.pow(a, b) * Math.log(a) : 0);

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
        powers(all);
        bits(all);
        extremes(all);
        all.add(isIn());
        all.add(fullLike());
        all.add(where());
        all.add(clip());
        return all;
    }

    private static void powers(List<Operation.Definition> all) {
        all.add(exact("Power", POWER, PairOperations::power));
        all.add(mapped(
                "Hypot", new Surface(Math::hypot, (a, b) -> a / Math.hypot(a, b), (a, b) -> b / Math.hypot(a, b))));
        all.add(floats(
                "Arctan2", new Surface(Math::atan2, (y, x) -> x / (x * x + y * y), (y, x) -> -y / (x * x + y * y))));
        all.add(floats(
                "Logaddexp",
                new Surface(
                        (a, b) -> Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))),
                        (a, b) -> 1 / (1 + Math.exp(b - a)),
                        (a, b) -> 1 / (1 + Math.exp(a - b)))));
        all.add(floats(
                "Logaddexp2",
                new Surface(
                        (a, b) -> Math.max(a, b) + Math.log1p(Math.pow(2, -Math.abs(a - b))) / Math.log(2),
                        (a, b) -> 1 / (1 + Math.pow(2, b - a)),
                        (a, b) -> 1 / (1 + Math.pow(2, a - b)))));
        all.add(jumping("Heaviside", (a, b) -> a == 0 ? b : a > 0 ? 1 : 0, (a, b) -> a == 0 ? b : a > 0 ? 1 : 0));
        all.add(floats(
                "Ldexp",
                new Surface(
                        (a, b) -> a * Math.pow(2, b),
                        (a, b) -> Math.pow(2, b),
                        (a, b) -> a * Math.pow(2, b) * Math.log(2))));
    }

    private static void extremes(List<Operation.Definition> all) {
        all.add(jumping("Gcd", (a, b) -> divisor(a, b), PairOperations::divisor));
        all.add(jumping(
                "Lcm",
                (a, b) -> a == 0 || b == 0 ? 0 : Math.abs(a * b) / divisor(a, b),
                (a, b) -> a == 0 || b == 0 ? 0 : Math.abs(a / divisor(a, b) * b)));
        all.add(exact(
                "Fmax",
                new Surface(
                        (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b),
                        (a, b) -> Double.isNaN(b) || a >= b ? 1 : 0,
                        (a, b) -> Double.isNaN(b) || a >= b ? 0 : 1),
                Math::max));
        all.add(exact(
                "Fmin",
                new Surface(
                        (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b),
                        (a, b) -> Double.isNaN(b) || a <= b ? 1 : 0,
                        (a, b) -> Double.isNaN(b) || a <= b ? 0 : 1),
                Math::min));
        all.add(jumping("Nextafter", (a, b) -> Math.nextAfter((float) a, b)));
    }

    private static void quotients(List<Operation.Definition> all) {
        all.add(floats("Divide", QUOTIENT));
        all.add(floats("TrueDivide", QUOTIENT));
        all.add(floats(
                "DivideNoNan",
                new Surface(
                        (a, b) -> b == 0 ? 0 : a / b,
                        (a, b) -> b == 0 ? 0 : 1 / b,
                        (a, b) -> b == 0 ? 0 : -a / b / b)));
        all.add(jumping("FloorDivide", (a, b) -> Math.floor(a / b), (a, b) -> b == 0 ? 0 : Math.floorDiv(a, b)));
        all.add(exact(
                "Mod",
                new Surface((a, b) -> a - Math.floor(a / b) * b, (a, b) -> 1, (a, b) -> -Math.floor(a / b)),
                (a, b) -> b == 0 ? 0 : Math.floorMod(a, b)));
        all.add(exact(
                "Fmod",
                new Surface((a, b) -> a % b, (a, b) -> 1, (a, b) -> -((a - a % b) / b)),
                (a, b) -> b == 0 ? 0 : a % b));
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
                    return List.of(Tape.aside(() -> Broadcasting.map(
                            given.first(),
                            given.second(),
                            (a, b) -> a == b
                                            || (nan && Double.isNaN(a) && Double.isNaN(b))
                                            || Math.abs(a - b) <= absolute + relative * Math.abs(b)
                                    ? 1
                                    : 0)));
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
                    Array x = given.first();
                    return List.of(Tape.aside(() -> x.as(others.form())
                            .map(v -> among.contains(v) != invert ? 1 : 0, v -> wholes.contains(v) != invert ? 1 : 0)));
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
        all.add(jumping("BitwiseAnd", (a, b) -> (long) a & (long) b, (a, b) -> a & b));
        all.add(jumping("BitwiseOr", (a, b) -> (long) a | (long) b, (a, b) -> a | b));
        all.add(jumping("BitwiseXor", (a, b) -> (long) a ^ (long) b, (a, b) -> a ^ b));
        all.add(jumping("BitwiseLeftShift", (a, b) -> (long) a << (long) b, (a, b) -> a << b));
        all.add(jumping("LeftShift", (a, b) -> (long) a << (long) b, (a, b) -> a << b));
        all.add(jumping("BitwiseRightShift", (a, b) -> (long) a >> (long) b, (a, b) -> a >> b));
        all.add(jumping("RightShift", (a, b) -> (long) a >> (long) b, (a, b) -> a >> b));
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

    private static Operation.Definition mapped(String name, Surface function) {
        return pair(name, PairOperations::promoted, given -> Broadcasting.map(given.first(), given.second(), function));
    }

    /** Keeps whole numbers whole. */
    private static Operation.Definition exact(String name, Surface real, LongBinaryOperator whole) {
        return pair(name, PairOperations::promoted, given -> {
            boolean exact =
                    given.first().form() == Array.Form.WHOLE && given.second().form() == Array.Form.WHOLE;
            return exact
                    ? Broadcasting.map(given.first(), given.second(), real.value(), whole)
                    : Broadcasting.map(given.first(), given.second(), real);
        });
    }

    /** A function of steps, which has no gradient. Keeps whole numbers whole. */
    private static Operation.Definition jumping(String name, DoubleBinaryOperator real, LongBinaryOperator whole) {
        return pair(
                name,
                PairOperations::promoted,
                given -> Tape.obstacle(
                        SnakeCase.of(name),
                        Broadcasting.map(given.first(), given.second(), real, whole),
                        given.first(),
                        given.second()));
    }

    private static Operation.Definition jumping(String name, DoubleBinaryOperator function) {
        return pair(
                name,
                given -> ElementTypes.real(promoted(given)),
                given -> Tape.obstacle(
                        SnakeCase.of(name),
                        Broadcasting.map(given.first(), given.second(), function),
                        given.first(),
                        given.second()));
    }

    private static Operation.Definition floats(String name, Surface function) {
        return pair(
                name,
                given -> ElementTypes.real(promoted(given)),
                given -> Broadcasting.map(given.first(), given.second(), function));
    }

    /** A test; no gradient passes it, as if it were a constant. */
    private static Operation.Definition test(String name, Test test, WholeTest whole) {
        return pair(
                name,
                given -> DType.BOOL,
                given -> Tape.aside(() -> Broadcasting.map(
                        given.first(),
                        given.second(),
                        (a, b) -> test.holds(a, b) ? 1 : 0,
                        (a, b) -> whole.holds(a, b) ? 1 : 0)));
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
                    Array x = given.first();
                    return List.of(
                            x.form() == Array.Form.WHOLE
                                    ? x.map(v -> v, v -> v < least ? (long) least : v > most ? (long) most : v)
                                    : x.map(new Curve(
                                            v -> Math.min(Math.max(v, least), most),
                                            v -> v >= least && v <= most ? 1 : 0)));
                });
    }
}
