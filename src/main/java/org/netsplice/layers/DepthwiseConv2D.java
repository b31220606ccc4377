package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Images;
import org.netsplice.ops.Window;

/** Every channel with kernels of its own: {@code DepthwiseConv2D(3, depth_multiplier=2)} turns (None, 8, 8, 3) into (None, 6, 6, 6). */
public record DepthwiseConv2D(
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        int depthMultiplier,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        Activation activation,
        boolean useBias)
        implements ComputedLayer {
    static final Kind<DepthwiseConv2D> KIND = Kind.of(
                    "DepthwiseConv2D",
                    DepthwiseConv2D.class,
                    Kind.Family.CONVOLUTION,
                    "Convolves each channel separately.",
                    new Kind.Example("kernel_size=3, depth_multiplier=2", "(None, 8, 8, 3)"))
            .with(
                    Setting.sizes("kernel_size", 2, 3, "Height and width of the kernel."),
                    Setting.sizes("strides", 2, 1, "Steps of the kernel."),
                    Setting.choice("padding", Padding.VALID, Padding.HELP),
                    Setting.integer("depth_multiplier", 1, 1, "Output channels for each input channel."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.sizes("dilation_rate", 2, 1, "Spacing of the kernel's cells."),
                    Setting.activation("activation", "Applied to the result."),
                    Setting.flag("use_bias", true, "Whether a bias is added."))
            .requires("kernel_size");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        long in = Shapes.known(dataFormat.last(Shapes.exactly(inputs, 4)), 3);
        return Shapes.floats(dataFormat.shape(
                inputs.get(0).shape(),
                image -> activation.shape(Windows.moved(image, window()).with(3, in * depthMultiplier))));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(3);
        return Kernels.weights(
                useBias, in * depthMultiplier, kernelSize.get(0), kernelSize.get(1), in, depthMultiplier);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return List.of(dataFormat.compute(
                inputs.get(0), x -> activation.apply(Images.convolveDepthwise(x, weights.get(0), bias, window()))));
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
        return 2L
                * kernelSize.get(0)
                * kernelSize.get(1)
                * outputs.get(0).shape().elementsPerRow();
    }
}
