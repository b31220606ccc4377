package org.netsplice.layers;

import java.util.Arrays;
import java.util.Random;

/** Convolutions and pooling as their definitions say, cell by cell, of (batch, …, channels) in double precision; slow, and independent of how the program computes. */
final class PlainLoops {
    /** Numbers in row-major order with their sizes. */
    record Cells(double[] values, int... sizes) {
        static Cells random(Random random, int... sizes) {
            double[] values = new double[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
            Arrays.setAll(values, i -> (float) random.nextGaussian());
            return new Cells(values, sizes);
        }

        static Cells zeros(int... sizes) {
            return new Cells(new double[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)], sizes);
        }

        int place(int... at) {
            int place = 0;
            for (int axis = 0; axis < sizes.length; axis++) {
                place = place * sizes[axis] + at[axis];
            }
            return place;
        }

        double get(int... at) {
            return values[place(at)];
        }
    }

    /** A window: for each direction kernel, stride, dilation, and cells added before. */
    record Moves(int[] kernel, int[] strides, int[] dilation, int[] before) {
        /** The cell of the image under a kernel's cell, for each direction. */
        int[] under(int[] output, int[] cell) {
            int[] at = new int[kernel.length];
            Arrays.setAll(at, i -> output[i] * strides[i] - before[i] + cell[i] * dilation[i]);
            return at;
        }
    }

    private PlainLoops() {}

    /** The size of an output, and the cells before, as Keras and TensorFlow document them; null where the kernel does not fit. */
    static int[] outputAndBefore(String padding, int size, int kernel, int stride, int dilation) {
        int reach = (kernel - 1) * dilation + 1;
        int rounded = (size + stride - 1) / stride;
        return switch (padding) {
            case "valid" -> size < reach ? null : new int[] {(size - reach) / stride + 1, 0};
            case "causal" -> new int[] {rounded, reach - 1};
            default -> new int[] {rounded, Math.max(0, (rounded - 1) * stride + reach - size) / 2};
        };
    }

    /** Every combination of places below these sizes. */
    static Iterable<int[]> places(int... sizes) {
        int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        return () -> new java.util.Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public int[] next() {
                int rest = next++;
                int[] at = new int[sizes.length];
                for (int axis = sizes.length - 1; axis >= 0; axis--) {
                    at[axis] = rest % sizes[axis];
                    rest /= sizes[axis];
                }
                return at;
            }
        };
    }

    private static int[] spatial(int... sizes) {
        return Arrays.copyOfRange(sizes, 1, sizes.length - 1);
    }

    private static boolean inside(int[] at, int... sizes) {
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0 || at[i] >= sizes[i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] with(int first, int[] middle, int... last) {
        int[] all = new int[1 + middle.length + last.length];
        all[0] = first;
        System.arraycopy(middle, 0, all, 1, middle.length);
        System.arraycopy(last, 0, all, 1 + middle.length, last.length);
        return all;
    }

    private static int[] ending(int[] cell, int... last) {
        int[] all = Arrays.copyOf(cell, cell.length + last.length);
        System.arraycopy(last, 0, all, cell.length, last.length);
        return all;
    }

    /** Kernel (…, in / groups, filters). */
    static Cells convolution(Cells x, Cells kernel, Moves moves, int groups, int... outputs) {
        int filters = kernel.sizes[kernel.sizes.length - 1];
        int in = kernel.sizes[kernel.sizes.length - 2];
        Cells result = Cells.zeros(with(x.sizes[0], outputs, filters));
        for (int[] at : places(result.sizes)) {
            int filter = at[at.length - 1];
            int group = filter / (filters / groups);
            double sum = 0;
            for (int[] cell : places(moves.kernel)) {
                int[] under = moves.under(spatial(at), cell);
                for (int channel = 0; inside(under, spatial(x.sizes)) && channel < in; channel++) {
                    sum += x.get(with(at[0], under, group * in + channel)) * kernel.get(ending(cell, channel, filter));
                }
            }
            result.values[result.place(at)] = sum;
        }
        return result;
    }

    /** Kernel (…, in, multiplier). */
    static Cells depthwise(Cells x, Cells kernel, Moves moves, int... outputs) {
        int multiplier = kernel.sizes[kernel.sizes.length - 1];
        int in = x.sizes[x.sizes.length - 1];
        Cells result = Cells.zeros(with(x.sizes[0], outputs, in * multiplier));
        for (int[] at : places(result.sizes)) {
            int channel = at[at.length - 1] / multiplier;
            double sum = 0;
            for (int[] cell : places(moves.kernel)) {
                int[] under = moves.under(spatial(at), cell);
                if (inside(under, spatial(x.sizes))) {
                    sum += x.get(with(at[0], under, channel))
                            * kernel.get(ending(cell, channel, at[at.length - 1] % multiplier));
                }
            }
            result.values[result.place(at)] = sum;
        }
        return result;
    }

    /** Kernel (…, filters, in): every cell of the input spreads the kernel over the output. */
    static Cells transposed(Cells x, Cells kernel, Moves moves, int... outputs) {
        int filters = kernel.sizes[kernel.sizes.length - 2];
        Cells result = Cells.zeros(with(x.sizes[0], outputs, filters));
        for (int[] at : places(x.sizes)) {
            for (int[] cell : places(moves.kernel)) {
                int[] under = moves.under(spatial(at), cell);
                for (int filter = 0; inside(under, outputs) && filter < filters; filter++) {
                    result.values[result.place(with(at[0], under, filter))] +=
                            x.get(at) * kernel.get(ending(cell, filter, at[at.length - 1]));
                }
            }
        }
        return result;
    }

    /** The largest or the mean of the cells under each window. */
    static Cells pooled(Cells x, boolean maximum, Moves moves, int... outputs) {
        Cells result = Cells.zeros(with(x.sizes[0], outputs, x.sizes[x.sizes.length - 1]));
        for (int[] at : places(result.sizes)) {
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int count = 0;
            for (int[] cell : places(moves.kernel)) {
                int[] under = moves.under(spatial(at), cell);
                if (inside(under, spatial(x.sizes))) {
                    double value = x.get(with(at[0], under, at[at.length - 1]));
                    largest = Math.max(largest, value);
                    sum += value;
                    count++;
                }
            }
            result.values[result.place(at)] = maximum ? largest : sum / count;
        }
        return result;
    }
}
