package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Images;
import org.netsplice.ops.Window;

/** The maximum or mean of each window: {@code MaxPooling2D(2)} turns (None, 26, 26, 32) into (None, 13, 13, 32). */
public record Pooling2D(
        boolean maximum,
        List<Integer> poolSize,
        Optional<List<Integer>> strides,
        Padding padding,
        DataFormat dataFormat)
        implements ComputedLayer {
    static final Kind<Pooling2D> MAX =
            kind("MaxPooling2D", true, "Keeps the largest value of each window of an image.");
    static final Kind<Pooling2D> AVERAGE =
            kind("AveragePooling2D", false, "Keeps the mean of each window of an image.");

    private static Kind<Pooling2D> kind(String name, boolean maximum, String summary) {
        return Kind.of(
                        name,
                        Pooling2D.class,
                        Kind.Family.POOLING,
                        summary,
                        new Kind.Example("pool_size=3, strides=2, padding=same", "(None, 8, 8, 3)"))
                .constant("maximum", maximum)
                .with(
                        Setting.sizes("pool_size", 2, 2, "Height and width of the window."),
                        Setting.optionalSizes("strides", 2, "Steps of the window; its size when empty."),
                        Setting.choice("padding", Padding.VALID, Padding.HELP),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP));
    }

    @Override
    public Kind<?> kind() {
        return maximum ? MAX : AVERAGE;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0)
                .with(dataFormat.shape(Shapes.exactly(inputs, 4), image -> Windows.moved(image, window()))));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(
                inputs.get(0), x -> maximum ? Images.poolMaximum(x, window()) : Images.poolAverage(x, window())));
    }

    private Window window() {
        return Windows.of(poolSize, strides.orElse(poolSize), List.of(1, 1), padding);
    }
}
