package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Images;
import org.netsplice.ops.Window;

/** Convolution the other way round, which enlarges: {@code Conv2DTranspose(8, 3, strides=2, padding="same")} turns (None, 8, 8, 4) into (None, 16, 16, 8). */
public record Conv2DTranspose(
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat,
        Activation activation,
        boolean useBias)
        implements ComputedLayer {
    static final Kind<Conv2DTranspose> KIND = Kind.of(
                    "Conv2DTranspose",
                    Conv2DTranspose.class,
                    Kind.Family.CONVOLUTION,
                    "Enlarges an image by small kernels.",
                    new Kind.Example("filters=4, kernel_size=3, strides=2", "(None, 4, 5, 2)"))
            .with(
                    Setting.integer("filters", 16, 1, "Number of output channels."),
                    Setting.sizes("kernel_size", 2, 3, "Height and width of the kernel."),
                    Setting.sizes("strides", 2, 1, "How much larger the image becomes."),
                    Setting.choice("padding", Padding.VALID, Padding.HELP),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.activation("activation", "Applied to the result."),
                    Setting.flag("use_bias", true, "Whether a bias is added."))
            .supportsOnly("dilation_rate", 1, List.of(1, 1))
            .supportsOnly("output_padding")
            .requires("filters", "kernel_size");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.exactly(inputs, 4);
        Shapes.known(dataFormat.last(shape), 3);
        return Shapes.floats(dataFormat.shape(
                shape,
                image -> activation.shape(image.with(1, enlarged(image.size(1), 0))
                        .with(2, enlarged(image.size(2), 1))
                        .with(3, filters))));
    }

    private long enlarged(long size, int direction) {
        int stride = strides.get(direction);
        int more = padding == Padding.SAME ? 0 : reach(direction) - stride;
        return size == Shape.UNKNOWN ? size : size * stride + more;
    }

    /** The kernel's size once zeros fill the gaps that strides larger than the kernel would leave. */
    private int reach(int direction) {
        return Math.max(kernelSize.get(direction), strides.get(direction));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(3);
        return Kernels.weights(useBias, filters, kernelSize.get(0), kernelSize.get(1), filters, in);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        List<Integer> size = List.of(reach(0), reach(1));
        Array kernel = Arranging.pad(
                weights.get(0),
                new long[4],
                new long[] {size.get(0) - kernelSize.get(0), size.get(1) - kernelSize.get(1), 0, 0},
                0);
        Window window = Windows.of(size, strides, List.of(1, 1), padding);
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            long height = enlarged(x.size(1), 0);
            long width = enlarged(x.size(2), 1);
            return activation.apply(Images.convolveTransposed(x, kernel, bias, window, height, width));
        }));
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Shape in = inputs.get(0).shape();
        return 2L * kernelSize.get(0) * kernelSize.get(1) * filters * in.elementsPerRow();
    }
}
