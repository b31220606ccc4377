package org.netsplice.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The activation functions of {@code keras.activations}, by name; formulas as in Keras 3. */
public final class Activations {
    /** The functions whose numbers depend on others of the last axis. */
    public static final Set<String> REDUCING = Set.of("softmax", "log_softmax", "sparsemax", "glu");

    private static final Map<String, UnaryOperator<Array>> FUNCTIONS = functions();

    /** Derivatives that take long in Java. */
    private static final Map<String, UnaryOperator<INDArray>> NATIVE_SLOPES = Map.of("gelu", Activations::geluSlope);

    private Activations() {}

    /** All names Keras 3 knows, aliases included. */
    public static List<String> names() {
        return List.copyOf(FUNCTIONS.keySet());
    }

    /** Applies the function with this name; reductions such as softmax run over the last axis. */
    public static Array apply(String name, Array x) {
        return FUNCTIONS.get(name).apply(x);
    }

    /** The function with this name and its derivative, where it acts number by number and is not a native one. */
    public static Curve curve(String name) {
        return Curves.ACTIVATIONS.get(name);
    }

    private static Map<String, UnaryOperator<Array>> functions() {
        Map<String, UnaryOperator<Array>> all = new TreeMap<>();
        all.put("linear", x -> x);
        all.put("relu", Activations::relu);
        all.put("sigmoid", Activations::sigmoid);
        all.put("tanh", Activations::tanh);
        all.put("exponential", Activations::exponential);
        all.put("softmax", x -> softmax(x, x.rank() - 1));
        all.put("log_softmax", Activations::logSoftmax);
        all.put("sparsemax", Activations::sparsemax);
        all.put("glu", Activations::glu);
        for (String name : List.of("silu", "swish")) {
            all.put(name, x -> Arithmetic.multiply(x, sigmoid(x)));
        }
        Map<String, UnaryOperator<INDArray>> quick = natives();
        for (Map.Entry<String, Curve> entry : Curves.ACTIVATIONS.entrySet()) {
            UnaryOperator<INDArray> single = quick.get(entry.getKey());
            all.put(
                    entry.getKey(),
                    x -> single == null || x.form() != Array.Form.FLOAT || x.length() == 0
                            ? x.map(entry.getValue())
                            : noted(entry.getKey(), x, Array.wrap(single.apply(x.unwrap())), entry.getValue()));
        }
        return all;
    }

    /** Notes what native code computed of a curve. */
    private static Array noted(String name, Array x, Array result, Curve curve) {
        UnaryOperator<INDArray> slope = NATIVE_SLOPES.get(name);
        return Tape.note(
                name,
                result,
                Tape.share(
                        x,
                        g -> slope == null
                                ? curve.back(g, x)
                                : Arithmetic.multiply(g, Array.wrap(slope.apply(x.unwrap())))));
    }

    /** {@code (1 + erf(x / √2)) / 2 + x · exp(−x² / 2) / √(2π)}. */
    private static INDArray geluSlope(INDArray x) {
        INDArray share = erfOfShare(x).addi(1f).muli(0.5f);
        INDArray density =
                Transforms.exp(x.mul(x).muli(-0.5f), false).muli(x).muli((float) (1 / Math.sqrt(2 * Math.PI)));
        return share.addi(density);
    }

    /** {@code erf(x / √2)}. */
    private static INDArray erfOfShare(INDArray x) {
        INDArray share = x.mul((float) Math.sqrt(0.5));
        Nd4j.exec(new org.nd4j.linalg.api.ops.impl.transforms.strict.Erf(share, share));
        return share;
    }

    private static Array relu(Array x) {
        Array result = Array.wrap(Transforms.relu(x.real().unwrap(), true));
        return Tape.note(
                "relu",
                result,
                Tape.share(
                        x,
                        g -> Arithmetic.multiply(
                                g,
                                Array.wrap(result.unwrap()
                                        .gt(0)
                                        .castTo(result.unwrap().dataType())))));
    }

    private static Array sigmoid(Array x) {
        Array y = Array.wrap(Transforms.sigmoid(x.real().unwrap(), true));
        return Tape.note(
                "sigmoid",
                y,
                Tape.share(x, g -> Arithmetic.multiply(g, Arithmetic.multiply(y, Arithmetic.scale(y, -1, 1)))));
    }

