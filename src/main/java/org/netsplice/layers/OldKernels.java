package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.OldWeights;
import org.netsplice.layers.kind.Origin;
import org.netsplice.layers.kind.Shapes;

/** Kernels of convolutions as older Keras stored them: Keras 1 had another order of axes, and Theano flipped kernels. */
final class OldKernels {
    /** The kernels, and other weights unchanged. */
    static final OldWeights RULE = OldKernels::kernels;

    private OldKernels() {}

    private static List<Tensor> kernels(ComputedLayer layer, List<Tensor> stored, Origin origin) {
        return stored.stream()
                .map(tensor -> tensor.shape().rank() < 3 ? tensor : kernel(layer, tensor, origin))
                .toList();
    }

    private static Tensor kernel(ComputedLayer layer, Tensor tensor, Origin origin) {
        Tensor kernel = tensor;
        int rank = kernel.shape().rank();
        boolean sequence = layer instanceof Convolution convolution && convolution.directions() == 1;
        if (origin.first() && sequence && rank == 4) {
            kernel = Tensor.owning(kernel.dtype(), Shapes.without(kernel.shape(), 1), kernel.toArray());
        } else if (origin.first() && first(layer)) {
            int[] order = new int[rank];
            for (int i = 0; i < rank - 2; i++) {
                order[i] = i + 2;
            }
            order[rank - 2] = 1;
            kernel = permuted(kernel, order);
        }
        return origin.theano() ? flipped(kernel) : kernel;
    }

    private static boolean first(ComputedLayer layer) {
        return layer instanceof Convolution convolution && convolution.dataFormat() == DataFormat.CHANNELS_FIRST;
    }

    /** Flips a kernel (…, in, out) along all spatial axes. */
    private static Tensor flipped(Tensor kernel) {
        long[] sizes = kernel.shape().sizes();
        int inner = (int) (sizes[sizes.length - 1] * sizes[sizes.length - 2]);
        float[] values = kernel.toArray();
        float[] flipped = new float[values.length];
        int cells = values.length / inner;
        for (int cell = 0; cell < cells; cell++) {
            System.arraycopy(values, cell * inner, flipped, (cells - 1 - cell) * inner, inner);
        }
        return Tensor.owning(kernel.dtype(), kernel.shape(), flipped);
    }

    private static Tensor permuted(Tensor tensor, int[] order) {
        long[] sizes = tensor.shape().sizes();
        long[] result = Arrays.stream(order).mapToLong(axis -> sizes[axis]).toArray();
        long[] strides = new long[sizes.length];
        for (int axis = sizes.length - 1, stride = 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= (int) sizes[axis];
        }
        float[] values = tensor.toArray();
        float[] moved = new float[values.length];
        for (int i = 0; i < moved.length; i++) {
            long rest = i;
            long from = 0;
            for (int axis = result.length - 1; axis >= 0; axis--) {
                from += rest % result[axis] * strides[order[axis]];
                rest /= result[axis];
            }
            moved[i] = values[Math.toIntExact(from)];
        }
        return Tensor.owning(tensor.dtype(), Shape.of(result), moved);
    }
}
