package org.netsplice.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution and pooling of images (batch, height, width, channels). */
public final class Images {
    private Images() {}

    /**
     * 2-D convolution.
     *
     * @param kernel (height, width, in / groups, filters)
     * @param bias (filters)
     */
    public static Array convolve(Array x, Array kernel, Optional<Array> bias, Window window, int groups) {
        long in = kernel.size(2);
        Array.require(x.rank() == 4 && x.size(3) == in * groups, "convolve: " + x + " with kernel " + kernel);
        if (groups == 1) {
            return convolution("conv2d", x, kernel, bias, window, kernel.size(3));
        }
        long filters = kernel.size(3) / groups;
        List<Array> parts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            long[] all = x.sizes();
            Array slice = Arranging.slice(
                    x, new long[] {0, 0, 0, group * in}, new long[] {all[0], all[1], all[2], (group + 1) * in});
            Array part = Arranging.slice(kernel, new long[] {0, 0, 0, group * filters}, new long[] {
                kernel.size(0), kernel.size(1), in, (group + 1) * filters
            });
            int start = group;
            Optional<Array> partBias =
                    bias.map(b -> Arranging.slice(b, new long[] {start * filters}, new long[] {(start + 1) * filters}));
            parts.add(convolution("conv2d", slice, part, partBias, window, filters));
        }
        return Arranging.concatenate(parts, 3);
    }

    /**
     * Every channel convolved with its own kernels.
     *
     * @param kernel (height, width, in, multiplier)
     * @param bias (in × multiplier); output channel = in × multiplier + m
     */
    public static Array convolveDepthwise(Array x, Array kernel, Optional<Array> bias, Window window) {
        Array.require(x.rank() == 4 && x.size(3) == kernel.size(2), "depthwise: " + x + " with kernel " + kernel);
        return convolution("depthwise_conv2d", x, kernel, bias, window, kernel.size(2) * kernel.size(3));
    }

    private static Array convolution(
            String name, Array x, Array kernel, Optional<Array> bias, Window window, long channels) {
        INDArray out = Array.empty(x.size(0), window.output(x.size(1), 0), window.output(x.size(2), 1), channels);
        INDArray[] in = bias.map(b -> new INDArray[] {x.contiguous(), kernel.contiguous(), b.contiguous()})
                .orElseGet(() -> new INDArray[] {x.contiguous(), kernel.contiguous()});
        int[] arguments = window.arguments(window.same() ? 1 : 0, 1, 0);
        return window.dilated()
                ? Native.runWithoutHelpers(name, out, in, arguments)
                : Native.run(name, out, in, arguments);
    }

    /**
     * The transpose of a convolution.
     *
     * @param kernel (height, width, filters, in), at least as large as the strides
     * @param bias (filters)
     * @param height the output's height, and {@code width} its width, as Keras defines them
     */
    public static Array convolveTransposed(
            Array x, Array kernel, Optional<Array> bias, Window window, long height, long width) {
        Array.require(x.rank() == 4 && x.size(3) == kernel.size(3), "transposed: " + x + " with kernel " + kernel);
        INDArray out = Array.empty(x.size(0), height, width, kernel.size(2));
        INDArray[] in = bias.map(b -> new INDArray[] {x.contiguous(), kernel.contiguous(), b.contiguous()})
                .orElseGet(() -> new INDArray[] {x.contiguous(), kernel.contiguous()});
        return Native.run("deconv2d", out, in, window.arguments(window.same() ? 1 : 0, 1, 0));
    }

    /** The largest value in each window; padded cells are ignored. */
    public static Array poolMaximum(Array x, Window window) {
        return pool("maxpool2d", x, window);
    }

    /** The mean of each window; padded cells are not counted. */
    public static Array poolAverage(Array x, Window window) {
        return pool("avgpool2d", x, window);
    }

    private static Array pool(String name, Array x, Window window) {
        Array.require(x.rank() == 4, "pool: " + x);
        INDArray out = Array.empty(x.size(0), window.output(x.size(1), 0), window.output(x.size(2), 1), x.size(3));
        return Native.run(name, out, new INDArray[] {x.contiguous()}, window.arguments(window.same() ? 1 : 0, 0, 1));
    }
}
