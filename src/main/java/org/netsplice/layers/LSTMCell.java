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
import org.netsplice.ops.Gates;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Recurrent;

/** A step of long short-term memory, gates in the order i, f, c, o: (None, 8) and two states (None, 32) give (None, 32) and new states. */
public record LSTMCell(int units, Activation activation, Activation recurrentActivation, boolean useBias)
        implements RecurrentCell {
    static final Setting<?>[] SETTINGS = {
        Cells.UNITS, Cells.ACTIVATION, Cells.RECURRENT_ACTIVATION, Cells.BIAS,
    };
    static final Kind<LSTMCell> KIND = Kind.of(
                    "LSTMCell",
                    LSTMCell.class,
                    Kind.Family.INTERNAL,
                    "A step of an LSTM.",
                    new Kind.Example("units=3", "(None, 2)", "(None, 3)", "(None, 3)"))
            .settings(SETTINGS)
            .requires("units")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Shape> states(Shape step) {
        Shape state = Shape.of(step.size(0), units);
        return List.of(state, state);
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return activation.keepsOrder() && recurrentActivation.keepsOrder()
                ? Cells.axes(inputs, units, 4, useBias ? 0 : -1)
                : Axes.FIXED;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>(Cells.kernels(inputs, units, 4));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.FORGET, 4L * units));
        }
        return specs;
    }

    @Override
    public Array prepared(Array steps, List<Array> weights) {
        return Linear.dense(steps, weights.get(0), useBias ? Optional.of(weights.get(2)) : Optional.empty());
    }

    @Override
    public Recurrent.Step step(Array prepared, List<Array> states, List<Array> weights) {
        Array gates = Arithmetic.add(prepared, Linear.dense(states.get(0), weights.get(1), Optional.empty()));
        if (gates.form() == Array.Form.FLOAT && activation.isElementwise() && recurrentActivation.isElementwise()) {
            return Gates.longShortTerm(gates, states.get(1), recurrentActivation.bend(), activation.bend());
        }
        Array input = recurrentActivation.apply(Recurrent.part(gates, 0, units));
        Array forget = recurrentActivation.apply(Recurrent.part(gates, 1, units));
        Array candidate = activation.apply(Recurrent.part(gates, 2, units));
        Array output = recurrentActivation.apply(Recurrent.part(gates, 3, units));
        Array carry = Arithmetic.add(Arithmetic.multiply(forget, states.get(1)), Arithmetic.multiply(input, candidate));
        Array result = Arithmetic.multiply(output, activation.apply(carry));
        return new Recurrent.Step(result, List.of(result, carry));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue prepared = OnnxSequences.dense(onnx, inputs.get(0), weights.get(0), useBias ? weights.get(2) : null);
        OnnxValue gates = onnx.add(prepared, onnx.matmul(inputs.get(1), weights.get(1)));
        return OnnxSequences.longShortTerm(onnx, gates, inputs.get(2), activation, recurrentActivation);
    }

    @Override
    public Optional<OnnxSequences.Node> node(OnnxBuilder onnx, List<OnnxValue> weights) {
        return OnnxSequences.Node.of(List.of(recurrentActivation, activation, activation))
                .map(functions -> functions.with("LSTM", OnnxSequences.kernels(onnx, weights, 0, 3, 1, 2), Map.of()));
    }

    @Override
    public List<String> functions(WeightSpec weight) {
        return List.of("recurrent_activation", "recurrent_activation", "", "recurrent_activation");
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
