package org.netsplice.layers.kind;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;

/** The activation functions of {@code keras.activations} as nodes of ONNX, by Keras' names; formulas as in {@link org.netsplice.ops.Activations}. */
public final class OnnxActivations {
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final Map<String, BiFunction<OnnxBuilder, OnnxValue, OnnxValue>> FUNCTIONS = functions();

    private OnnxActivations() {}

    /** The names of all functions that have a form in ONNX. */
    public static Set<String> names() {
        return FUNCTIONS.keySet();
    }

    /** Applies the function with this name; reductions such as softmax run over the last axis. */
    public static OnnxValue apply(OnnxBuilder onnx, String name, OnnxValue x) {
        BiFunction<OnnxBuilder, OnnxValue, OnnxValue> function = FUNCTIONS.get(name);
        if (function == null) {
            throw new OnnxBuilder.Missing("has no form in ONNX with the activation " + name);
        }
        return function.apply(onnx, onnx.real(x));
    }

    private static Map<String, BiFunction<OnnxBuilder, OnnxValue, OnnxValue>> functions() {
        Map<String, BiFunction<OnnxBuilder, OnnxValue, OnnxValue>> all = new TreeMap<>();
        all.put("linear", (onnx, x) -> x);
        all.put("relu", (onnx, x) -> onnx.each("Relu", x));
        all.put("sigmoid", (onnx, x) -> onnx.each("Sigmoid", x));
        all.put("tanh", (onnx, x) -> onnx.each("Tanh", x));
        all.put("exponential", (onnx, x) -> onnx.each("Exp", x));
        all.put("softplus", OnnxActivations::softplus);
        all.put("softsign", (onnx, x) -> onnx.divide(x, onnx.scale(onnx.each("Abs", x), 1, 1)));
        all.put("softmax", (onnx, x) -> onnx.along("Softmax", x, x.rank() - 1));
        all.put("log_softmax", (onnx, x) -> onnx.along("LogSoftmax", x, x.rank() - 1));
        all.put("sparsemax", OnnxActivations::sparsemax);
        all.put("glu", OnnxActivations::glu);
        all.put("silu", (onnx, x) -> onnx.multiply(x, onnx.each("Sigmoid", x)));
        all.put("swish", all.get("silu"));
        all.put("gelu", (onnx, x) -> gelu(onnx, x, false));
        all.put("leaky_relu", (onnx, x) -> leaky(onnx, x, 0.2));
        all.put("elu", (onnx, x) -> elu(onnx, x, 1));
        all.put("celu", all.get("elu"));
        all.put("selu", (onnx, x) -> onnx.scale(elu(onnx, x, SELU_ALPHA), SELU_SCALE, 0));
        all.put("mish", (onnx, x) -> onnx.multiply(x, onnx.each("Tanh", softplus(onnx, x))));
        all.put("squareplus", OnnxActivations::squareplus);
        clipped(all);
        shrunk(all);
        return all;
    }

    private static void clipped(Map<String, BiFunction<OnnxBuilder, OnnxValue, OnnxValue>> all) {
        all.put("relu6", (onnx, x) -> onnx.clip(x, 0, 6));
        all.put("hard_tanh", (onnx, x) -> onnx.clip(x, -1, 1));
        all.put(HardSigmoid.PRESENT, (onnx, x) -> hardSigmoid(onnx, x, 1.0 / 6));
        all.put(HardSigmoid.FORMER, (onnx, x) -> hardSigmoid(onnx, x, 0.2));
        all.put("hard_silu", (onnx, x) -> onnx.multiply(x, hardSigmoid(onnx, x, 1.0 / 6)));
        all.put("hard_swish", all.get("hard_silu"));
        all.put("sparse_sigmoid", (onnx, x) -> onnx.clip(onnx.scale(x, 0.5, 0.5), 0, 1));
        all.put("sparse_plus", (onnx, x) -> {
            OnnxValue more = onnx.scale(x, 1, 1);
            OnnxValue curve = onnx.scale(onnx.multiply(more, more), 0.25, 0);
            OnnxValue high = onnx.where(onnx.compare("Less", x, onnx.number(1, x.type())), curve, x);
            OnnxValue zero = onnx.number(0, x.type());
            return onnx.where(onnx.compare("LessOrEqual", x, onnx.number(-1, x.type())), zero, high);
        });
    }

    private static void shrunk(Map<String, BiFunction<OnnxBuilder, OnnxValue, OnnxValue>> all) {
        all.put("hard_shrink", (onnx, x) -> hardShrink(onnx, x, 0.5));
        all.put("soft_shrink", (onnx, x) -> softShrink(onnx, x, 0.5));
        all.put("tanh_shrink", (onnx, x) -> onnx.subtract(x, onnx.each("Tanh", x)));
        all.put("log_sigmoid", (onnx, x) -> onnx.each("Neg", softplus(onnx, onnx.each("Neg", x))));
    }

    private static boolean single(OnnxValue x) {
        return x.type() == DType.FLOAT32;
    }

    /** {@code log(1 + exp(x))}; ONNX Runtime has its node in float32 only. */
    private static OnnxValue softplus(OnnxBuilder onnx, OnnxValue x) {
        if (single(x)) {
            return onnx.each("Softplus", x);
        }
        OnnxValue low = onnx.each("Neg", onnx.each("Abs", x));
        return onnx.add(onnx.each("Relu", x), onnx.each("Log", onnx.scale(onnx.each("Exp", low), 1, 1)));
    }

