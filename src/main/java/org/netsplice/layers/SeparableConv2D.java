package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Images;
import org.netsplice.ops.Window;

/** A depthwise convolution and then one with 1 × 1 kernels: {@code SeparableConv2D(8, 3)} turns (None, 8, 8, 3) into (None, 6, 6, 8). */
public record SeparableConv2D(
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        int depthMultiplier,
        Activation activation,
        boolean useBias)
        implements ComputedLayer {
    static final Kind<SeparableConv2D> KIND = Kind.of(
                    "SeparableConv2D",
                    SeparableConv2D.class,
                    Kind.Family.CONVOLUTION,
                    "Convolves each channel separately, then mixes the channels.",
                    new Kind.Example("filters=4, kernel_size=3", "(None, 8, 8, 3)"))
            .with(
                    Setting.integer("filters", 16, 1, "Number of output channels."),
                    Setting.sizes("kernel_size", 2, 3, "Height and width of the kernel."),
                    Setting.sizes("strides", 2, 1, "Steps of the kernel."),
                    Setting.choice("padding", Padding.VALID, Padding.HELP),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.sizes("dilation_rate", 2, 1, "Spacing of the kernel's cells."),
                    Setting.integer("depth_multiplier", 1, 1, "Channels in between for each input channel."),
                    Setting.activation("activation", "Applied to the result."),
                    Setting.flag("use_bias", true, "Whether a bias is added."))
            .requires("filters", "kernel_size");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shapes.known(dataFormat.last(Shapes.exactly(inputs, 4)), 3);
        return Shapes.floats(dataFormat.shape(
                inputs.get(0).shape(),
                image -> activation.shape(Windows.moved(image, window()).with(3, filters))));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(3);
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.trainable(
                "depthwise_kernel", Initial.GLOROT_UNIFORM, kernelSize.get(0), kernelSize.get(1), in, depthMultiplier));
        specs.add(
                WeightSpec.trainable("pointwise_kernel", Initial.GLOROT_UNIFORM, 1, 1, in * depthMultiplier, filters));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.ZEROS, filters));
        }
        return specs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        Window point = new Window(new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1}, false);
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            Array deep = Images.convolveDepthwise(x, weights.get(0), Optional.empty(), window());
            return activation.apply(Images.convolve(deep, weights.get(1), bias, point, 1));
        }));
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
        Shape out = dataFormat.last(outputs.get(0).shape());
        long between = dataFormat.last(inputs.get(0).shape()).size(3) * depthMultiplier;
        long cells = out.elementsPerRow() / filters;
        return 2 * cells * between * ((long) kernelSize.get(0) * kernelSize.get(1) + filters);
    }
}
