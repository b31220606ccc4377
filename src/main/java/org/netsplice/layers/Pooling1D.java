package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Images;
import org.netsplice.ops.Window;

/** The maximum or mean of each window of a sequence: {@code MaxPooling1D(2)} turns (None, 100, 8) into (None, 50, 8). */
public record Pooling1D(
        boolean maximum,
        List<Integer> poolSize,
        Optional<List<Integer>> strides,
        Padding padding,
        DataFormat dataFormat)
        implements ComputedLayer {
    static final Kind<Pooling1D> MAX =
            kind("MaxPooling1D", true, "Keeps the largest value of each window of a sequence.");
    static final Kind<Pooling1D> AVERAGE =
            kind("AveragePooling1D", false, "Keeps the mean of each window of a sequence.");

    private static Kind<Pooling1D> kind(String name, boolean maximum, String summary) {
        return Kind.of(
                        name,
                        Pooling1D.class,
                        Kind.Family.POOLING,
                        summary,
                        new Kind.Example("pool_size=3, strides=2, padding=same", "(None, 9, 4)"))
                .constant("maximum", maximum)
                .with(
                        Setting.sizes("pool_size", 1, 2, "Steps of the window."),
                        Setting.optionalSizes("strides", 1, "Steps the window moves; its size when empty."),
                        Setting.choice("padding", Padding.VALID, Padding.HELP),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP));
    }

    @Override
    public Kind<?> kind() {
        return maximum ? MAX : AVERAGE;
    }

    private Window window() {
        return Sequences.window(poolSize.get(0), strides.orElse(poolSize).get(0), 1, padding == Padding.SAME);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0)
                .with(dataFormat.shape(
                        Shapes.exactly(inputs, 3),
                        sequence -> Sequences.sequence(Windows.moved(Sequences.image(sequence), window())))));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            Array image = Sequences.image(x);
            return Sequences.sequence(
                    maximum ? Images.poolMaximum(image, window()) : Images.poolAverage(image, window()));
        }));
    }
}
