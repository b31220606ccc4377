package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/** Every channel times a learned number, as in ConvNeXt; the shape stays (None, 7, 7, 96). */
public record LayerScale(double initValues, int projectionDim) implements ComputedLayer {
    static final Kind<LayerScale> KIND = Kind.of(
                    "LayerScale",
                    LayerScale.class,
                    Kind.Family.INTERNAL,
                    "Multiplies every channel by a learned number.",
                    new Kind.Example("projection_dim=3", "(None, 4, 4, 3)"))
            .settings(
                    Setting.real("init_values", 1e-6, 0, "The value of new cells."),
                    Setting.integer("projection_dim", 96, 1, "Number of channels."))
            .module("keras.src.applications.convnext")
            .requires("projection_dim")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 2);
        if (Shapes.known(shape, shape.rank() - 1) != projectionDim) {
            throw new Misfit("needs " + projectionDim + " channels, received " + shape, "Change projection_dim.");
        }
        return Shapes.floats(shape);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of(WeightSpec.trainable("gamma", Initial.ONES, projectionDim));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int last = inputs.get(0).shape().rank() - 1;
        return Axes.keptBefore(inputs, 1)
                .bond(projectionDim, Axes.Of.INPUT.at(0, last), Axes.Of.OUTPUT.at(0, last), Axes.Of.WEIGHT.at(0, 0));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(Arithmetic.multiply(inputs.get(0), weights.get(0)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(onnx.multiply(inputs.get(0), weights.get(0)));
    }
}
