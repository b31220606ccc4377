package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Recurrent;
import org.netsplice.ops.Spatial;
import org.netsplice.ops.Window;

/** A step of a convolutional LSTM, gates in the order i, f, c, o: an image (None, 8, 8, 3) and two states (None, 6, 6, 4) give (None, 6, 6, 4) and new states. */
public record ConvLSTMCell(
        int directions,
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat,
        List<Integer> dilationRate,
        Activation activation,
        Activation recurrentActivation,
        boolean useBias)
        implements RecurrentCell {

    static Setting<?>[] settings(int directions) {
        return new Setting<?>[] {
            Setting.integer("filters", 8, 1, "Number of output channels."),
            Setting.sizes("kernel_size", directions, 3, Kernels.SIZES[directions - 1] + " of the kernel."),
            Setting.sizes("strides", directions, 1, "Steps of the kernel."),
            Setting.choice("padding", Padding.VALID, Padding.HELP),
            Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
            Setting.sizes("dilation_rate", directions, 1, "Spacing of the kernel's cells."),
            Cells.ACTIVATION,
            Cells.RECURRENT_ACTIVATION,
            Cells.BIAS
        };
    }

    @Override
    public Kind<?> kind() {
        throw new IllegalStateException("the cell of a ConvLSTM is not a layer of its own");
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Shape> states(Shape step) {
        Shape state =
                dataFormat.shape(step, image -> Shapes.moved(image, window()).with(-1, filters));
        return List.of(state, state);
    }

    private Window window() {
        return Kernels.window(kernelSize, strides, dilationRate, padding.border());
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Shape step = dataFormat.last(Shapes.exactly(inputs, directions + 2));
        long in = Shapes.known(step, directions + 1);
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, Kernels.sizes(kernelSize, in, 4L * filters)));
        specs.add(WeightSpec.trainable(
                "recurrent_kernel", Initial.GLOROT_UNIFORM, Kernels.sizes(kernelSize, filters, 4L * filters)));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.FORGET, 4L * filters));
        }
        return specs;
    }

    @Override
    public Array prepared(Array steps, List<Array> weights) {
        Array images = dataFormat == DataFormat.CHANNELS_LAST ? steps : Arranging.channelsLast(steps);
        Optional<Array> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        return Spatial.convolve(images, weights.get(0), bias, window(), 1);
    }

    @Override
    public Recurrent.Step step(Array prepared, List<Array> states, List<Array> weights) {
        List<Integer> ones = Collections.nCopies(directions, 1);
        Window same = Kernels.window(kernelSize, ones, ones, Window.Border.SAME);
        Array hidden = last(states.get(0));
        Array gates = Arithmetic.add(prepared, Spatial.convolve(hidden, weights.get(1), Optional.empty(), same, 1));
        Array input = recurrentActivation.apply(Recurrent.part(gates, 0, filters));
        Array forget = recurrentActivation.apply(Recurrent.part(gates, 1, filters));
        Array candidate = activation.apply(Recurrent.part(gates, 2, filters));
        Array output = recurrentActivation.apply(Recurrent.part(gates, 3, filters));
        Array carry =
                Arithmetic.add(Arithmetic.multiply(forget, last(states.get(1))), Arithmetic.multiply(input, candidate));
        Array result = first(Arithmetic.multiply(output, activation.apply(carry)));
        return new Recurrent.Step(result, List.of(result, first(carry)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        Optional<OnnxValue> bias = useBias ? Optional.of(weights.get(2)) : Optional.empty();
        List<Integer> ones = Collections.nCopies(directions, 1);
        Window same = Kernels.window(kernelSize, ones, ones, Window.Border.SAME);
        List<OnnxValue> last = inputs.stream()
                .map(x -> dataFormat == DataFormat.CHANNELS_LAST ? x : onnx.channelsLast(x))
                .toList();
        OnnxValue prepared = OnnxWindows.convolve(onnx, last.get(0), weights.get(0), bias, window(), 1);
        OnnxValue recurrent = OnnxWindows.convolve(onnx, last.get(1), weights.get(1), Optional.empty(), same, 1);
        OnnxValue gates = onnx.add(prepared, recurrent);
        return OnnxSequences.longShortTerm(onnx, gates, last.get(2), activation, recurrentActivation).stream()
                .map(x -> dataFormat == DataFormat.CHANNELS_LAST ? x : onnx.channelsFirst(x))
                .toList();
    }

    private Array last(Array x) {
        return dataFormat == DataFormat.CHANNELS_LAST ? x : Arranging.channelsLast(x);
    }

    private Array first(Array x) {
        return dataFormat == DataFormat.CHANNELS_LAST ? x : Arranging.channelsFirst(x);
    }

    @Override
    public List<String> functions(WeightSpec weight) {
        return List.of("recurrent_activation", "recurrent_activation", "", "recurrent_activation");
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
