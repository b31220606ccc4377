package org.netsplice.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The activation functions of {@code keras.activations}, by name; formulas as in Keras 3. */
public final class Activations {
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;
    /** The functions whose numbers depend on others of the last axis. */
    public static final Set<String> REDUCING = Set.of("softmax", "log_softmax", "sparsemax", "glu");

    private static final Map<String, UnaryOperator<Array>> FUNCTIONS = functions();

    private Activations() {}

    /** All names Keras 3 knows, aliases included. */
    public static List<String> names() {
        return List.copyOf(FUNCTIONS.keySet());
    }

    /** Applies the function with this name; reductions such as softmax run over the last axis. */
    public static Array apply(String name, Array x) {
        return FUNCTIONS.get(name).apply(x);
    }

    private static Map<String, UnaryOperator<Array>> functions() {
        Map<String, UnaryOperator<Array>> all = new TreeMap<>();
        all.put("linear", x -> x);
        all.put("relu", x -> Array.wrap(Transforms.relu(x.real().unwrap(), true)));
        all.put("sigmoid", x -> Array.wrap(Transforms.sigmoid(x.real().unwrap(), true)));
        all.put("tanh", x -> Array.wrap(Transforms.tanh(x.real().unwrap(), true)));
        all.put("exponential", x -> Array.wrap(Transforms.exp(x.real().unwrap(), true)));
        all.put("softmax", x -> softmax(x, x.rank() - 1));
        all.put("log_softmax", Activations::logSoftmax);
        all.put("sparsemax", Activations::sparsemax);
        all.put("glu", Activations::glu);
        for (String name : List.of("silu", "swish")) {
            all.put(
                    name,
                    x -> Arithmetic.multiply(
                            x, Array.wrap(Transforms.sigmoid(x.real().unwrap(), true))));
        }
        Map<String, UnaryOperator<INDArray>> quick = natives();
        for (Map.Entry<String, DoubleUnaryOperator> entry : scalars().entrySet()) {
            UnaryOperator<INDArray> single = quick.get(entry.getKey());
            all.put(
                    entry.getKey(),
                    x -> single == null || x.form() != Array.Form.FLOAT || x.length() == 0
                            ? x.map(entry.getValue())
                            : Array.wrap(single.apply(x.unwrap())));
        }
        return all;
    }

    /** Native forms of {@link #scalars}, whose numbers in float32 are within 1e-6 of them. */
    private static Map<String, UnaryOperator<INDArray>> natives() {
        Map<String, UnaryOperator<INDArray>> all = new TreeMap<>();
        all.put("relu6", x -> clipped(x, 0, 6));
        all.put("elu", x -> Native.run("elu", x, 1).unwrap());
        all.put("celu", all.get("elu"));
        all.put("selu", x -> Native.run("selu", x).unwrap());
        all.put("softsign", x -> Native.run("softsign", x).unwrap());
        all.put("gelu", Activations::gelu);
        all.put("leaky_relu", x -> Native.run("lrelu", x, 0.2).unwrap());
        all.put("hard_sigmoid", x -> clipped(x.mul(1f / 6).addi(0.5f), 0, 1));
        all.put("hard_sigmoid_keras2", x -> clipped(x.mul(0.2f).addi(0.5f), 0, 1));
        all.put("hard_silu", x -> clipped(x.mul(1f / 6).addi(0.5f), 0, 1).muli(x));
        all.put("hard_swish", all.get("hard_silu"));
        all.put("hard_tanh", x -> clipped(x, -1, 1));
        return all;
    }

    /** {@code min(max(x, low), high)}; what is not a number stays so. */
    private static INDArray clipped(INDArray x, double low, double high) {
        return Native.run("clipbyvalue", x, low, high).unwrap();
    }

    /** {@code x / 2 · (1 + erf(x / √2))}. */
    private static INDArray gelu(INDArray x) {
        INDArray share = x.mul((float) Math.sqrt(0.5));
        Nd4j.exec(new org.nd4j.linalg.api.ops.impl.transforms.strict.Erf(share, share));
        return share.addi(1f).muli(x).muli(0.5f);
    }