    private static Array tanh(Array x) {
        Array y = Array.wrap(Transforms.tanh(x.real().unwrap(), true));
        return Tape.note(
                "tanh",
                y,
                Tape.share(x, g -> Arithmetic.multiply(g, Arithmetic.scale(Arithmetic.multiply(y, y), -1, 1))));
    }

    private static Array exponential(Array x) {
        Array y = Array.wrap(Transforms.exp(x.real().unwrap(), true));
        return Tape.note("exponential", y, Tape.share(x, g -> Arithmetic.multiply(g, y)));
    }

    /** Native forms of {@link Curves#ACTIVATIONS}, whose numbers in float32 are within 1e-6 of them. */
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
        return erfOfShare(x).addi(1f).muli(x).muli(0.5f);
    }

    /**
     * The rectifier of {@code keras.layers.ReLU}: {@code x} above the threshold, but at most {@code most}; below it
     * {@code slope · (x − threshold)}.
     */
    public static Array relu(Array x, double slope, double threshold, double most) {
        boolean single = x.form() == Array.Form.FLOAT && x.length() > 0 && threshold == 0;
        if (single && slope == 0 && most == Double.POSITIVE_INFINITY) {
            return relu(x);
        }
        Curve curve = Curves.rectifier(slope, (float) threshold, most);
        if (single && slope == 0) {
            return noted("relu", x, Array.wrap(clipped(x.unwrap(), 0, most)), curve);
        }
        if (single && most == Double.POSITIVE_INFINITY) {
            return noted("relu", x, Native.run("lrelu", x.unwrap(), slope), curve);
        }
        return x.map(curve);
    }

    /** {@code x} above 0, else {@code alpha · (exp(x) − 1)}. */
    public static Array elu(Array x, double alpha) {
        Curve curve = Curves.elu(alpha);
        return x.form() == Array.Form.FLOAT && x.length() > 0
                ? noted("elu", x, Native.run("elu", x.unwrap(), alpha), curve)
                : x.map(curve);
    }

    /** {@code exp(x) / sum(exp(x))} along one axis. */
    public static Array softmax(Array x, int axis) {
        if (axis == x.rank() - 1) {
            return softmax(x);
        }
        int[] swap = swapWithLast(x.rank(), axis);
        return Arranging.permute(softmax(Arranging.permute(x, swap)), swap);
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
        Array done = softmax(moved.reshape(rows, moved.length() / rows));
        return Arranging.permute(done.reshape(moved.sizes()), back);
    }

    /** {@code x − log(sum(exp(x)))} over the last axis, shifted so that nothing overflows or vanishes. */
    private static Array logSoftmax(Array x) {
        int last = x.rank() - 1;
        Array sums = Reducing.over(x, true, Reducing.LOG_SUM_EXP, last);
        Array y = Broadcasting.map(x, sums, (one, sum) -> one - sum);
        return Tape.note(
                "log_softmax",
                y,
                Tape.share(
                        x,
                        g -> Arithmetic.subtract(g, Arithmetic.multiply(exponential(y), Reducing.sum(g, true, last)))));
    }

    /** Over the last axis. */
    private static Array softmax(Array x) {
        int last = x.rank() - 1;
        Array y = x.form() == Array.Form.DOUBLE
                ? softmaxDouble(x)
                : Native.run(
                        "softmax", Array.empty(Array.Form.FLOAT, x.sizes()), new INDArray[] {x.contiguous()}, last);
        return Tape.note("softmax", y, Tape.share(x, g -> {
            Array shares = Arithmetic.multiply(g, y);
            return Arithmetic.subtract(shares, Arithmetic.multiply(y, Reducing.sum(shares, true, last)));
        }));
    }

    /** In native code float64 gives no numbers where all values of a row are far below 0. */
    private static Array softmaxDouble(Array x) {
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
                values[i] = Math.exp(values[i] - largest) / sum;
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
        return Tape.obstacle("sparsemax", Array.like(x, values, x.sizes()), x);
    }
}
