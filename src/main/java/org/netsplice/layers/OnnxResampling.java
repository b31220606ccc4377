package org.netsplice.layers;

import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Resampling;

/** Images of another size as nodes of ONNX: a product with a matrix in each direction, which is exact for every interpolation. */
final class OnnxResampling {
    private OnnxResampling() {}

    /** An image (batch, height, width, channels) of another size; its own has to be known. */
    static OnnxValue resize(
            OnnxBuilder onnx, OnnxValue given, long height, long width, Resampling.Method method, boolean antialias) {
        OnnxValue x = onnx.channelsFirst(onnx.real(given));
        OnnxValue tall = x.size(2) == height
                ? x
                : onnx.matmul(matrix(onnx, x.type(), known(x, 2), height, method, antialias), x);
        OnnxValue wide = x.size(3) == width
                ? tall
                : onnx.matmul(
                        tall, onnx.transpose(matrix(onnx, x.type(), known(x, 3), width, method, antialias), 1, 0));
        return onnx.channelsLast(wide);
    }

    /** The size of an image along an axis. */
    static long known(OnnxValue image, int axis) {
        if (image.size(axis) == Shape.UNKNOWN) {
            throw new OnnxBuilder.Missing("has no form in ONNX where the size of an image is not known");
        }
        return image.size(axis);
    }

    private static OnnxValue matrix(
            OnnxBuilder onnx, DType type, long from, long to, Resampling.Method method, boolean antialias) {
        double[] matrix = Resampling.matrix((int) from, (int) to, method, antialias);
        return onnx.numbers(type, Shape.of(to, from), matrix);
    }
}
