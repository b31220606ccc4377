package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
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

    /**
     * The axes of such a cell: in the result and the states, the kernels and the bias, every gate has the units in one order.
     *
     * @param biasAxis the axis of the gates in the bias; −1 without one
     */
    static Axes axes(List<TensorSpec> inputs, int units, int gates, int biasAxis) {
        List<Axes.Place> places = new ArrayList<>(List.of(
                Axes.Of.OUTPUT.at(0, 1),
                Axes.Of.WEIGHT.at(0, 1).repeated(gates),
                Axes.Of.WEIGHT.at(1, 0),
                Axes.Of.WEIGHT.at(1, 1).repeated(gates)));
        if (biasAxis >= 0) {
            places.add(Axes.Of.WEIGHT.at(2, biasAxis).repeated(gates));
        }
        for (int state = 1; state < inputs.size(); state++) {
            places.add(Axes.Of.INPUT.at(state, 1));
            places.add(Axes.Of.OUTPUT.at(state, 1));
        }
        return Axes.FIXED
                .bond(inputs.get(0).shape().last(), Axes.Of.INPUT.at(0, 1), Axes.Of.WEIGHT.at(0, 0))
                .bond(units, places);
    }
}
