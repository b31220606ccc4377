package org.netsplice.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;

/** Operators that compute every number alone, or numbers at the same place of several tensors. */
final class ElementwiseOperators {
    /** Operators that are operations of {@code keras.ops} under other names. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("Abs", "Absolute"),
            Map.entry("Neg", "Negative"),
            Map.entry("Sign", "Sign"),
            Map.entry("Ceil", "Ceil"),
            Map.entry("Floor", "Floor"),
            Map.entry("Round", "Round"),
            Map.entry("Sqrt", "Sqrt"),
            Map.entry("Exp", "Exp"),
            Map.entry("Log", "Log"),
            Map.entry("Reciprocal", "Reciprocal"),
            Map.entry("Sin", "Sin"),
            Map.entry("Cos", "Cos"),
            Map.entry("Tan", "Tan"),
            Map.entry("Asin", "Arcsin"),
            Map.entry("Acos", "Arccos"),
            Map.entry("Atan", "Arctan"),
            Map.entry("Sinh", "Sinh"),
            Map.entry("Cosh", "Cosh"),
            Map.entry("Asinh", "Arcsinh"),
            Map.entry("Acosh", "Arccosh"),
            Map.entry("Atanh", "Arctanh"),
            Map.entry("Erf", "Erf"),
            Map.entry("Not", "LogicalNot"),
            Map.entry("BitwiseNot", "BitwiseNot"),
            Map.entry("IsNaN", "Isnan"),
            Map.entry("Where", "Where"),
            Map.entry("Pow", "Power"),
            Map.entry("And", "LogicalAnd"),
            Map.entry("Or", "LogicalOr"),
            Map.entry("Xor", "LogicalXor"),
            Map.entry("Equal", "Equal"),
            Map.entry("Less", "Less"),
            Map.entry("Greater", "Greater"),
            Map.entry("LessOrEqual", "LessEqual"),
            Map.entry("GreaterOrEqual", "GreaterEqual"),
            Map.entry("BitwiseAnd", "BitwiseAnd"),
            Map.entry("BitwiseOr", "BitwiseOr"),
            Map.entry("BitwiseXor", "BitwiseXor"));

    /** Operators that are activations by another name. */
    private static final Map<String, String> ACTIVATIONS = Map.of(
            "Sigmoid", "sigmoid",
            "Tanh", "tanh",
            "Softplus", "softplus",
            "Softsign", "softsign",
            "HardSwish", "hard_silu",
            "Mish", "mish");

    static final Map<String, Operator> ALL = all();

    private ElementwiseOperators() {}

    private static Map<String, Operator> all() {
        Map<String, Operator> all = new HashMap<>();
        SAME.forEach((name, operation) -> all.put(
                name,
                Operator.one(
                        call -> call.operation(operation, Map.of(), call.all().toArray(Value[]::new)))));
        ACTIVATIONS.forEach((name, activation) -> all.put(name, Operator.one(call -> activation(call, activation))));
        all.put("Relu", Operator.one(call -> call.layer("ReLU", Map.of(), call.in(0))));
        all.put("Add", Operator.one(ElementwiseOperators::sum));
        all.put("Mul", Operator.one(call -> joined(call, "Multiply", call.in(0), call.in(1))));
        all.put("Sub", Operator.one(call -> joined(call, "Subtract", call.in(0), call.in(1))));
        all.put("Div", Operator.one(ElementwiseOperators::quotient));
        all.put(
                "Mod",
                Operator.one(call -> call.operation(
                        call.integer("fmod", 0) == 0 ? "Mod" : "Fmod", Map.of(), call.in(0), call.in(1))));
        all.put("Sum", Operator.one(call -> joinedAll(call, "Add")));
        all.put("Max", Operator.one(call -> joinedAll(call, "Maximum")));
        all.put("Min", Operator.one(call -> joinedAll(call, "Minimum")));
        all.put(
                "Mean",
                Operator.one(call -> call.operation(
                        "Multiply",
                        Map.of(),
                        joinedAll(call, "Add"),
                        Call.number(1.0 / call.all().size(), call.in(0).dtype()))));
        all.put("Identity", Operator.one(call -> call.in(0)));
        all.put("Dropout", ElementwiseOperators::dropout);
        all.put("Cast", Operator.one(call -> cast(call, Call.dtype(call.required("to")))));
        all.put("CastLike", Operator.one(call -> cast(call, call.in(1).dtype())));
        all.put("Clip", Operator.one(ElementwiseOperators::clip));
        all.put("IsInf", Operator.one(ElementwiseOperators::infinite));
        all.put(
                "BitShift",
                Operator.one(call -> call.operation(
                        call.text("direction", "LEFT").equals("LEFT") ? "LeftShift" : "RightShift",
                        Map.of(),
                        call.in(0),
                        call.in(1))));
        parametric(all);
        return all;
    }

