package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Arity;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/** The first input plus the second times a number, as in Inception-ResNet: (None, 8, 8, 320) and (None, 8, 8, 320) give (None, 8, 8, 320). */
public record CustomScaleLayer(double scale) implements ComputedLayer {
    static final Kind<CustomScaleLayer> KIND = Kind.of(
                    "CustomScaleLayer",
                    CustomScaleLayer.class,
                    Kind.Family.INTERNAL,
                    "Adds the second input, scaled, to the first.",
                    new Kind.Example("scale=0.5", "(None, 4)", "(None, 4)"))
            .settings(Setting.real("scale", 1, Double.NEGATIVE_INFINITY, "Factor of the second input."))
            .module("keras.src.applications.inception_resnet_v2")
            .requires("scale")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return Arity.TWO;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return Shapes.floats(Broadcast.shape(inputs));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(Arithmetic.add(inputs.get(0), Arithmetic.scale(inputs.get(1), scale, 0)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(onnx.add(inputs.get(0), onnx.scale(inputs.get(1), scale, 0)));
    }
}
