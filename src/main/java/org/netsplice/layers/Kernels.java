package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.ops.Window;

/** Rules that layers with a kernel and an optional bias share. */
final class Kernels {
    private Kernels() {}

    /** A kernel of these sizes and, if wanted, a bias with one value for each filter. */
    static List<WeightSpec> weights(boolean bias, long filters, long... kernel) {
        WeightSpec weight = WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, kernel);
        return bias ? List.of(weight, WeightSpec.trainable("bias", Initial.ZEROS, filters)) : List.of(weight);
    }

    /** The axes of a layer, and that of its filters: in its output, its kernel and, after the kernel, its bias. */
    static Axes filters(Axes axes, long filters, boolean bias, Axes.Place output, Axes.Place kernel) {
        return bias
                ? axes.bond(filters, output, kernel, Axes.Of.WEIGHT.at(kernel.index() + 1, 0))
                : axes.bond(filters, output, kernel);
    }

    static final String[] SIZES = {"Steps", "Height and width", "Depth, height and width"};

    /** The sizes of a kernel, followed by others. */
    static long[] sizes(List<Integer> kernel, long... more) {
        long[] sizes = new long[kernel.size() + more.length];
        for (int i = 0; i < kernel.size(); i++) {
            sizes[i] = kernel.get(i);
        }
        System.arraycopy(more, 0, sizes, kernel.size(), more.length);
        return sizes;
    }

    /** The number of cells of a kernel. */
    static long cells(List<Integer> kernel) {
        return kernel.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    static Window window(List<Integer> kernel, List<Integer> strides, List<Integer> dilation, Window.Border border) {
        return new Window(array(kernel), array(strides), array(dilation), border);
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** An example's shape: {@code directions} axes of one size, and channels. */
    static String example(int directions, int size, int channels) {
        return "(None" + (", " + size).repeat(directions) + ", " + channels + ")";
    }

    /** Refuses groups that do not divide the channels and the filters. */
    static void divided(int groups, long channels, long filters) {
        if (channels % groups != 0 || filters % groups != 0) {
            throw new Layer.Misfit(
                    "groups (" + groups + ") must divide both the channels (" + channels + ") and the filters ("
                            + filters + ")",
                    "Change groups or filters.");
        }
    }
}
