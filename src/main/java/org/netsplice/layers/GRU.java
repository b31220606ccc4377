package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Recurrent;

/** Gated recurrent unit, gates in the order z, r, h: {@code GRU(32)} turns (None, 50, 8) into (None, 32). */
public record GRU(
        int units,
        Activation activation,
        Activation recurrentActivation,
        boolean useBias,
        boolean resetAfter,
        boolean returnSequences,
        boolean goBackwards)
        implements ComputedLayer {
    static final Kind<GRU> KIND = RecurrentSettings.common(Kind.of(
                    "GRU",
                    GRU.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence with a gated memory.",
                    new Kind.Example("units=3", "(None, 5, 2)"))
            .with(
                    RecurrentSettings.UNITS,
                    RecurrentSettings.ACTIVATION,
                    RecurrentSettings.RECURRENT,
                    RecurrentSettings.BIAS,
                    Setting.flag("reset_after", true, "Whether the reset gate acts after the multiplication."),
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
        long wide = 3L * units;
        long[] bias = !useBias ? new long[0] : resetAfter ? new long[] {2, wide} : new long[] {wide};
        return RecurrentSettings.weights(inputs, units, 3, Initial.ZEROS, bias);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array kernel = weights.get(1);
        Optional<Array> first = bias(weights, 0);
        Optional<Array> second = resetAfter ? bias(weights, 1) : Optional.empty();
        Array projected = Linear.dense(inputs.get(0), weights.get(0), first);
        return List.of(Recurrent.run(projected, units, 1, goBackwards, returnSequences, (x, states) -> {
            Array state = states.get(0);
            Array inner = Linear.dense(state, kernel, second);
            Array update = gate(x, inner, 0);
            Array reset = gate(x, inner, 1);
            Array recurrent = resetAfter
                    ? Arithmetic.multiply(reset, Recurrent.part(inner, 2, units))
                    : Linear.dense(Arithmetic.multiply(reset, state), lastGate(kernel), Optional.empty());
            Array candidate = activation.apply(Arithmetic.add(Recurrent.part(x, 2, units), recurrent));
            Array kept = Arithmetic.multiply(update, state);
            return List.of(Arithmetic.add(kept, Arithmetic.multiply(Arithmetic.scale(update, -1, 1), candidate)));
        }));
    }

    private Array gate(Array x, Array inner, int part) {
        return recurrentActivation.apply(
                Arithmetic.add(Recurrent.part(x, part, units), Recurrent.part(inner, part, units)));
    }

    private Array lastGate(Array kernel) {
        return Arranging.slice(kernel, new long[] {0, 2L * units}, new long[] {units, 3L * units});
    }

    private Optional<Array> bias(List<Array> weights, int row) {
        if (!useBias) {
            return Optional.empty();
        }
        Array bias = weights.get(2);
        long wide = 3L * units;
        return Optional.of(
                resetAfter
                        ? Arranging.slice(bias, new long[] {row, 0}, new long[] {row + 1L, wide})
                                .reshape(wide)
                        : bias);
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
