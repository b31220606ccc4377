package org.netsplice.ops;

import java.util.Map;
import java.util.TreeMap;

/** Activation functions of one number; formulas as in Keras 3. */
final class Curves {
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

    /** The functions of {@code keras.activations}, by name, that native code lacks in some form. */
    static final Map<String, Curve> ACTIVATIONS = activations();

    private Curves() {}

    private static Map<String, Curve> activations() {
        Map<String, Curve> all = new TreeMap<>();
        all.put("relu6", new Curve(v -> Math.min(Math.max(v, 0), 6), v -> v > 0 && v < 6 ? 1 : 0));
        all.put("elu", elu(1));
        all.put("celu", elu(1));
        all.put(
                "selu",
                new Curve(
                        v -> SELU_SCALE * (v > 0 ? v : SELU_ALPHA * Math.expm1(v)),
                        v -> SELU_SCALE * (v > 0 ? 1 : SELU_ALPHA * Math.exp(v))));
        all.put("softplus", new Curve(Curves::softplus, Curves::sigmoid));
        all.put("softsign", new Curve(v -> v / (1 + Math.abs(v)), v -> 1 / ((1 + Math.abs(v)) * (1 + Math.abs(v)))));
        all.put("gelu", new Curve(v -> v * normal(v), v -> normal(v) + v * density(v)));
        all.put("leaky_relu", new Curve(v -> v >= 0 ? v : 0.2 * v, v -> v > 0 ? 1 : 0.2));
        all.put("hard_sigmoid", new Curve(Curves::hardSigmoid, v -> Math.abs(v) < 3 ? 1.0 / 6 : 0));
        all.put(
                "hard_sigmoid_keras2",
                new Curve(v -> Math.min(Math.max(0.2 * v + 0.5, 0), 1), v -> Math.abs(v) < 2.5 ? 0.2 : 0));
        Curve hardSilu = new Curve(v -> v * hardSigmoid(v), v -> v >= 3 ? 1 : v <= -3 ? 0 : v / 3 + 0.5);
        all.put("hard_silu", hardSilu);
        all.put("hard_swish", hardSilu);
        all.put("hard_tanh", new Curve(v -> Math.min(Math.max(v, -1), 1), v -> Math.abs(v) < 1 ? 1 : 0));
        all.put("hard_shrink", hardShrink(0.5));
        all.put("soft_shrink", softShrink(0.5));
        all.put("tanh_shrink", new Curve(v -> v - Math.tanh(v), v -> Math.tanh(v) * Math.tanh(v)));
        all.put("log_sigmoid", new Curve(v -> -softplus(-v), v -> sigmoid(-v)));
        all.put("mish", new Curve(v -> v * Math.tanh(softplus(v)), v -> {
            double gate = Math.tanh(softplus(v));
            return gate + v * (1 - gate * gate) * sigmoid(v);
        }));
        all.put("squareplus", new Curve(v -> (v + Math.sqrt(v * v + 4)) / 2, v -> (1 + v / Math.sqrt(v * v + 4)) / 2));
        all.put(
                "sparse_plus",
                new Curve(
                        v -> v <= -1 ? 0 : v < 1 ? 0.25 * (v + 1) * (v + 1) : v,
                        v -> v <= -1 ? 0 : v < 1 ? 0.5 * (v + 1) : 1));
        all.put(
                "sparse_sigmoid",
                new Curve(v -> v <= -1 ? 0 : v >= 1 ? 1 : 0.5 * (v + 1), v -> Math.abs(v) < 1 ? 0.5 : 0));
        return all;
    }

    /** {@code 1 / sqrt(x + epsilon)}. */
    static Curve inverseRoot(double epsilon) {
        return new Curve(v -> 1 / Math.sqrt(v + epsilon), v -> -0.5 / ((v + epsilon) * Math.sqrt(v + epsilon)));
    }

    /** {@code x} above 0, else {@code alpha · (exp(x) − 1)}. */
    static Curve elu(double alpha) {
        return new Curve(v -> v > 0 ? v : alpha * Math.expm1(v), v -> v > 0 ? 1 : alpha * Math.exp(v));
    }

    /** Numbers farther from 0 than a threshold; 0 else. */
    static Curve hardShrink(double threshold) {
        return new Curve(v -> Math.abs(v) > threshold ? v : 0, v -> Math.abs(v) > threshold ? 1 : 0);
    }

    /** Numbers drawn towards 0 by a threshold. */
    static Curve softShrink(double threshold) {
        return new Curve(
                v -> v > threshold ? v - threshold : v < -threshold ? v + threshold : 0,
                v -> Math.abs(v) > threshold ? 1 : 0);
    }

    /** {@code x} above the threshold, but at most {@code most}; below it {@code slope · (x − threshold)}. */
    static Curve rectifier(double slope, float threshold, double most) {
        return new Curve(
                v -> {
                    if (v > threshold) {
                        return Math.min(v, most);
                    }
                    if (Double.isNaN(v)) {
                        return threshold == 0 || slope != 0 ? v : 0;
                    }
                    return slope == 0 ? 0 : slope * (v - threshold);
                },
                v -> v > threshold ? v < most ? 1 : 0 : slope);
    }

    /** {@code log(1 + exp(x))}. */
    private static double softplus(double v) {
        return v > 30 ? v : Math.log1p(Math.exp(v));
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    private static double hardSigmoid(double v) {
        return Math.min(Math.max(v / 6 + 0.5, 0), 1);
    }

    /** The standard normal distribution. */
    private static double normal(double v) {
        return 0.5 * (1 + Erf.erf(v / Math.sqrt(2)));
    }

    private static double density(double v) {
        return Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI);
    }
}
