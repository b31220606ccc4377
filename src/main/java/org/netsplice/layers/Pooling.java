package org.netsplice.layers;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Spatial;
import org.netsplice.ops.Window;

/** The maximum or mean of each window: {@code MaxPooling2D(2)} turns (None, 26, 26, 32) into (None, 13, 13, 32). */
public record Pooling(
        boolean maximum,
        int directions,
        List<Integer> poolSize,
        Optional<List<Integer>> strides,
        Padding padding,
        DataFormat dataFormat)
        implements ComputedLayer {
    static final List<Kind<Pooling>> KINDS = IntStream.rangeClosed(1, 3)
            .boxed()
            .flatMap(directions -> Stream.of(kind(true, directions), kind(false, directions)))
            .toList();

    private static Kind<Pooling> kind(boolean maximum, int directions) {
        return Kind.of(
                        (maximum ? "Max" : "Average") + "Pooling" + directions + "D",
                        Pooling.class,
                        Kind.Family.POOLING,
                        "Keeps the " + (maximum ? "largest value" : "mean") + " of each window of "
                                + (directions == 1 ? "a sequence." : "an image."),
                        new Kind.Example("pool_size=3, strides=2, padding=same", Kernels.example(directions, 8, 3)))
                .alsoNamed((maximum ? "MaxPool" : "AvgPool") + directions + "D")
                .constant("maximum", maximum)
                .constant("directions", directions)
                .settings(
                        Setting.sizes("pool_size", directions, 2, Kernels.SIZES[directions - 1] + " of the window."),
                        Setting.optionalSizes("strides", directions, 1, "Steps of the window; its size when empty."),
                        Setting.choice("padding", Padding.VALID, Padding.HELP),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
                .shows("pool_size", "#")
                .shows("strides", "stride #=")
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(2 * (directions - 1) + (maximum ? 0 : 1));
    }

    private Window window() {
        List<Integer> ones = Collections.nCopies(directions, 1);
        return Kernels.window(poolSize, strides.orElse(poolSize), ones, padding.border());
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0)
                .with(dataFormat.shape(
                        Shapes.exactly(inputs, directions + 2), image -> Shapes.moved(image, window()))));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int channel = dataFormat.channelAxis(directions + 2);
        return Axes.moved(inputs, channel, channel);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(
                inputs.get(0), x -> maximum ? Spatial.poolMaximum(x, window()) : Spatial.poolAverage(x, window())));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(dataFormat.write(onnx, inputs.get(0), x -> OnnxWindows.pool(onnx, x, window(), maximum)));
    }
}
