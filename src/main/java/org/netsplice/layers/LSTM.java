package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Recurrent;

/** Long short-term memory, gates in the order i, f, c, o: {@code LSTM(32)} turns (None, 50, 8) into (None, 32). */
public record LSTM(
        int units,
        Activation activation,
        Activation recurrentActivation,
        boolean useBias,
        boolean returnSequences,
        boolean goBackwards)
        implements ComputedLayer {
    static final Kind<LSTM> KIND = RecurrentSettings.common(Kind.of(
                    "LSTM",
                    LSTM.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence with a long memory.",
                    new Kind.Example("units=3, return_sequences=true", "(None, 5, 2)"))
            .with(
                    RecurrentSettings.UNITS,
                    RecurrentSettings.ACTIVATION,
                    RecurrentSettings.RECURRENT,
                    RecurrentSettings.BIAS,
                    RecurrentSettings.SEQUENCES,
                    RecurrentSettings.BACKWARDS));

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return RecurrentSettings.outputs(inputs, units, returnSequences);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return RecurrentSettings.weights(
                inputs, units, 4, Initial.FORGET, useBias ? new long[] {4L * units} : new long[0]);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        Array projected = Linear.dense(inputs.get(0), weights.get(0), bias);
        return List.of(Recurrent.run(projected, units, 2, goBackwards, returnSequences, (x, states) -> {
            Array gates = Arithmetic.add(x, Linear.dense(states.get(0), weights.get(1), Optional.empty()));
            Array input = recurrentActivation.apply(Recurrent.part(gates, 0, units));
            Array forget = recurrentActivation.apply(Recurrent.part(gates, 1, units));
            Array candidate = activation.apply(Recurrent.part(gates, 2, units));
            Array output = recurrentActivation.apply(Recurrent.part(gates, 3, units));
            Array carry =
                    Arithmetic.add(Arithmetic.multiply(forget, states.get(1)), Arithmetic.multiply(input, candidate));
            return List.of(Arithmetic.multiply(output, activation.apply(carry)), carry);
        }));
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
