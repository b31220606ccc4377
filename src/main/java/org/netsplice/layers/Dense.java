package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Rescalable;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;

/** {@code activation(x · kernel + bias)} over the last axis: {@code Dense(16)} turns (None, 32, 32, 64) into (None, 32, 32, 16). */
public record Dense(int units, Activation activation, boolean useBias) implements Quantizable, Rescalable {
    static final Kind<Dense> KIND = Kind.of(
                    "Dense",
                    Dense.class,
                    Kind.Family.CORE,
                    "Multiplies the last axis by a matrix and adds a bias.",
                    new Kind.Example("units=4, activation=relu", "(None, 3, 6)"))
            .settings(
                    Setting.integer("units", 16, 1, "Size of the last axis of the output."),
                    Activation.setting("activation", "Applied to the result."),
                    Setting.flag("use_bias", true, "Whether a bias is added."))
            .requires("units")
            .shows("units", "# units")
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
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 2);
        Shapes.known(shape, -1);
        return Shapes.floats(activation.shape(shape.with(-1, units)));
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = inputs.get(0).shape().last();
        return Kernels.weights(useBias, units, in, units);
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        int last = shape.rank() - 1;
        Axes axes = Axes.keptBefore(inputs, 1).bond(shape.last(), Axes.Of.INPUT.at(0, last), Axes.Of.WEIGHT.at(0, 0));
        return activation.keepsOrder()
                ? Kernels.filters(axes, units, useBias, Axes.Of.OUTPUT.at(0, last), Axes.Of.WEIGHT.at(0, 1))
                : axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return List.of(activation.apply(Linear.dense(inputs.get(0), weights.get(0), bias)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        OnnxValue kernel = weights.get(0);
        if (x.rank() == 2 && useBias) {
            Shape shape = x.shape().with(1, units);
            return List.of(
                    activation.write(onnx, onnx.node("Gemm", Map.of(), x.type(), shape, x, kernel, weights.get(1))));
        }
        OnnxValue product = onnx.matmul(x, kernel);
        return List.of(activation.write(onnx, useBias ? onnx.add(product, weights.get(1)) : product));
    }

    @Override
    public int channelAxis(int rank) {
        return rank - 1;
    }

    @Override
    public Optional<Weighted> rescaled(List<Tensor> weights, double[] factor, double[] offset) {
        if (!activation.equals(Activation.LINEAR)) {
            return Optional.empty();
        }
        Optional<Tensor> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return Optional.of(new Weighted(
                new Dense(units, activation, true),
                List.of(Rescalable.scaled(weights.get(0), factor), Rescalable.shifted(bias, factor, offset))));
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(
                2, inputs.get(0).shape().last(), outputs.get(0).shape().elementsPerRow());
    }

    @Override
    public WeightSpec scales(List<TensorSpec> inputs) {
        return WeightSpec.fixed("kernel_scale", Initial.ONES, units);
    }

    @Override
    public Array restored(Array whole, Array scales) {
        return Arithmetic.divide(whole, scales);
    }

    @Override
    public int[] summed(Shape input) {
        return new int[] {input.rank() - 1};
    }
}
