package org.netsplice.ops;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A convolution with a different kernel at every position.
 *
 * @param kernel its size in each direction
 * @param strides the cells from one position to the next
 * @param start the cell of the image under the first cell of the first kernel; negative outside
 * @param image sizes in each direction, then channels
 * @param out the number of positions in each direction, then filters
 * @param channelsLast how numbers of images are ordered
 */
public record Unshared(int[] kernel, int[] strides, int[] start, long[] image, long[] out, boolean channelsLast) {

    /** How the weights are stored, in the order of Keras 2's implementations. */
    public enum Storage {
        /** (places, cells and channels as the image orders them, filters). */
        DENSE,
        /** One for each pair of input and output values; those outside the kernels are ignored. */
        ALL_PAIRS,
        /** Only the used ones, sorted by output value, then by input value. */
        SPARSE
    }

    /** Receives the index of an input value and of the weight it is multiplied by. */
    private interface Product {
        void of(int input, int weight);
    }

    /**
     * Computes (batch, …) of (batch, …).
     *
     * @param bias one for every number of a row of the output, in its order
     */
    public Array convolve(Array x, Array weights, Optional<Array> bias, Storage storage) {
        double[] source = x.doubles();
        double[] factors = weights.doubles();
        int rows = Math.toIntExact(x.size(0));
        int in = numbers(image);
        int count = numbers(out);
        Array.require(x.length() == (long) rows * in, "unshared: " + x);
        double[] added = bias.map(Array::doubles).orElseGet(() -> new double[count]);
        double[] values = new double[Math.multiplyExact(rows, count)];
        double[] sums = new double[rows];
        int[] next = {0};
        for (int number = 0; number < count; number++) {
            Arrays.fill(sums, added[number]);
            products(number, storage, next, (input, weight) -> {
                for (int row = 0; row < sums.length; row++) {
                    sums[row] += source[row * in + input] * factors[weight];
                }
            });
            for (int row = 0; row < rows; row++) {
                values[row * count + number] = sums[row];
            }
        }
        long[] sizes = new long[out.length + 1];
        sizes[0] = rows;
        int last = out.length - 1;
        System.arraycopy(out, 0, sizes, channelsLast ? 1 : 2, last);
        sizes[channelsLast ? last + 1 : 1] = out[last];
        Tape.Share[] shares =
                Tape.together(List.of(x, weights), gradients -> back(x, weights, storage, gradients.get(0)));
        Tape.Share ofBias = Tape.share(bias, g -> Broadcasting.summed(g.reshape(rows, count), count));
        return Tape.note("unshared convolution", Array.like(x, values, sizes), shares[0], shares[1], ofBias);
    }

    /** The gradients of images and weights. */
    private List<Array> back(Array x, Array weights, Storage storage, Array gradient) {
        double[] source = x.doubles();
        double[] factors = weights.doubles();
        double[] given = gradient.doubles();
        double[] ofSource = new double[source.length];
        double[] ofFactors = new double[factors.length];
        int rows = Math.toIntExact(x.size(0));
        int in = numbers(image);
        int count = numbers(out);
        int[] next = {0};
        for (int i = 0; i < count; i++) {
            int number = i;
            products(number, storage, next, (input, weight) -> {
                for (int row = 0; row < rows; row++) {
                    ofSource[row * in + input] += given[row * count + number] * factors[weight];
                    ofFactors[weight] += given[row * count + number] * source[row * in + input];
                }
            });
        }
        return List.of(Array.like(x, ofSource, x.sizes()), Array.like(weights, ofFactors, weights.sizes()));
    }

    private static int numbers(long... sizes) {
        return Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
    }

    /** Goes through the products of a number of the output in the order of the input; numbers are asked for in order, and {@code used} counts. */
    private void products(int number, Storage storage, int[] used, Product product) {
        int last = kernel.length;
        int channels = (int) image[last];
        int filters = (int) out[last];
        int area = numbers(image) / Math.max(1, channels);
        int cells = Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
        int place = channelsLast ? number / filters : number % (numbers(out) / filters);
        int filter = channelsLast ? number % filters : number / (numbers(out) / filters);
        int[] hit = IntStream.range(0, cells)
                .filter(cell -> under(place, cell) >= 0)
                .toArray();
        for (int i = 0; i < hit.length * channels; i++) {
            int cell = hit[channelsLast ? i / channels : i % hit.length];
            int channel = channelsLast ? i % channels : i / hit.length;
            int under = under(place, cell);
            int input = channelsLast ? under * channels + channel : channel * area + under;
            int feature = channelsLast ? cell * channels + channel : channel * cells + cell;
            product.of(
                    input,
                    switch (storage) {
                        case DENSE -> (place * cells * channels + feature) * filters + filter;
                        case ALL_PAIRS -> input * numbers(out) + number;
                        case SPARSE -> used[0]++;
                    });
        }
    }

    /** The place in the image, channels left out, under a cell of the kernel at a place of the output; -1 outside. */
    private int under(int place, int cell) {
        int places = place;
        int cells = cell;
        int under = 0;
        int size = 1;
        for (int i = kernel.length - 1; i >= 0; i--) {
            int from = start[i] + places % (int) out[i] * strides[i] + cells % kernel[i];
            if (from < 0 || from >= image[i]) {
                return -1;
            }
            under += from * size;
            size *= (int) image[i];
            places /= (int) out[i];
            cells /= kernel[i];
        }
        return under;
    }
}
