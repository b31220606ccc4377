package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Spatial;
import org.netsplice.ops.Window;

/** A depthwise convolution followed by a pointwise one: {@code SeparableConv2D(8, 3)} turns (None, 8, 8, 3) into (None, 6, 6, 8). */
public record SeparableConvolution(
        int directions,
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        SequencePadding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        int depthMultiplier,
        Activation activation,
        boolean useBias)
        implements WrittenAsSteps {
    static final List<Kind<SeparableConvolution>> KINDS =
            IntStream.rangeClosed(1, 2).mapToObj(SeparableConvolution::kind).toList();

    private static Kind<SeparableConvolution> kind(int directions) {
        return Kind.of(
                        "SeparableConv" + directions + "D",
                        SeparableConvolution.class,
                        Kind.Family.CONVOLUTION,
                        "Convolves each channel separately, then mixes the channels.",
                        new Kind.Example("filters=4, kernel_size=3", Kernels.example(directions, 8, 3)))
                .constant("directions", directions)
                .settings(
                        Setting.integer("filters", 16, 1, "Number of output channels."),
                        Setting.sizes("kernel_size", directions, 3, Kernels.SIZES[directions - 1] + " of the kernel."),
                        Setting.sizes("strides", directions, 1, "Steps of the kernel."),
                        SequencePadding.setting(directions),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                        Setting.sizes("dilation_rate", directions, 1, "Spacing of the kernel's cells."),
                        Setting.integer("depth_multiplier", 1, 1, "Depthwise channels for each input channel."),
                        Activation.setting("activation", "Applied to the result."),
                        Setting.flag("use_bias", true, "Whether a bias is added."))
                .alsoNamed("SeparableConvolution" + directions + "D")
                .requires("filters", "kernel_size")
                .shows("kernel_size", "#")
                .shows("filters", "# filters")
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
        channels(inputs);
        return Shapes.floats(dataFormat.shape(
                inputs.get(0).shape(),
                image -> activation.shape(Shapes.moved(image, window()).with(-1, filters))));
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = channels(inputs);
        List<Integer> point = Collections.nCopies(directions, 1);
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.trainable(
                "depthwise_kernel", Initial.GLOROT_UNIFORM, Kernels.sizes(kernelSize, in, depthMultiplier)));
        specs.add(WeightSpec.trainable(
                "pointwise_kernel", Initial.GLOROT_UNIFORM, Kernels.sizes(point, in * depthMultiplier, filters)));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.ZEROS, filters));
        }
        return specs;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int channel = dataFormat.channelAxis(directions + 2);
        Axes axes = Axes.FIXED.bond(
                channels(inputs),
                Axes.Of.INPUT.at(0, channel),
                Axes.Of.WEIGHT.at(0, directions),
                Axes.Of.WEIGHT.at(1, directions).spread(depthMultiplier));
        return activation.keepsOrder()
                ? Kernels.filters(
                        axes, filters, useBias, Axes.Of.OUTPUT.at(0, channel), Axes.Of.WEIGHT.at(1, directions + 1))
                : axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            Array deep = Spatial.convolveDepthwise(x, weights.get(0), Optional.empty(), window());
            return activation.apply(Spatial.convolve(deep, weights.get(1), bias, Window.point(directions), 1));
        }));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        Optional<OnnxValue> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        return List.of(dataFormat.write(onnx, inputs.get(0), x -> {
            OnnxValue deep = OnnxWindows.convolveDepthwise(onnx, x, weights.get(0), Optional.empty(), window());
            Window point = Window.point(directions);
            return activation.write(onnx, OnnxWindows.convolve(onnx, deep, weights.get(1), bias, point, 1));
        }));
    }

    /** Keras 3 has no causal padding for this layer; zeros before the first step are the same. */
    @Override
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        if (padding != SequencePadding.CAUSAL) {
            return Optional.empty();
        }
        int before = (kernelSize.get(0) - 1) * dilationRate.get(0);
        return Optional.of(Submodel.chain(
                new Borders(true, 1, List.of(before, 0), List.of(0, 0), dataFormat),
                new SeparableConvolution(
                        directions,
                        filters,
                        kernelSize,
                        strides,
                        SequencePadding.VALID,
                        dataFormat,
                        dilationRate,
                        depthMultiplier,
                        activation,
                        useBias)));
    }

    private Window window() {
        return Kernels.window(kernelSize, strides, dilationRate, padding.border());
    }

    /** No activation follows the depthwise kernel directly: its result goes into the pointwise convolution. */
    @Override
    public List<String> functions(WeightSpec weight) {
        return weight.name().startsWith("depthwise") ? List.of() : List.of("activation");
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Shape out = dataFormat.last(outputs.get(0).shape());
        long each = Math.addExact(Kernels.cells(kernelSize), filters);
        return Layer.product(2, out.elementsPerRow() / filters, channels(inputs), depthMultiplier, each);
    }
}