    /** {@code x} above 0, else {@code alpha · (exp(x) − 1)}. */
    public static OnnxValue elu(OnnxBuilder onnx, OnnxValue x, double alpha) {
        if (single(x)) {
            return onnx.each("Elu", Map.of("alpha", alpha), x);
        }
        OnnxValue zero = onnx.number(0, x.type());
        OnnxValue low = onnx.scale(onnx.each("Exp", onnx.each("Min", x, zero)), alpha, -alpha);
        return onnx.where(onnx.compare("Greater", x, zero), x, low);
    }

    /** {@code x} above 0, else {@code slope · x}. */
    public static OnnxValue leaky(OnnxBuilder onnx, OnnxValue x, double slope) {
        if (single(x)) {
            return onnx.each("LeakyRelu", Map.of("alpha", slope), x);
        }
        OnnxValue zero = onnx.number(0, x.type());
        return onnx.where(onnx.compare("Greater", x, zero), x, onnx.scale(x, slope, 0));
    }

    /** {@code min(max(factor · x + 1/2, 0), 1)}. */
    private static OnnxValue hardSigmoid(OnnxBuilder onnx, OnnxValue x, double factor) {
        return single(x)
                ? onnx.each("HardSigmoid", Map.of("alpha", factor, "beta", 0.5), x)
                : onnx.clip(onnx.scale(x, factor, 0.5), 0, 1);
    }

    /** {@code x / 2 · (1 + erf(x / √2))}, or its approximation by tanh. */
    public static OnnxValue gelu(OnnxBuilder onnx, OnnxValue x, boolean approximate) {
        OnnxValue half = onnx.scale(x, 0.5, 0);
        if (!approximate) {
            return onnx.multiply(half, onnx.scale(onnx.each("Erf", onnx.scale(x, Math.sqrt(0.5), 0)), 1, 1));
        }
        OnnxValue cube = onnx.multiply(onnx.multiply(x, x), x);
        OnnxValue inner = onnx.scale(onnx.add(x, onnx.scale(cube, 0.044715, 0)), Math.sqrt(2 / Math.PI), 0);
        return onnx.multiply(half, onnx.scale(onnx.each("Tanh", inner), 1, 1));
    }

    /** {@code x} where it is farther from 0 than the threshold, else 0. */
    public static OnnxValue hardShrink(OnnxBuilder onnx, OnnxValue x, double threshold) {
        OnnxValue far = onnx.compare("Greater", onnx.each("Abs", x), onnx.number(threshold, x.type()));
        return onnx.where(far, x, onnx.number(0, x.type()));
    }

    /** {@code x} moved towards 0 by the threshold, and 0 where it is nearer. */
    public static OnnxValue softShrink(OnnxBuilder onnx, OnnxValue x, double threshold) {
        return onnx.subtract(x, onnx.clip(x, -threshold, threshold));
    }

    /** {@code (x + √(x² + 4)) / 2}. */
    private static OnnxValue squareplus(OnnxBuilder onnx, OnnxValue x) {
        OnnxValue root = onnx.each("Sqrt", onnx.scale(onnx.multiply(x, x), 1, 4));
        return onnx.scale(onnx.add(x, root), 0.5, 0);
    }

    private static OnnxValue glu(OnnxBuilder onnx, OnnxValue x) {
        int axis = x.rank() - 1;
        long half = known(x) / 2;
        OnnxValue gate = onnx.each("Sigmoid", onnx.slice(x, axis, half, 2 * half));
        return onnx.multiply(onnx.slice(x, axis, 0, half), gate);
    }

    /** The threshold is the sum of all supported cumulative sums, as in Keras. */
    private static OnnxValue sparsemax(OnnxBuilder onnx, OnnxValue x) {
        int axis = x.rank() - 1;
        long width = known(x);
        OnnxValue sorted = onnx.nodes(
                        "TopK",
                        Map.of("axis", axis),
                        x.type(),
                        java.util.List.of(x.shape(), x.shape()),
                        x,
                        onnx.integers(width))
                .get(0);
        OnnxValue sums = onnx.node("CumSum", Map.of(), x.type(), x.shape(), sorted, onnx.number(axis, DType.INT64));
        double[] counts = new double[(int) width];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = i + 1.0;
        }
        OnnxValue ranks = onnx.numbers(x.type(), Shape.of(width), counts);
        OnnxValue margin = onnx.subtract(sorted, onnx.divide(onnx.scale(sums, 1, -1), ranks));
        OnnxValue counted = onnx.cast(onnx.compare("Greater", margin, onnx.number(0, x.type())), x.type());
        OnnxValue total = onnx.reduce("ReduceSum", onnx.multiply(sums, counted), true, axis);
        OnnxValue count = onnx.reduce("ReduceSum", counted, true, axis);
        OnnxValue threshold = onnx.divide(onnx.scale(total, 1, -1), count);
        return onnx.each("Relu", onnx.subtract(x, threshold));
    }

    private static long known(OnnxValue x) {
        if (x.size(-1) == Shape.UNKNOWN) {
            throw new OnnxBuilder.Missing("has no form in ONNX where the size of the last axis is not known");
        }
        return x.size(-1);
    }
}