    /**
     * The rectifier of {@code keras.layers.ReLU}: {@code x} above the threshold, but at most {@code most}; below it
     * {@code slope · (x − threshold)}.
     */
    public static Array relu(Array x, double slope, double threshold, double most) {
        boolean single = x.form() == Array.Form.FLOAT && x.length() > 0 && threshold == 0;
        if (single && slope == 0) {
            return most == Double.POSITIVE_INFINITY ? apply("relu", x) : Array.wrap(clipped(x.unwrap(), 0, most));
        }
        if (single && most == Double.POSITIVE_INFINITY) {
            return Native.run("lrelu", x.unwrap(), slope);
        }
        float limit = (float) threshold;
        return x.map(v -> {
            if (v > limit) {
                return Math.min(v, most);
            }
            if (Double.isNaN(v)) {
                return limit == 0 || slope != 0 ? v : 0;
            }
            return slope == 0 ? 0 : slope * (v - limit);
        });
    }

    /** {@code x} above 0, else {@code alpha · (exp(x) − 1)}. */
    public static Array elu(Array x, double alpha) {
        return x.form() == Array.Form.FLOAT && x.length() > 0
                ? Native.run("elu", x.unwrap(), alpha)
                : x.map(v -> v > 0 ? v : alpha * Math.expm1(v));
    }

    private static Map<String, DoubleUnaryOperator> scalars() {
        Map<String, DoubleUnaryOperator> all = new TreeMap<>();
        all.put("relu6", v -> Math.min(Math.max(v, 0), 6));
        all.put("elu", v -> v > 0 ? v : Math.expm1(v));
        all.put("celu", v -> v > 0 ? v : Math.expm1(v));
        all.put("selu", v -> SELU_SCALE * (v > 0 ? v : SELU_ALPHA * Math.expm1(v)));
        all.put("softplus", Activations::softplus);
        all.put("softsign", v -> v / (1 + Math.abs(v)));
        all.put("gelu", v -> 0.5 * v * (1 + Erf.erf(v / Math.sqrt(2))));
        all.put("leaky_relu", v -> v >= 0 ? v : 0.2 * v);
        all.put("hard_sigmoid", Activations::hardSigmoid);
        all.put("hard_sigmoid_keras2", v -> Math.min(Math.max(0.2 * v + 0.5, 0), 1));
        all.put("hard_silu", v -> v * hardSigmoid(v));
        all.put("hard_swish", v -> v * hardSigmoid(v));
        all.put("hard_tanh", v -> Math.min(Math.max(v, -1), 1));
        all.put("hard_shrink", v -> Math.abs(v) > 0.5 ? v : 0);
        all.put("soft_shrink", v -> v > 0.5 ? v - 0.5 : v < -0.5 ? v + 0.5 : 0);
        all.put("tanh_shrink", v -> v - Math.tanh(v));
        all.put("log_sigmoid", v -> -softplus(-v));
        all.put("mish", v -> v * Math.tanh(softplus(v)));
        all.put("squareplus", v -> (v + Math.sqrt(v * v + 4)) / 2);
        all.put("sparse_plus", v -> v <= -1 ? 0 : v < 1 ? 0.25 * (v + 1) * (v + 1) : v);
        all.put("sparse_sigmoid", v -> v <= -1 ? 0 : v >= 1 ? 1 : 0.5 * (v + 1));
        return all;
    }

    private static double softplus(double v) {
        return v > 30 ? v : Math.log1p(Math.exp(v));
    }

    private static double hardSigmoid(double v) {
        return Math.min(Math.max(v / 6 + 0.5, 0), 1);
    }

    /** {@code exp(x) / sum(exp(x))} along one axis. */
    public static Array softmax(Array x, int axis) {
        if (axis == x.rank() - 1) {
            return softmaxNative("softmax", x);
        }
        int[] swap = swapWithLast(x.rank(), axis);
        return Arranging.permute(softmaxNative("softmax", Arranging.permute(x, swap)), swap);
    }

