package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;

/** Settings and kernels that the cells of LSTM, GRU and SimpleRNN share. */
final class Cells {
    static final Setting<Integer> UNITS = Setting.integer("units", 32, 1, "Size of the output.");
    static final Setting<Activation> ACTIVATION = activation("activation", "tanh", "Applied to the new state.");
    static final Setting<Activation> RECURRENT_ACTIVATION =
            activation("recurrent_activation", "sigmoid", "Applied to the gates.");
    static final Setting<Boolean> BIAS = Setting.flag("use_bias", true, "Whether a bias is added.");

    private Cells() {}

    /** An activation that keeps the number of values, which excludes {@code glu}. */
    private static Setting<Activation> activation(String name, String fallback, String help) {
        Codec<Activation> any = Activation.CODEC;
        return new Setting<>(
                name,
                Activation.named(fallback),
                help,
                new Codec<>(
                        any.range(),
                        any.choices().stream()
                                .filter(choice -> !choice.equals("glu"))
                                .toList(),
                        json -> {
                            Activation read = any.reader().apply(json);
                            if (read.text().equals("glu")) {
                                throw json.wrong(
                                        "the activation glu halves its input, which a recurrent layer cannot use");
                            }
                            return read;
                        },
                        any.writer()));
    }

    /** Kernel and recurrent kernel for a number of gates. */
    static List<WeightSpec> kernels(List<TensorSpec> inputs, int units, int gates) {
        Shape step = Shapes.exactly(inputs, 2);
        long wide = (long) gates * units;
        return List.of(
                WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, Shapes.known(step, 1), wide),
                WeightSpec.trainable("recurrent_kernel", Initial.ORTHOGONAL, units, wide));
    }
}
