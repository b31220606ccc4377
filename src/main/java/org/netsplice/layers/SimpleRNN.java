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

/** {@code h' = activation(x · kernel + h · recurrent + bias)}: {@code SimpleRNN(32)} turns (None, 50, 8) into (None, 32). */
public record SimpleRNN(int units, Activation activation, boolean useBias, boolean returnSequences, boolean goBackwards)
        implements ComputedLayer {
    static final Kind<SimpleRNN> KIND = RecurrentSettings.common(Kind.of(
                    "SimpleRNN",
                    SimpleRNN.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence with a simple memory.",
                    new Kind.Example("units=3, go_backwards=true", "(None, 5, 2)"))
            .with(
                    RecurrentSettings.UNITS,
                    RecurrentSettings.ACTIVATION,
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
        return RecurrentSettings.weights(inputs, units, 1, Initial.ZEROS, useBias ? new long[] {units} : new long[0]);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        Array projected = Linear.dense(inputs.get(0), weights.get(0), bias);
        return List.of(Recurrent.run(projected, units, 1, goBackwards, returnSequences, (x, states) -> {
            Array recurrent = Linear.dense(states.get(0), weights.get(1), Optional.empty());
            return List.of(activation.apply(Arithmetic.add(x, recurrent)));
        }));
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
