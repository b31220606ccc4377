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

/** Convolution of sequences: {@code Conv1D(8, 3)} turns (None, 100, 4) into (None, 98, 8). */
public record Conv1D(
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        SequencePadding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        int groups,
        Activation activation,
        boolean useBias)
        implements ComputedLayer {
    static final Kind<Conv1D> KIND = Kind.of(
                    "Conv1D",
                    Conv1D.class,
                    Kind.Family.CONVOLUTION,
                    "Moves small kernels along a sequence and sums the products.",
                    new Kind.Example("filters=4, kernel_size=3, padding=causal", "(None, 9, 2)"))
            .with(
                    Setting.integer("filters", 16, 1, "Number of output channels."),
                    Setting.sizes("kernel_size", 1, 3, "Steps the kernel covers."),
                    Setting.sizes("strides", 1, 1, "Steps of the kernel."),
                    Setting.choice("padding", SequencePadding.VALID, SequencePadding.HELP),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.sizes("dilation_rate", 1, 1, "Spacing of the kernel's cells."),
                    Setting.integer("groups", 1, 1, "Parts into which the channels are divided."),
                    Setting.activation("activation", "Applied to the result."),
                    Setting.flag("use_bias", true, "Whether a bias is added."))
            .requires("filters", "kernel_size");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    private long before() {
        return padding == SequencePadding.CAUSAL ? (kernelSize.get(0) - 1L) * dilationRate.get(0) : 0;
    }

    private Window window() {
        return Sequences.window(
                kernelSize.get(0), strides.get(0), dilationRate.get(0), padding == SequencePadding.SAME);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.exactly(inputs, 3);
        long channels = Shapes.known(dataFormat.last(shape), 2);
        Kernels.divided(groups, channels, filters);
        return Shapes.floats(dataFormat.shape(shape, sequence -> {
            long steps = sequence.size(1) == Shape.UNKNOWN ? Shape.UNKNOWN : sequence.size(1) + before();
            Shape moved = Windows.moved(Sequences.image(sequence.with(1, steps)), window());
            return activation.shape(Sequences.sequence(moved).with(2, filters));
        }));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(2) / groups;
        return Kernels.weights(useBias, filters, kernelSize.get(0), in, filters);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        Array kernel = weights.get(0);
        Array flat = kernel.reshape(1, kernel.size(0), kernel.size(1), kernel.size(2));
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            Array padded = before() == 0 ? x : Arranging.pad(x, new long[] {0, before(), 0}, new long[] {0, 0, 0}, 0);
            Array convolved = Images.convolve(Sequences.image(padded), flat, bias, window(), groups);
            return activation.apply(Sequences.sequence(convolved));
        }));
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        long in = dataFormat.last(inputs.get(0).shape()).size(2) / groups;
        return 2L * kernelSize.get(0) * in * outputs.get(0).shape().elementsPerRow();
    }
}