    private static void parametric(Map<String, Operator> all) {
        all.put("Elu", Operator.one(call -> call.layer("ELU", Map.of("alpha", call.real("alpha", 1)), call.in(0))));
        all.put(
                "Celu",
                Operator.one(call -> call.operation("Celu", Map.of("alpha", call.real("alpha", 1)), call.in(0))));
        all.put("Selu", Operator.one(ElementwiseOperators::selu));
        all.put("LeakyRelu", Operator.one(call -> {
            double slope = call.real("alpha", 0.01f);
            Map<String, Object> config = Map.of("negative_slope", slope);
            return slope < 0
                    ? call.operation("LeakyRelu", config, call.in(0))
                    : call.layer("LeakyReLU", config, call.in(0));
        }));
        all.put(
                "ThresholdedRelu",
                Operator.one(call -> call.operation(
                        "Threshold", Map.of("threshold", call.real("alpha", 1), "default_value", 0.0), call.in(0))));
        all.put("HardSigmoid", Operator.one(ElementwiseOperators::hardSigmoid));
        all.put(
                "Gelu",
                Operator.one(call -> call.text("approximate", "none").equals("none")
                        ? activation(call, "gelu")
                        : call.operation("Gelu", Map.of("approximate", true), call.in(0))));
        all.put("Swish", Operator.one(call -> {
            double alpha = call.real("alpha", 1);
            if (alpha == 1) {
                return activation(call, "silu");
            }
            Value scaled = call.operation(
                    "Multiply",
                    Map.of(),
                    call.in(0),
                    Call.number(alpha, call.in(0).dtype()));
            return call.operation("Multiply", Map.of(), call.in(0), call.operation("Sigmoid", Map.of(), scaled));
        }));
        all.put("Shrink", Operator.one(ElementwiseOperators::shrink));
        all.put("PRelu", Operator.one(ElementwiseOperators::slopes));
    }

    private static Value activation(Call call, String name) {
        return call.layer("Activation", Map.of("activation", name), call.in(0));
    }

    private static boolean computed(Value value) {
        return value instanceof Value.Computed || value instanceof Value.View;
    }

    /** A merge layer where both inputs have the same shape, else the operation that stretches axes of size 1. */
    private static Value joined(Call call, String name, Value one, Value two) {
        boolean merge = computed(one)
                && computed(two)
                && one.dtype() == DType.FLOAT32
                && two.dtype() == DType.FLOAT32
                && one.rank() > 1
                && Arrays.equals(one.shape(), two.shape());
        return merge ? call.layer(name, Map.of(), one, two) : call.operation(name, Map.of(), one, two);
    }

    /** A sum; of a dense layer without bias and a vector, the layer with this bias. */
    private static Value sum(Call call) {
        for (int data = 0; data < 2; data++) {
            if (call.in(1 - data) instanceof Value.Known bias
                    && call.in(data) instanceof Value.Computed computed
                    && call.alone(data)) {
                Optional<Value> dense = call.to().biased(computed, bias.tensor());
                if (dense.isPresent()) {
                    return dense.get();
                }
            }
        }
        return joined(call, "Add", call.in(0), call.in(1));
    }

    private static Value joinedAll(Call call, String name) {
        List<Value> all = call.all();
        Value present = all.get(0);
        for (Value next : all.subList(1, all.size())) {
            present = joined(call, name, present, next);
        }
        return present;
    }

    /** Whole numbers are divided as C does, towards 0. */
    private static Value quotient(Call call) {
        Value one = call.in(0);
        Value two = call.in(1);
        if (one.dtype().floating()) {
            return call.operation("Divide", Map.of(), one, two);
        }
        Value size = call.operation(
                "FloorDivide",
                Map.of(),
                call.operation("Absolute", Map.of(), one),
                call.operation("Absolute", Map.of(), two));
        Value sign = call.operation(
                "Multiply", Map.of(), call.operation("Sign", Map.of(), one), call.operation("Sign", Map.of(), two));
        return call.operation("Multiply", Map.of(), size, sign);
    }

    private static List<Value> dropout(Call call) {
        boolean masked = call.node().outputs().size() > 1
                && !call.node().outputs().get(1).isEmpty();
        boolean training = call.knownOr(2).map(flag -> flag.at(0) != 0).orElse(false);
        if (masked || training) {
            throw new Untranslatable("it drops values at random, also when predicting");
        }
        return List.of(call.in(0));
    }

    private static Value cast(Call call, DType type) {
        Value data = call.in(0);
        DType wanted = type.half() ? DType.FLOAT32 : type;
        if (data.dtype() == wanted) {
            return data;
        }
        if (data instanceof Value.Uniform uniform) {
            return new Value.Uniform(
                    wanted.floating() ? uniform.number() : (double) (long) uniform.number(), wanted, uniform.known());
        }
        return call.operation("Cast", Map.of("dtype", wanted.text()), data);
    }