    /** {@code exp(x) / sum(exp(x))} over several axes together. */
    public static Array softmax(Array x, List<Integer> axes) {
        if (axes.size() == 1) {
            return softmax(x, axes.get(0));
        }
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                order.add(axis);
            }
        }
        int kept = order.size();
        order.addAll(axes);
        int[] forth = order.stream().mapToInt(Integer::intValue).toArray();
        int[] back = new int[forth.length];
        for (int i = 0; i < forth.length; i++) {
            back[forth[i]] = i;
        }
        Array moved = Arranging.permute(x, forth);
        long rows = 1;
        for (int i = 0; i < kept; i++) {
            rows *= moved.size(i);
        }
        Array done = softmaxNative("softmax", moved.reshape(rows, moved.length() / rows));
        return Arranging.permute(done.reshape(moved.sizes()), back);
    }

    /** {@code x − log(sum(exp(x)))} over the last axis, shifted so that nothing overflows or vanishes. */
    private static Array logSoftmax(Array x) {
        Array sums = Reducing.over(x, true, Reducing.LOG_SUM_EXP, x.rank() - 1);
        return Broadcasting.map(x, sums, (one, sum) -> one - sum);
    }

    private static Array softmaxNative(String name, Array x) {
        if (x.form() == Array.Form.DOUBLE) {
            return softmaxDouble(name.startsWith("log"), x);
        }
        INDArray out = Array.empty(Array.Form.FLOAT, x.sizes());
        return Native.run(name, out, new INDArray[] {x.contiguous()}, x.rank() - 1);
    }

    /** In native code float64 gives no numbers where all values of a row are far below 0. */
    private static Array softmaxDouble(boolean logarithm, Array x) {
        double[] values = x.doubles();
        int width = (int) x.size(-1);
        for (int start = 0; start < values.length; start += width) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = start; i < start + width; i++) {
                largest = Math.max(largest, values[i]);
            }
            double sum = 0;
            for (int i = start; i < start + width; i++) {
                sum += Math.exp(values[i] - largest);
            }
            for (int i = start; i < start + width; i++) {
                double shifted = values[i] - largest;
                values[i] = logarithm ? shifted - Math.log(sum) : Math.exp(shifted) / sum;
            }
        }
        return Array.of(values, x.sizes());
    }

    private static int[] swapWithLast(int rank, int axis) {
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        order[axis] = rank - 1;
        order[rank - 1] = axis;
        return order;
    }

    private static Array glu(Array x) {
        long half = x.size(-1) / 2;
        long[] zero = new long[x.rank()];
        long[] middle = x.sizes().clone();
        middle[x.rank() - 1] = half;
        long[] second = zero.clone();
        second[x.rank() - 1] = half;
        Array gate = apply("sigmoid", Arranging.slice(x, second, x.sizes()));
        return Arithmetic.multiply(Arranging.slice(x, zero, middle), gate);
    }

    /**
     * As {@code keras.ops.sparsemax} computes it: its threshold is the sum of all supported cumulative sums, where Martins and
     * Astudillo (2016) take the last one only.
     */
    private static Array sparsemax(Array x) {
        double[] values = x.doubles();
        int width = (int) x.size(-1);
        for (int start = 0; start < values.length; start += width) {
            double[] sorted = java.util.Arrays.copyOfRange(values, start, start + width);
            java.util.Arrays.sort(sorted);
            double sum = 0;
            double supported = 0;
            int count = 0;
            for (int k = 1; k <= width; k++) {
                sum += sorted[width - k];
                if (sorted[width - k] - (sum - 1) / k > 0) {
                    supported += sum;
                    count++;
                }
            }
            double threshold = (supported - 1) / count;
            for (int i = start; i < start + width; i++) {
                values[i] = Math.max(values[i] - threshold, 0);
            }
        }
        return Array.like(x, values, x.sizes());
    }
}
