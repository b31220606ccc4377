package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Images;
import org.netsplice.ops.Window;

/** Convolution of images: {@code Conv2D(32, 3)} turns (None, 28, 28, 1) into (None, 26, 26, 32). */
public record Conv2D(
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        int groups,
        Activation activation,
        boolean useBias)
        implements ComputedLayer {
    static final Kind<Conv2D> KIND = Kind.of(
                    "Conv2D",
                    Conv2D.class,
                    Kind.Family.CONVOLUTION,
                    "Moves small kernels over an image and sums the products.",
                    new Kind.Example("filters=4, kernel_size=3, padding=same", "(None, 8, 8, 2)"))
            .with(
                    Setting.integer("filters", 16, 1, "Number of output channels."),
                    Setting.sizes("kernel_size", 2, 3, "Height and width of the kernel."),
                    Setting.sizes("strides", 2, 1, "Steps of the kernel."),
                    Setting.choice("padding", Padding.VALID, Padding.HELP),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.sizes("dilation_rate", 2, 1, "Spacing of the kernel's cells."),
                    Setting.integer("groups", 1, 1, "Parts into which the channels are divided."),
                    Setting.activation("activation", "Applied to the result."),
                    Setting.flag("use_bias", true, "Whether a bias is added."))
            .requires("filters", "kernel_size");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = dataFormat.last(Shapes.exactly(inputs, 4));
        long channels = Shapes.known(shape, 3);
        Kernels.divided(groups, channels, filters);
        return Shapes.floats(dataFormat.shape(
                inputs.get(0).shape(),
                image -> activation.shape(Windows.moved(image, window()).with(3, filters))));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(3) / groups;
        return Kernels.weights(useBias, filters, kernelSize.get(0), kernelSize.get(1), in, filters);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return List.of(dataFormat.compute(
                inputs.get(0), x -> activation.apply(Images.convolve(x, weights.get(0), bias, window(), groups))));
    }

    private Window window() {
        return Windows.of(kernelSize, strides, dilationRate, padding);
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(3) / groups;
        return 2L
                * kernelSize.get(0)
                * kernelSize.get(1)
                * in
                * outputs.get(0).shape().elementsPerRow();
    }
}