    private static Value clip(Call call) {
        Value data = call.in(0);
        Optional<Value> least = limit(call, "min", 1);
        Optional<Value> most = limit(call, "max", 2);
        boolean fixed = least.map(ElementwiseOperators::single).orElse(true)
                && most.map(ElementwiseOperators::single).orElse(true);
        if (least.isEmpty() && most.isEmpty()) {
            return data;
        }
        if (!fixed) {
            Value bounded = least.map(value -> call.operation("Maximum", Map.of(), data, value))
                    .orElse(data);
            return most.map(value -> call.operation("Minimum", Map.of(), bounded, value))
                    .orElse(bounded);
        }
        Map<String, Object> config = new HashMap<>();
        least.ifPresent(value -> config.put("x_min", Tensors.number(((Value.Known) value).tensor(), 0)));
        most.ifPresent(value -> config.put("x_max", Tensors.number(((Value.Known) value).tensor(), 0)));
        boolean capped = data.dtype() == DType.FLOAT32
                && config.size() == 2
                && config.get("x_min").equals(0.0);
        return capped && computed(data)
                ? call.layer("ReLU", Map.of("max_value", config.get("x_max")), data)
                : call.operation("Clip", config, data);
    }

    private static boolean single(Value value) {
        return value instanceof Value.Known known && known.tensor().length() == 1;
    }

    private static Optional<Value> limit(Call call, String name, int argument) {
        return call.has(name)
                ? Optional.of(Call.number(call.real(name, 0), call.in(0).dtype()))
                : call.maybe(argument);
    }

    private static Value infinite(Call call) {
        boolean negative = call.integer("detect_negative", 1) != 0;
        boolean positive = call.integer("detect_positive", 1) != 0;
        String test = negative ? positive ? "Isinf" : "Isneginf" : "Isposinf";
        Value found = call.operation(test, Map.of(), call.in(0));
        return negative || positive ? found : call.operation("ZerosLike", Map.of(), found);
    }

    private static Value selu(Call call) {
        double alpha = call.real("alpha", 1.6732632f);
        double gamma = call.real("gamma", 1.050701f);
        if (Math.abs(alpha - 1.6732632) < 1e-6 && Math.abs(gamma - 1.050701) < 1e-6) {
            return activation(call, "selu");
        }
        Value bent = call.layer("ELU", Map.of("alpha", alpha), call.in(0));
        return call.operation("Multiply", Map.of(), bent, Call.number(gamma, DType.FLOAT32));
    }

    private static Value hardSigmoid(Call call) {
        double alpha = call.real("alpha", 0.2f);
        double beta = call.real("beta", 0.5f);
        if (Math.abs(alpha - 1 / 6.0) < 1e-7 && beta == 0.5) {
            return activation(call, "hard_sigmoid");
        }
        Value scaled = call.operation("Multiply", Map.of(), call.in(0), Call.number(alpha, DType.FLOAT32));
        Value shifted = call.operation("Add", Map.of(), scaled, Call.number(beta, DType.FLOAT32));
        return call.operation("Clip", Map.of("x_min", 0.0, "x_max", 1.0), shifted);
    }

    private static Value shrink(Call call) {
        double limit = call.real("lambd", 0.5);
        double bias = call.real("bias", 0);
        DType type = call.in(0).dtype();
        if (bias == 0 || bias == limit) {
            return call.operation(bias == 0 ? "HardShrink" : "SoftShrink", Map.of("threshold", limit), call.in(0));
        }
        Value outside = call.operation("HardShrink", Map.of("threshold", limit), call.in(0));
        Value sign = call.operation("Sign", Map.of(), outside);
        Value less = call.operation("Multiply", Map.of(), sign, Call.number(bias, type));
        return call.operation("Subtract", Map.of(), outside, less);
    }

    private static Value slopes(Call call) {
        Value data = call.in(0);
        Value slope = call.in(1);
        int rank = data.rank();
        boolean learned = slope instanceof Value.Known
                && rank > 1
                && slope.rank() <= rank
                && (slope.rank() < rank || slope.shape()[0] == 1);
        if (!learned || !data.dtype().floating()) {
            Value negative = call.operation("Multiply", Map.of(), data, slope);
            Value below = call.operation("Less", Map.of(), data, Call.number(0, data.dtype()));
            return call.operation("Where", Map.of(), below, negative, data);
        }
        Tensor tensor = ((Value.Known) slope).tensor();
        long[] sizes = new long[rank - 1];
        Arrays.fill(sizes, 1);
        for (int i = 0; i < slope.rank(); i++) {
            int axis = rank - slope.rank() + i - 1;
            if (axis >= 0) {
                sizes[axis] = slope.shape()[i];
            }
        }
        long[] own = data.shape();
        List<Integer> shared = java.util.stream.IntStream.range(0, sizes.length)
                .filter(axis -> sizes[axis] == 1 && own[axis + 1] != 1)
                .mapToObj(axis -> axis + 1)
                .toList();
        Tensor alpha = tensor.reshaped(org.netsplice.graph.Shape.of(sizes));
        return call.weighted("PReLU", Map.of("shared_axes", shared), List.of(alpha), data);
    }
}
