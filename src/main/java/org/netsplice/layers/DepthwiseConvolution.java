package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Rescalable;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Spatial;
import org.netsplice.ops.Window;

/** Every channel with kernels of its own: {@code DepthwiseConv2D(3, depth_multiplier=2)} turns (None, 8, 8, 3) into (None, 6, 6, 6). */
public record DepthwiseConvolution(
        int directions,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        int depthMultiplier,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        Activation activation,
        boolean useBias)
        implements Rescalable {
    static final List<Kind<DepthwiseConvolution>> KINDS =
            IntStream.rangeClosed(1, 2).mapToObj(DepthwiseConvolution::kind).toList();

    private static Kind<DepthwiseConvolution> kind(int directions) {
        return Kind.of(
                        "DepthwiseConv" + directions + "D",
                        DepthwiseConvolution.class,
                        Kind.Family.CONVOLUTION,
                        "Convolves each channel separately.",
                        new Kind.Example("kernel_size=3, depth_multiplier=2", Kernels.example(directions, 8, 3)))
                .constant("directions", directions)
                .settings(
                        Setting.sizes("kernel_size", directions, 3, Kernels.SIZES[directions - 1] + " of the kernel."),
                        Setting.sizes("strides", directions, 1, "Steps of the kernel."),
                        Setting.choice("padding", Padding.VALID, Padding.HELP),
                        Setting.integer("depth_multiplier", 1, 1, "Output channels for each input channel."),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                        Setting.sizes("dilation_rate", directions, 1, "Spacing of the kernel's cells."),
                        Activation.setting("activation", "Applied to the result."),
                        Setting.flag("use_bias", true, "Whether a bias is added."))
                .requires("kernel_size")
                .shows("kernel_size", "#")
                .shows("strides", "stride #=")
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(directions - 1);
    }

    private long channels(List<TensorSpec> inputs) {
        return Shapes.known(dataFormat.last(Shapes.exactly(inputs, directions + 2)), directions + 1);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        long filters = channels(inputs) * depthMultiplier;
        return Shapes.floats(dataFormat.shape(
                inputs.get(0).shape(),
                image -> activation.shape(Shapes.moved(image, window()).with(-1, filters))));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = channels(inputs);
        return Kernels.weights(useBias, in * depthMultiplier, Kernels.sizes(kernelSize, in, depthMultiplier));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        if (!activation.keepsOrder()) {
            return Axes.FIXED;
        }
        int channel = dataFormat.channelAxis(directions + 2);
        List<Axes.Place> places = new ArrayList<>(List.of(
                Axes.Of.INPUT.at(0, channel),
                Axes.Of.OUTPUT.at(0, channel).spread(depthMultiplier),
                Axes.Of.WEIGHT.at(0, directions)));
        if (useBias) {
            places.add(Axes.Of.WEIGHT.at(1, 0).spread(depthMultiplier));
        }
        return Axes.FIXED.bond(channels(inputs), places);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return List.of(dataFormat.compute(
                inputs.get(0), x -> activation.apply(Spatial.convolveDepthwise(x, weights.get(0), bias, window()))));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        Optional<OnnxValue> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return List.of(dataFormat.write(
                onnx,
                inputs.get(0),
                x -> activation.write(onnx, OnnxWindows.convolveDepthwise(onnx, x, weights.get(0), bias, window()))));
    }

    private Window window() {
        return Kernels.window(kernelSize, strides, dilationRate, padding.border());
    }

    @Override
    public int channelAxis(int rank) {
        return dataFormat == DataFormat.CHANNELS_FIRST ? rank - directions - 1 : rank - 1;
    }

    @Override
    public Optional<Weighted> rescaled(List<Tensor> weights, double[] factor, double[] offset) {
        if (!activation.equals(Activation.LINEAR)) {
            return Optional.empty();
        }
        Optional<Tensor> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        return Optional.of(new Weighted(
                new DepthwiseConvolution(
                        directions,
                        kernelSize,
                        strides,
                        padding,
                        depthMultiplier,
                        dataFormat,
                        dilationRate,
                        activation,
                        true),
                List.of(Rescalable.scaled(weights.get(0), factor), Rescalable.shifted(bias, factor, offset))));
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(
                2, Kernels.cells(kernelSize), outputs.get(0).shape().elementsPerRow());
    }
}
