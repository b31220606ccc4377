package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
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

/** Transposed convolution, which enlarges: {@code Conv2DTranspose(8, 3, strides=2, padding="same")} turns (None, 8, 8, 4) into (None, 16, 16, 8). */
public record ConvolutionTranspose(
        int directions,
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        Optional<List<Integer>> outputPadding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        Activation activation,
        boolean useBias)
        implements ComputedLayer {
    static final List<Kind<ConvolutionTranspose>> KINDS =
            IntStream.rangeClosed(1, 3).mapToObj(ConvolutionTranspose::kind).toList();

    private static Kind<ConvolutionTranspose> kind(int directions) {
        return Kind.of(
                        "Conv" + directions + "DTranspose",
                        ConvolutionTranspose.class,
                        Kind.Family.CONVOLUTION,
                        "Enlarges " + (directions == 1 ? "a sequence" : "an image") + " by small kernels.",
                        new Kind.Example("filters=4, kernel_size=3, strides=2", Kernels.example(directions, 4, 2)))
                .constant("directions", directions)
                .settings(
                        Setting.integer("filters", 16, 1, "Number of output channels."),
                        Setting.sizes("kernel_size", directions, 3, Kernels.SIZES[directions - 1] + " of the kernel."),
                        Setting.sizes("strides", directions, 1, "How much larger the result becomes."),
                        Setting.choice("padding", Padding.VALID, Padding.HELP),
                        Setting.optionalSizes(
                                "output_padding", directions, 0, "Cells added at the end; empty for the default."),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                        Setting.sizes("dilation_rate", directions, 1, "Spacing of the kernel's cells."),
                        Activation.setting("activation", "Applied to the result."),
                        Setting.flag("use_bias", true, "Whether a bias is added."))
                .alsoNamed("Convolution" + directions + "DTranspose")
                .oldWeights(OldKernels.RULE)
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
        return Shapes.floats(dataFormat.shape(inputs.get(0).shape(), image -> {
            Shape larger = image.with(-1, filters);
            for (int i = 0; i < directions; i++) {
                larger = larger.with(i + 1, enlarged(image.size(i + 1), i));
            }
            return activation.shape(larger);
        }));
    }

    /** As {@code compute_conv_transpose_output_shape} of Keras 3. */
    private long enlarged(long size, int direction) {
        if (size == Shape.UNKNOWN) {
            return size;
        }
        long stride = strides.get(direction);
        long kernel = (kernelSize.get(direction) - 1L) * dilationRate.get(direction) + 1;
        Optional<Integer> more = outputPadding.map(all -> all.get(direction));
        long inner = Math.multiplyExact(size - 1, stride);
        long enlarged = padding == Padding.VALID
                ? Math.addExact(inner, kernel + more.map(Integer::longValue).orElse(Math.max(stride - kernel, 0)))
                : Math.addExact(inner, more.map(extra -> kernel % 2 + extra).orElse(stride));
        if (enlarged < 0 || (enlarged == 0 && size > 0)) {
            throw new Misfit(
                    "would make none of " + size + " cells, with output_padding " + more.orElse(0),
                    "Choose a larger output_padding, or none.");
        }
        return enlarged;
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return Kernels.weights(useBias, filters, Kernels.sizes(kernelSize, filters, channels(inputs)));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int channel = dataFormat.channelAxis(directions + 2);
        Axes axes =
                Axes.FIXED.bond(channels(inputs), Axes.Of.INPUT.at(0, channel), Axes.Of.WEIGHT.at(0, directions + 1));
        return activation.keepsOrder()
                ? Kernels.filters(
                        axes, filters, useBias, Axes.Of.OUTPUT.at(0, channel), Axes.Of.WEIGHT.at(0, directions))
                : axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        Window window = Kernels.window(kernelSize, strides, dilationRate, padding.border());
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            long[] sizes = IntStream.range(0, directions)
                    .mapToLong(i -> enlarged(x.size(i + 1), i))
                    .toArray();
            return activation.apply(Spatial.convolveTransposed(x, weights.get(0), bias, window, sizes));
        }));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        Optional<OnnxValue> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        Window window = Kernels.window(kernelSize, strides, dilationRate, padding.border());
        List<Long> one =
                IntStream.range(0, directions).mapToObj(i -> enlarged(1, i)).toList();
        return List.of(dataFormat.write(
                onnx,
                inputs.get(0),
                x -> activation.write(
                        onnx, OnnxWindows.convolveTransposed(onnx, x, weights.get(0), bias, window, one))));
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    /** The engine looks, for each number of the result, at the whole kernel. */
    @Override
    public long work(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(
                2,
                Kernels.cells(kernelSize),
                channels(inputs),
                outputs.get(0).shape().elementsPerRow());
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(
                2, Kernels.cells(kernelSize), filters, inputs.get(0).shape().elementsPerRow());
    }
}
