package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;

/** An activation as a layer of its own: {@code Activation("relu")} keeps the shape (None, 8, 8, 32). */
public record ActivationLayer(Activation activation) implements WrittenAsSteps {
    static final Kind<ActivationLayer> KIND = Kind.of(
                    "Activation",
                    ActivationLayer.class,
                    Kind.Family.ACTIVATION,
                    "Applies an activation function.",
                    new Kind.Example("activation=gelu", "(None, 4)"))
            .settings(Activation.setting("activation", "The function."))
            .requires("activation")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return MaskRule.PASSED;
    }

    @Override
    public boolean returnsInput() {
        return activation.equals(Activation.LINEAR);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 1);
        return Shapes.floats(activation.shape(shape));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return activation.keepsOrder() ? Axes.kept(inputs) : Axes.FIXED;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(activation.apply(inputs.get(0)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(activation.write(onnx, inputs.get(0)));
    }

    @Override
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        return activation.name().equals(HardSigmoid.FORMER)
                ? Optional.of(Submodel.chain(
                        new Rescaling(List.of(HardSigmoid.FACTOR), List.of(0.0), MaskPolicy.KERAS_3),
                        new ActivationLayer(Activation.named(HardSigmoid.PRESENT))))
                : Optional.empty();
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
