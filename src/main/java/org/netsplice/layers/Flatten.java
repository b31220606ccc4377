package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Merges all axes except the batch: {@code Flatten()} turns (None, 5, 5, 64) into (None, 1600). */
public record Flatten(DataFormat dataFormat) implements ComputedLayer {
    static final Kind<Flatten> KIND = Kind.of(
                    "Flatten",
                    Flatten.class,
                    Kind.Family.RESHAPING,
                    "Merges all axes except the batch.",
                    new Kind.Example("", "(None, 2, 3, 4)"))
            .settings(Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 1);
        return List.of(inputs.get(0).with(Shape.of(shape.size(0), shape.elementsPerRow())));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        boolean move = dataFormat == DataFormat.CHANNELS_FIRST && shape.rank() > 2;
        Shape flat = shape.axes(1, shape.rank());
        if (flat.elements() == Shape.UNKNOWN || shape.rank() < 2) {
            return Axes.FIXED;
        }
        Axes axes = Axes.FIXED;
        for (int axis = move ? 2 : 1; axis < shape.rank(); axis++) {
            long inner = shape.axes(axis + 1, shape.rank()).elements() * (move ? shape.size(1) : 1);
            axes = bonded(axes, shape, axis, inner);
        }
        return move ? bonded(axes, shape, 1, 1) : axes;
    }

    private static Axes bonded(Axes axes, Shape shape, int axis, long inner) {
        long size = shape.size(axis);
        long outer = size == 0 || inner == 0 ? 0 : shape.elementsPerRow() / size / inner;
        return axes.bond(
                size,
                Axes.Of.INPUT.at(0, axis),
                Axes.Of.OUTPUT.at(0, 1).repeated(outer).spread(inner));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        boolean move = dataFormat == DataFormat.CHANNELS_FIRST && x.rank() > 2;
        return List.of((move ? Arranging.channelsLast(x) : x).reshape(x.size(0), x.length() / x.size(0)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = inputs.get(0);
        boolean move = dataFormat == DataFormat.CHANNELS_FIRST && x.rank() > 2;
        return List.of(onnx.reshape(
                move ? onnx.channelsLast(x) : x, x.size(0), x.shape().elementsPerRow()));
    }
}
