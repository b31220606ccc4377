package org.netsplice.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution and pooling of sequences, images and volumes, (batch, …, channels). */
public final class Spatial {
    /** Floating-point operations of a convolution that is computed at once. */
    private static final double PIECE = 4e9;

    private Spatial() {}

    /**
     * Convolution in one, two or three directions.
     *
     * @param kernel (…, in / groups, filters)
     * @param bias (filters)
     */
    public static Array convolve(Array x, Array kernel, Optional<Array> bias, Window window, int groups) {
        int n = window.directions();
        if (n == 1) {
            return sequence(convolve(image(x), flat(kernel), bias, window.flat(), groups));
        }
        long in = kernel.size(n);
        Array.require(x.rank() == n + 2 && x.size(-1) == in * groups, "convolve: " + x + " with kernel " + kernel);
        String name = n == 2 ? "conv2d" : "conv3dnew";
        if (groups == 1) {
            return convolution(name, x, kernel, bias, window, kernel.size(-1));
        }
        long filters = kernel.size(-1) / groups;
        List<Array> parts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            Array slice = Arranging.part(x, x.rank() - 1, group * in, (group + 1) * in);
            Array part = Arranging.part(kernel, kernel.rank() - 1, group * filters, (group + 1) * filters);
            long from = group * filters;
            Optional<Array> own = bias.map(b -> Arranging.part(b, 0, from, from + filters));
            parts.add(convolution(name, slice, part, own, window, filters));
        }
        return Arranging.concatenate(parts, x.rank() - 1);
    }

    /**
     * Every channel convolved with its own kernels, in one or two directions.
     *
     * @param kernel (…, in, multiplier)
     * @param bias (in × multiplier); output channel = in × multiplier + m
     */
    public static Array convolveDepthwise(Array x, Array kernel, Optional<Array> bias, Window window) {
        if (window.directions() == 1) {
            return sequence(convolveDepthwise(image(x), flat(kernel), bias, window.flat()));
        }
        Array.require(x.rank() == 4 && x.size(3) == kernel.size(2), "depthwise: " + x + " with kernel " + kernel);
        return convolution("depthwise_conv2d", x, kernel, bias, window, kernel.size(2) * kernel.size(3));
    }

    private static Array convolution(
            String name, Array x, Array kernel, Optional<Array> bias, Window window, long channels) {
        long[] sizes = window.outputs(x, channels);
        if (x.length() == 0 || kernel.length() == 0) {
            return bias.map(b -> Arithmetic.add(Array.zeros(sizes), b)).orElseGet(() -> Array.zeros(sizes));
        }
        Window near = window.within(x);
        Window.Met met = near.met(x);
        if (met.all(near)) {
            return pieces(name, near.reached(x), kernel, bias, near, sizes);
        }
        return pieces(name, met.image(x, near), met.kernel(kernel), bias, met.window(near), sizes);
    }

    /** A convolution in pieces that can be computed in less than a second each, by rows of the batch and then along the first direction. */
    private static Array pieces(
            String name, Array x, Array kernel, Optional<Array> bias, Window window, long... sizes) {
        double positions = 1;
        for (int i = 0; i < sizes.length - 1; i++) {
            positions *= sizes[i];
        }
        int axis = 0;
        while (axis < sizes.length - 2 && sizes[axis] == 1) {
            axis++;
        }
        if (2 * positions * kernel.length() <= PIECE || sizes[axis] == 1) {
            return piece(name, x, kernel, bias, window, sizes);
        }
        if (axis > 0 && window.border() == Window.Border.SAME) {
            Window.Met all = Window.Met.whole(window);
            return pieces(name, all.image(x, window), kernel, bias, all.window(window), sizes);
        }
        long middle = sizes[axis] / 2;
        long stride = axis == 0 ? 1 : window.strides()[axis - 1];
        long reach = axis == 0 ? 1 : window.reach(axis - 1);
        long[] first = sizes.clone();
        first[axis] = middle;
        long[] second = sizes.clone();
        second[axis] -= middle;
        Array before = Arranging.part(x, axis, 0, (middle - 1) * stride + reach);
        Array after = Arranging.part(x, axis, middle * stride, x.size(axis));
        return Arranging.concatenate(
                List.of(
                        pieces(name, before, kernel, bias, window, first),
                        pieces(name, after, kernel, bias, window, second)),
                axis);
    }

    private static Array piece(String name, Array x, Array kernel, Optional<Array> bias, Window window, long... sizes) {
        Watch.ask();
        INDArray[] in = bias.map(b -> new INDArray[] {x.contiguous(), kernel.contiguous(), b.contiguous()})
                .orElseGet(() -> new INDArray[] {x.contiguous(), kernel.contiguous()});
        int[] arguments = window.arguments(1, 0);
        INDArray out = Array.empty(Native.real(x, kernel), sizes);
        Array result = window.dilated()
                ? Native.runWithoutHelpers(name, out, in, arguments)
                : Native.run(name, out, in, arguments);
        Tape.Share[] shares =
                Tape.together(List.of(x, kernel), gradients -> back(name, x, kernel, window, gradients.get(0)));
        Tape.Share ofBias = Tape.share(bias, g -> Broadcasting.summed(g, sizes[sizes.length - 1]));
        return Tape.note("convolution", result, shares[0], shares[1], ofBias);
    }

    /** The gradients of a convolution's image and kernel. */
    private static List<Array> back(String name, Array x, Array kernel, Window window, Array gradient) {
        INDArray[] out = {
            Array.empty(gradient.form(), x.sizes()), Array.empty(gradient.form(), kernel.sizes()),
        };
        INDArray[] in = {x.contiguous(), kernel.contiguous(), gradient.contiguous()};
        Native.run(name + "_bp", window.dilated(), out, in, window.arguments(1, 0));
        return List.of(Array.wrap(out[0]), Array.wrap(out[1]));
    }

    /**
     * The transpose of a convolution: what a convolution of this kernel and window with an input of these sizes would have made {@code x}.
     *
     * @param kernel (…, filters, in)
     * @param bias (filters)
     * @param sizes the output's size in each direction
     */
    public static Array convolveTransposed(Array x, Array kernel, Optional<Array> bias, Window window, long... sizes) {
        int n = window.directions();
        Array.require(x.rank() == n + 2 && x.size(-1) == kernel.size(-1), "transposed: " + x + " with " + kernel);
        if (x.length() == 0 || kernel.length() == 0) {
            long[] all = x.sizes().clone();
            System.arraycopy(sizes, 0, all, 1, n);
            all[n + 1] = kernel.size(n);
            return bias.map(b -> Arithmetic.add(Array.zeros(all), b)).orElseGet(() -> Array.zeros(all));
        }
        Array spread = x;
        long[] reach = new long[n];
        for (int i = 0; i < n; i++) {
            reach[i] = (window.kernel()[i] - 1L) * window.dilation()[i];
            spread = Arranging.spread(spread, i + 1, window.strides()[i]);
        }
        long[] around = new long[n + 2];
        System.arraycopy(reach, 0, around, 1, n);
        int[] order = IntStream.range(0, n + 2).toArray();
        order[n] = n + 1;
        order[n + 1] = n;
        Array turned = Arranging.permute(kernel, order);
        for (int i = 0; i < n; i++) {
            turned = Arranging.reversed(turned, i);
        }
        int[] ones = Window.point(n).strides();
        Window dense = new Window(window.kernel(), ones, window.dilation(), Window.Border.VALID);
        Array full = convolve(Arranging.pad(spread, around, around, 0), turned, Optional.empty(), dense, 1);
        for (int i = 0; i < n; i++) {
            long needed = (x.size(i + 1) - 1) * window.strides()[i] + reach[i] + 1 - sizes[i];
            long before = window.border() == Window.Border.SAME ? Math.max(needed, 0) / 2 : 0;
            full = window(full, i + 1, before, sizes[i]);
        }
        Array result = full;
        return bias.map(b -> Arithmetic.add(result, b)).orElse(result);
    }

    /** {@code length} cells from {@code from}, with zeros where there are none. */
    private static Array window(Array x, int axis, long from, long length) {
        long to = Math.min(from + length, x.size(axis));
        Array part = Arranging.part(x, axis, from, to);
        long[] after = new long[x.rank()];
        after[axis] = length - (to - from);
        return after[axis] == 0 ? part : Arranging.pad(part, new long[x.rank()], after, 0);
    }

    /** The largest value in each window; padded cells are ignored. */
    public static Array poolMaximum(Array x, Window window) {
        return pool("max", x, window);
    }

    /** The mean of each window; padded cells are not counted. */
    public static Array poolAverage(Array x, Window window) {
        return pool("avg", x, window);
    }

    private static Array pool(String name, Array x, Window window) {
        int n = window.directions();
        if (n == 1) {
            return sequence(pool(name, image(x), window.flat()));
        }
        Array.require(x.rank() == n + 2, "pool: " + x);
        long[] sizes = window.outputs(x, x.size(-1));
        if (x.length() == 0) {
            return Array.zeros(sizes);
        }
        Window near = window.covering(x);
        Array seen = near.reached(x);
        INDArray[] in = {seen.contiguous()};
        int[] arguments = near.arguments(0, 1);
        INDArray out = Array.empty(x.form().real(), sizes);
        String operation = name + (n == 2 ? "pool2d" : "pool3dnew");
        Array result = n == 2
                ? Native.run(operation, out, in, arguments)
                : Native.runWithoutHelpers(operation, out, in, arguments);
        return Tape.note("pooling", result, Tape.share(seen, g -> {
            INDArray[] back = {Array.empty(g.form(), seen.sizes())};
            Native.run(operation + "_bp", n == 3, back, new INDArray[] {seen.contiguous(), g.contiguous()}, arguments);
            return Array.wrap(back[0]);
        }));
    }

    private static Array image(Array sequence) {
        Array.require(sequence.rank() == 3, "a sequence: " + sequence);
        return sequence.reshape(sequence.size(0), 1, sequence.size(1), sequence.size(2));
    }

    private static Array sequence(Array image) {
        return image.reshape(image.size(0), image.size(2), image.size(3));
    }

    private static Array flat(Array kernel) {
        return kernel.reshape(1, kernel.size(0), kernel.size(1), kernel.size(2));
    }
}
