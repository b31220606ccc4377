package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Array;

/** Keras' rule for merging inputs of different shapes: axes of size 1 are inserted after the batch until the ranks are equal, then sizes of 1 broadcast. */
final class Broadcast {
    private Broadcast() {}

    static Shape shape(List<TensorSpec> inputs) {
        return inputs.stream().map(TensorSpec::shape).reduce(Broadcast::pair).orElseThrow();
    }

    private static Shape pair(Shape one, Shape two) {
        Shape longer = one.rank() >= two.rank() ? one : two;
        Shape shorter = one.rank() >= two.rank() ? two : one;
        long[] sizes = longer.sizes();
        sizes[0] = one.size(0) == Shape.UNKNOWN ? two.size(0) : one.size(0);
        for (int back = 1; back < shorter.rank(); back++) {
            int axis = sizes.length - back;
            long a = longer.size(-back);
            long b = shorter.size(-back);
            if (a != b && a != 1 && b != 1 && a != Shape.UNKNOWN && b != Shape.UNKNOWN) {
                throw new Layer.Misfit(
                        "needs equal shapes, received " + one + " and " + two,
                        "Insert a Dense layer or a pooling layer that makes the shapes equal.");
            }
            sizes[axis] = a == 1 ? b : b == 1 || b == Shape.UNKNOWN ? a : a == Shape.UNKNOWN ? b : a;
        }
        return Shape.of(sizes);
    }

    static List<Array> aligned(List<Array> inputs) {
        int rank = inputs.stream().mapToInt(Array::rank).max().orElseThrow();
        return inputs.stream().map(x -> aligned(x, rank)).toList();
    }

    private static Array aligned(Array x, int rank) {
        if (x.rank() == rank) {
            return x;
        }
        long[] sizes = new long[rank];
        Arrays.fill(sizes, 1);
        sizes[0] = x.size(0);
        System.arraycopy(x.sizes(), 1, sizes, rank - x.rank() + 1, x.rank() - 1);
        return x.reshape(sizes);
    }

    /** The value with axes of size 1 after the batch, so that it has {@code rank} axes. */
    static OnnxValue aligned(OnnxBuilder onnx, OnnxValue x, int rank) {
        OnnxValue aligned = x;
        while (aligned.rank() < rank) {
            aligned = onnx.insert(aligned, 1);
        }
        return aligned;
    }
}
