package org.netsplice.ops;

/**
 * How a kernel moves over the cells of a sequence, an image or a volume, one number for each direction.
 *
 * @param kernel its size
 * @param strides its steps
 * @param dilation spacing of its cells; 1 is none
 * @param same whether the border is padded so that the output has ceil(size / stride) cells
 */
public record Window(int[] kernel, int[] strides, int[] dilation, boolean same) {

    /** One cell at a time, without padding. */
    public static Window point(int directions) {
        int[] ones = new int[directions];
        java.util.Arrays.fill(ones, 1);
        return new Window(ones, ones, ones, false);
    }

    /** The output size along a direction; 0 or less when the kernel is larger than the image. */
    public long output(long size, int direction) {
        int stride = strides[direction];
        long reach = (kernel[direction] - 1L) * dilation[direction] + 1;
        return same ? (size + stride - 1) / stride : Math.floorDiv(size - reach, stride) + 1;
    }

    /** The number of directions. */
    public int directions() {
        return kernel.length;
    }

    boolean dilated() {
        for (int spacing : dilation) {
            if (spacing > 1) {
                return true;
            }
        }
        return false;
    }

    /** The sizes (batch, …, channels) of what comes out of (batch, …, anything). */
    long[] outputs(Array x, long channels) {
        long[] sizes = x.sizes().clone();
        for (int i = 0; i < directions(); i++) {
            sizes[i + 1] = output(x.size(i + 1), i);
            Array.require(sizes[i + 1] > 0, "window larger than the image");
        }
        sizes[sizes.length - 1] = channels;
        return sizes;
    }

    /** The same window over an image of height 1. */
    Window flat() {
        return new Window(new int[] {1, kernel[0]}, new int[] {1, strides[0]}, new int[] {1, dilation[0]}, same);
    }

    /** Kernel, strides, no padding, dilation, then {@code more}, as libnd4j's operations take them. */
    int[] arguments(int... more) {
        int n = directions();
        int[] all = new int[4 * n + more.length];
        System.arraycopy(kernel, 0, all, 0, n);
        System.arraycopy(strides, 0, all, n, n);
        System.arraycopy(dilation, 0, all, 3 * n, n);
        System.arraycopy(more, 0, all, 4 * n, more.length);
        return all;
    }
}
