package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;

/** Other axes for the same numbers: {@code Reshape((8, 8, 1))} turns (None, 64) into (None, 8, 8, 1); one size may be -1. */
public record Reshape(List<Integer> targetShape) implements ComputedLayer {
    static final Kind<Reshape> KIND = Kind.of(
                    "Reshape",
                    Reshape.class,
                    Kind.Family.RESHAPING,
                    "Arranges the numbers of each row in other axes.",
                    new Kind.Example("target_shape=[2, -1]", "(None, 3, 4)"))
            .settings(Setting.integers("target_shape", List.of(-1), -1, "Sizes without the batch; one may be -1."))
            .requires("target_shape")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        long given = 1;
        long open = 0;
        for (int size : targetShape) {
            open += size == -1 ? 1 : 0;
            given *= size == -1 ? 1 : size;
        }
        long elements = shape.elementsPerRow();
        boolean fits = open == 0 ? elements == given : open == 1 && given > 0 && elements % given == 0;
        if (elements != Shape.UNKNOWN && !fits) {
            throw new Misfit(
                    "cannot arrange the " + elements + " numbers of each row of " + shape + " as " + targetShape,
                    "Choose sizes whose product is " + elements + ".");
        }
        long[] sizes = new long[targetShape.size() + 1];
        sizes[0] = shape.size(0);
        for (int i = 1; i < sizes.length; i++) {
            int size = targetShape.get(i - 1);
            sizes[i] = size != -1 ? size : elements == Shape.UNKNOWN ? Shape.UNKNOWN : elements / given;
        }
        return List.of(inputs.get(0).with(Shape.of(sizes)));
    }

    /** An axis keeps its entries when as many numbers lie before and behind it in the other shape. */
    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape from = inputs.get(0).shape();
        Shape to = outputs(inputs).get(0).shape();
        if (from.elementsPerRow() < 1) {
            return Axes.FIXED;
        }
        Axes axes = Axes.FIXED;
        for (int axis = 1; axis < from.rank(); axis++) {
            long size = from.size(axis);
            long behind = from.axes(axis + 1, from.rank()).elements();
            for (int other = 1; other < to.rank(); other++) {
                long inner = to.axes(other + 1, to.rank()).elements();
                boolean holds = inner > 0 && behind % inner == 0 && to.size(other) % (size * (behind / inner)) == 0;
                axes = holds
                        ? axes.bond(
                                size,
                                Axes.Of.INPUT.at(0, axis),
                                Axes.Of.OUTPUT
                                        .at(0, other)
                                        .repeated(to.size(other) / (size * (behind / inner)))
                                        .spread(behind / inner))
                        : axes;
            }
        }
        return axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        Shape shape =
                outputs(List.of(TensorSpec.of(Shape.of(x.sizes())))).get(0).shape();
        return List.of(x.reshape(shape.sizes()));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = inputs.get(0);
        return List.of(onnx.reshape(
                x, outputs(List.of(TensorSpec.of(x.shape()))).get(0).shape().sizes()));
    }
}
