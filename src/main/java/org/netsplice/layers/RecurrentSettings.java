package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;

/** What LSTM, GRU and SimpleRNN have in common. */
final class RecurrentSettings {
    static final Setting<Integer> UNITS = Setting.integer("units", 32, 1, "Size of the output.");
    static final Setting<Activation> ACTIVATION =
            Setting.activation("activation", Activation.named("tanh"), "Applied to the new state.");
    static final Setting<Activation> RECURRENT =
            Setting.activation("recurrent_activation", Activation.named("sigmoid"), "Applied to the gates.");
    static final Setting<Boolean> BIAS = Setting.flag("use_bias", true, "Whether a bias is added.");
    static final Setting<Boolean> SEQUENCES =
            Setting.flag("return_sequences", false, "Whether the outputs of all steps are wanted, not only the last.");
    static final Setting<Boolean> BACKWARDS =
            Setting.flag("go_backwards", false, "Whether the sequence is read from its end.");

    private RecurrentSettings() {}

    static <L extends Record & ComputedLayer> Kind<L> common(Kind<L> kind) {
        return kind.supportsOnly("return_state", false)
                .supportsOnly("stateful", false)
                .requires("units")
                .storedIn("cell");
    }

    static List<TensorSpec> outputs(List<TensorSpec> inputs, int units, boolean sequences) {
        Shape shape = Shapes.exactly(inputs, 3);
        Shapes.known(shape, 2);
        return Shapes.floats(
                sequences ? Shape.of(shape.size(0), shape.size(1), units) : Shape.of(shape.size(0), units));
    }

    /** Kernel, recurrent kernel and bias for a number of gates; {@code first} is what a new bias holds. */
    static List<WeightSpec> weights(List<TensorSpec> inputs, int units, int gates, Initial first, long... bias) {
        List<WeightSpec> specs = new ArrayList<>();
        long wide = (long) gates * units;
        specs.add(WeightSpec.trainable(
                "kernel", Initial.GLOROT_UNIFORM, inputs.get(0).shape().last(), wide));
        specs.add(WeightSpec.trainable("recurrent_kernel", Initial.ORTHOGONAL, units, wide));
        if (bias.length > 0) {
            specs.add(WeightSpec.trainable("bias", first, bias));
        }
        return specs;
    }
}
