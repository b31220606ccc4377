package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Recurrent;

/** {@code h' = activation(x · kernel + h · recurrent + bias)}: (None, 8) and a state (None, 32) give (None, 32) and the new state. */
public record SimpleRNNCell(int units, Activation activation, boolean useBias) implements RecurrentCell {
    static final Setting<?>[] SETTINGS = {Cells.UNITS, Cells.ACTIVATION, Cells.BIAS};
    static final Kind<SimpleRNNCell> KIND = Kind.of(
                    "SimpleRNNCell",
                    SimpleRNNCell.class,
                    Kind.Family.INTERNAL,
                    "A step of a SimpleRNN.",
                    new Kind.Example("units=3", "(None, 2)", "(None, 3)"))
            .settings(SETTINGS)
            .requires("units")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Shape> states(Shape step) {
        return List.of(Shape.of(step.size(0), units));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return activation.keepsOrder() ? Cells.axes(inputs, units, 1, useBias ? 0 : -1) : Axes.FIXED;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>(Cells.kernels(inputs, units, 1));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.ZEROS, units));
        }
        return specs;
    }

    @Override
    public Array prepared(Array steps, List<Array> weights) {
        return Linear.dense(steps, weights.get(0), useBias ? Optional.of(weights.get(2)) : Optional.empty());
    }

    @Override
    public Recurrent.Step step(Array prepared, List<Array> states, List<Array> weights) {
        Array recurrent = Linear.dense(states.get(0), weights.get(1), Optional.empty());
        Array result = activation.apply(Arithmetic.add(prepared, recurrent));
        return new Recurrent.Step(result, List.of(result));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue prepared = OnnxSequences.dense(onnx, inputs.get(0), weights.get(0), useBias ? weights.get(2) : null);
        OnnxValue result = activation.write(onnx, onnx.add(prepared, onnx.matmul(inputs.get(1), weights.get(1))));
        return List.of(result, result);
    }

    @Override
    public Optional<OnnxSequences.Node> node(OnnxBuilder onnx, List<OnnxValue> weights) {
        return OnnxSequences.Node.of(List.of(activation))
                .map(functions -> functions.with("RNN", OnnxSequences.kernels(onnx, weights, 0), Map.of()));
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
