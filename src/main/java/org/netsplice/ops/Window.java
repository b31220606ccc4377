package org.netsplice.ops;

import java.util.Arrays;

/**
 * How a kernel moves over the cells of a sequence, an image or a volume, one number for each direction.
 *
 * @param kernel its size
 * @param strides its steps
 * @param dilation spacing of its cells; 1 is none
 * @param border what happens at the border
 */
public record Window(int[] kernel, int[] strides, int[] dilation, Border border) {

    /** What happens where a kernel would leave the image. */
    public enum Border {
        /** It stays inside. */
        VALID,
        /** Cells are added on both sides so that the output has ceil(size / stride) cells, an odd one after; never fewer than none. */
        SAME,
        /** As many cells as the kernel reaches over are added before the first. */
        CAUSAL
    }

    /** One cell at a time, without padding. */
    public static Window point(int directions) {
        int[] ones = new int[directions];
        Arrays.fill(ones, 1);
        return new Window(ones, ones, ones, Border.VALID);
    }

    /** The output size along a direction; 0 or less when the kernel is larger than the image. */
    public long output(long size, int direction) {
        long stride = strides[direction];
        return border == Border.VALID
                ? Math.floorDiv(size - reach(direction), stride) + 1
                : size / stride + Math.min(1, size % stride);
    }

    /** The number of directions. */
    public int directions() {
        return kernel.length;
    }

    /** The number of cells from a kernel's first to its last. */
    long reach(int direction) {
        return (kernel[direction] - 1L) * dilation[direction] + 1;
    }

    /**
     * A window with the same result on an image of these sizes, (batch, …, channels), whose numbers are not larger than a few times the
     * image's: a step over the whole image is as good as any longer one, as is a spacing of which only one cell can hit it.
     */
    Window within(Array x) {
        int[] steps = strides.clone();
        int[] spacing = dilation.clone();
        for (int i = 0; i < directions(); i++) {
            steps[i] = (int) Math.min(steps[i], Math.max(1, x.size(i + 1)));
            spacing[i] = (int) Math.min(spacing[i], 4 * x.size(i + 1) + 4);
        }
        return new Window(kernel, steps, spacing, border);
    }

    /** {@link #within} for pooling, where a kernel that covers the image wherever it stands is as good as any larger one. */
    Window covering(Array x) {
        int[] cells = kernel.clone();
        for (int i = 0; i < directions(); i++) {
            cells[i] = (int) Math.min(cells[i], 3 * x.size(i + 1) + 2);
        }
        return new Window(cells, strides, dilation, border).within(x);
    }

    /** The cells of (batch, …, channels) that some kernel reaches, with the cells that are added before the first. */
    Array reached(Array x) {
        Array reached = x;
        long[] before = new long[x.rank()];
        for (int i = 0; i < directions(); i++) {
            before[i + 1] = border == Border.CAUSAL ? reach(i) - 1 : 0;
            long last = (output(x.size(i + 1), i) - 1) * strides[i] + reach(i) - before[i + 1];
            reached = Arranging.part(reached, i + 1, 0, Math.min(last, x.size(i + 1)));
        }
        return border == Border.CAUSAL ? Arranging.pad(reached, before, new long[x.rank()], 0) : reached;
    }

    /** The cells before the first of a direction on which a kernel may lie. */
    private long before(long size, int direction) {
        return switch (border) {
            case VALID -> 0;
            case CAUSAL -> reach(direction) - 1;
            case SAME -> Math.max(0, (output(size, direction) - 1) * strides[direction] + reach(direction) - size) / 2;
        };
    }

    /** The cells of the kernel that lie on an image (batch, …, channels) wherever the kernel stands; one at least in each direction. */
    Met met(Array x) {
        int[] first = new int[directions()];
        int[] last = new int[directions()];
        for (int i = 0; i < directions(); i++) {
            long size = x.size(i + 1);
            long before = before(size, i);
            long start = (output(size, i) - 1) * strides[i] - before;
            first[i] = (int) Math.min(kernel[i] - 1L, Math.max(0, Math.floorDiv(dilation[i] - 1 - start, dilation[i])));
            last[i] = (int) Math.max(first[i], Math.min(kernel[i] - 1L, (size - 1 + before) / dilation[i]));
        }
        return new Met(first, last);
    }

    /**
     * Cells of a kernel from the first to the last in each direction, both included. The others lie beside the image, where zeros are.
     *
     * @param first counted from 0
     * @param last counted from 0
     */
    record Met(int[] first, int[] last) {

        /** All cells. */
        static Met whole(Window window) {
            return new Met(
                    new int[window.directions()],
                    Arrays.stream(window.kernel()).map(size -> size - 1).toArray());
        }

        boolean all(Window window) {
            return Arrays.equals(first, whole(window).first) && Arrays.equals(last, whole(window).last);
        }

        /** These cells of a kernel (…, in, out). */
        Array kernel(Array kernel) {
            Array part = kernel;
            for (int i = 0; i < first.length; i++) {
                part = Arranging.part(part, i, first[i], last[i] + 1L);
            }
            return part;
        }

        /** The window of these cells alone, over {@link #image}. */
        Window window(Window window) {
            int[] cells = new int[first.length];
            Arrays.setAll(cells, i -> last[i] - first[i] + 1);
            return new Window(cells, window.strides, window.dilation, Border.VALID);
        }

        /** The cells of an image (batch, …, channels) on which these lie, with the zeros around them. */
        Array image(Array x, Window window) {
            Array image = x;
            for (int i = 0; i < first.length; i++) {
                long size = x.size(i + 1);
                long from = (long) first[i] * window.dilation[i] - window.before(size, i);
                long to = from
                        + (window.output(size, i) - 1) * window.strides[i]
                        + (long) (last[i] - first[i]) * window.dilation[i]
                        + 1;
                long[] before = new long[x.rank()];
                long[] after = new long[x.rank()];
                before[i + 1] = Math.max(0, -from);
                after[i + 1] = Math.max(0, to - size);
                Array padded = before[i + 1] + after[i + 1] == 0 ? image : Arranging.pad(image, before, after, 0);
                image = Arranging.part(padded, i + 1, before[i + 1] + from, before[i + 1] + to);
            }
            return image;
        }
    }

    boolean dilated() {
        return Arrays.stream(dilation).anyMatch(spacing -> spacing > 1);
    }

    /** The sizes (batch, …, channels) of what comes out of (batch, …, anything). */
    long[] outputs(Array x, long channels) {
        long[] sizes = x.sizes().clone();
        for (int i = 0; i < directions(); i++) {
            sizes[i + 1] = output(x.size(i + 1), i);
            Array.require(sizes[i + 1] > 0 || x.size(i + 1) == 0, "window larger than the image");
        }
        sizes[sizes.length - 1] = channels;
        return sizes;
    }

    /** The same window over an image of height 1. */
    Window flat() {
        return new Window(new int[] {1, kernel[0]}, new int[] {1, strides[0]}, new int[] {1, dilation[0]}, border);
    }

    /** Kernel, strides, no padding, dilation, whether the border is padded, then {@code more}, as libnd4j's operations take them. */
    int[] arguments(int... more) {
        int n = directions();
        int[] all = new int[4 * n + 1 + more.length];
        System.arraycopy(kernel, 0, all, 0, n);
        System.arraycopy(strides, 0, all, n, n);
        System.arraycopy(dilation, 0, all, 3 * n, n);
        all[4 * n] = border == Border.SAME ? 1 : 0;
        System.arraycopy(more, 0, all, 4 * n + 1, more.length);
        return all;
    }
}
