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
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Axes in another order, counted from 1: {@code Permute((2, 1))} turns (None, 10, 64) into (None, 64, 10). */
public record Permute(List<Integer> dims) implements ComputedLayer {
    static final Kind<Permute> KIND = Kind.of(
                    "Permute",
                    Permute.class,
                    Kind.Family.RESHAPING,
                    "Changes the order of the axes.",
                    new Kind.Example("dims=[3, 1, 2]", "(None, 2, 3, 4)"))
            .settings(Setting.integers("dims", List.of(1), 1, "The axes in their new order, counted from 1."))
            .requires("dims")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        boolean[] seen = new boolean[shape.rank()];
        for (int axis : dims) {
            if (axis < shape.rank()) {
                seen[axis] = true;
            }
        }
        boolean all = dims.size() == shape.rank() - 1;
        for (int axis = 1; axis < seen.length; axis++) {
            all &= seen[axis];
        }
        if (!all) {
            throw new Misfit(
                    "dims " + dims + " does not name every axis of " + shape + " once",
                    "Name the axes 1 to " + (shape.rank() - 1) + ".");
        }
        long[] sizes = shape.sizes();
        for (int i = 0; i < dims.size(); i++) {
            sizes[i + 1] = shape.size(dims.get(i));
        }
        return List.of(inputs.get(0).with(Shape.of(sizes)));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Axes axes = Axes.FIXED;
        for (int i = 0; i < dims.size(); i++) {
            axes = axes.bond(
                    inputs.get(0).shape().size(dims.get(i)),
                    Axes.Of.INPUT.at(0, dims.get(i)),
                    Axes.Of.OUTPUT.at(0, i + 1));
        }
        return axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        int[] order = new int[dims.size() + 1];
        for (int i = 0; i < dims.size(); i++) {
            order[i + 1] = dims.get(i);
        }
        return List.of(Arranging.permute(inputs.get(0), order));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        int[] order = new int[dims.size() + 1];
        for (int i = 0; i < dims.size(); i++) {
            order[i + 1] = dims.get(i);
        }
        return List.of(onnx.transpose(inputs.get(0), order));
    }
}
