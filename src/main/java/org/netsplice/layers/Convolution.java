package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Rescalable;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Spatial;
import org.netsplice.ops.Window;

/** Convolution of sequences, images and volumes: {@code Conv2D(32, 3)} turns (None, 28, 28, 1) into (None, 26, 26, 32). */
public record Convolution(
        int directions,
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        SequencePadding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        int groups,
        Activation activation,
        boolean useBias)
        implements WrittenAsSteps, Rescalable {
    static final List<Kind<Convolution>> KINDS =
            IntStream.rangeClosed(1, 3).mapToObj(Convolution::kind).toList();

    private static Kind<Convolution> kind(int directions) {
        String size = Kernels.SIZES[directions - 1];
        String padding = directions == 1 ? "causal" : "same";
        return Kind.of(
                        "Conv" + directions + "D",
                        Convolution.class,
                        Kind.Family.CONVOLUTION,
                        "Moves small kernels along " + (directions == 1 ? "a sequence" : "an image")
                                + " and sums the products.",
                        new Kind.Example(
                                "filters=4, kernel_size=3, strides=2, padding=" + padding,
                                Kernels.example(directions, 7, 2)))
                .constant("directions", directions)
                .settings(
                        Setting.integer("filters", 16, 1, "Number of output channels."),
                        Setting.sizes("kernel_size", directions, 3, size + " of the kernel."),
                        Setting.sizes("strides", directions, 1, "Steps of the kernel."),
                        SequencePadding.setting(directions),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                        Setting.sizes("dilation_rate", directions, 1, "Spacing of the kernel's cells."),
                        Setting.integer("groups", 1, 1, "Parts into which the channels are divided."),
                        Activation.setting("activation", "Applied to the result."),
                        Setting.flag("use_bias", true, "Whether a bias is added."))
                .alsoNamed("Convolution" + directions + "D", "AtrousConvolution" + directions + "D")
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

    private Window window() {
        return Kernels.window(kernelSize, strides, dilationRate, padding.border());
    }

    private long channels(List<TensorSpec> inputs) {
        return Shapes.known(dataFormat.last(image(inputs)), directions + 1);
    }

    /** The last axes of an input, of which the first is the batch or, in Keras 2, the last of several batch axes. */
    private Shape image(List<TensorSpec> inputs) {
        Shape shape = inputs.isEmpty() ? Shape.of() : inputs.get(0).shape();
        int more = Math.max(0, shape.rank() - directions - 2);
        return shape.rank() < directions + 2 ? Shapes.exactly(inputs, directions + 2) : shape.axes(more, shape.rank());
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Kernels.divided(groups, channels(inputs), filters);
        Shape shape = inputs.get(0).shape();
        Shape moved = dataFormat.shape(
                image(inputs),
                image -> activation.shape(Shapes.moved(image, window()).with(-1, filters)));
        return Shapes.floats(shape.axes(0, shape.rank() - moved.rank()).plus(moved));
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return Kernels.weights(useBias, filters, Kernels.sizes(kernelSize, channels(inputs) / groups, filters));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int rank = inputs.get(0).shape().rank();
        if (groups > 1 || rank != directions + 2) {
            return Axes.FIXED;
        }
        int channel = dataFormat.channelAxis(rank);
        Axes axes = Axes.FIXED.bond(channels(inputs), Axes.Of.INPUT.at(0, channel), Axes.Of.WEIGHT.at(0, directions));
        return activation.keepsOrder()
                ? Kernels.filters(
                        axes, filters, useBias, Axes.Of.OUTPUT.at(0, channel), Axes.Of.WEIGHT.at(0, directions + 1))
                : axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        Array x = inputs.get(0);
        long[] sizes = x.sizes();
        int more = sizes.length - directions - 2;
        long[] images = Arrays.copyOfRange(sizes, more, sizes.length);
        for (int axis = 0; axis < more; axis++) {
            images[0] *= sizes[axis];
        }
        Array result = dataFormat.compute(
                more == 0 ? x : x.reshape(images),
                all -> activation.apply(Spatial.convolve(all, weights.get(0), bias, window(), groups)));
        if (more == 0) {
            return List.of(result);
        }
        long[] unfolded = Arrays.copyOf(sizes, sizes.length);
        System.arraycopy(result.sizes(), 1, unfolded, more + 1, directions + 1);
        return List.of(result.reshape(unfolded));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        Optional<OnnxValue> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        OnnxValue x = inputs.get(0);
        Shape whole = x.shape();
        int more = whole.rank() - directions - 2;
        OnnxValue images = more == 0
                ? x
                : onnx.reshape(
                        x,
                        Shape.of(Shape.UNKNOWN)
                                .plus(whole.axes(more + 1, whole.rank()))
                                .sizes());
        OnnxValue result = dataFormat.write(
                onnx,
                images,
                all -> activation.write(onnx, OnnxWindows.convolve(onnx, all, weights.get(0), bias, window(), groups)));
        Shape unfolded = whole.axes(0, more + 1).plus(result.shape().axes(1, result.rank()));
        return List.of(more == 0 ? result : onnx.reshape(result, unfolded.sizes()));
    }

    @Override
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        ComputedLayer layer = this;
        int more = inputs.get(0).shape().rank() - directions - 2;
        for (int axis = 0; axis < more; axis++) {
            layer = new TimeDistributed(layer, MaskPolicy.KERAS_3, Arguments.PLAIN);
        }
        return more > 0 ? Optional.of(Submodel.chain(layer)) : Optional.empty();
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
                new Convolution(
                        directions,
                        filters,
                        kernelSize,
                        strides,
                        padding,
                        dataFormat,
                        dilationRate,
                        groups,
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
        long in = channels(inputs) / groups;
        return Layer.product(
                2, Kernels.cells(kernelSize), in, outputs.get(0).shape().elementsPerRow());
    }
}
