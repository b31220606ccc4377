package org.netsplice.ops;

/**
 * How a kernel moves over an image.
 *
 * @param kernel height and width
 * @param strides steps in each direction
 * @param dilation spacing of the kernel's cells; 1 is none
 * @param same whether the border is padded so that the output has ceil(size / stride) cells
 */
public record Window(int[] kernel, int[] strides, int[] dilation, boolean same) {

    /** The output size along a direction, 0 or 1; 0 or less when the kernel is larger than the image. */
    public static long output(long size, int kernel, int stride, int dilation, boolean same) {
        return same ? (size + stride - 1) / stride : Math.floorDiv(size - ((kernel - 1L) * dilation + 1), stride) + 1;
    }

    long output(long size, int direction) {
        long output = output(size, kernel[direction], strides[direction], dilation[direction], same);
        Array.require(output > 0, "window larger than the image");
        return output;
    }

    boolean dilated() {
        return dilation[0] > 1 || dilation[1] > 1;
    }

    int[] arguments(int... more) {
        int[] all = new int[8 + more.length];
        int[] head = {kernel[0], kernel[1], strides[0], strides[1], 0, 0, dilation[0], dilation[1]};
        System.arraycopy(head, 0, all, 0, 8);
        System.arraycopy(more, 0, all, 8, more.length);
        return all;
    }
}
