package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Reducing;

/** The maximum or mean over all positions: {@code GlobalAveragePooling2D()} turns (None, 7, 7, 64) into (None, 64). */
public record GlobalPooling(boolean maximum, int directions, DataFormat dataFormat, boolean keepdims, Arguments call)
        implements ComputedLayer {
    static final List<Kind<GlobalPooling>> KINDS = IntStream.rangeClosed(1, 3)
            .boxed()
            .flatMap(directions -> List.of(kind(false, directions), kind(true, directions)).stream())
            .toList();

    private static Kind<GlobalPooling> kind(boolean maximum, int directions) {
        String example = "(None" + ", 4".repeat(directions) + ", 3)";
        return Kind.of(
                        name(maximum, directions),
                        GlobalPooling.class,
                        Kind.Family.POOLING,
                        "Keeps the " + (maximum ? "largest value" : "mean") + " of every channel.",
                        new Kind.Example("", example))
                .alsoNamed("Global" + (maximum ? "Max" : "Avg") + "Pool" + directions + "D")
                .constant("maximum", maximum)
                .constant("directions", directions)
                .parameters(Parameter.value("inputs"), Parameter.keyword("mask"))
                .settings(
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                        Setting.flag("keepdims", false, "Whether the pooled axes stay with size 1."))
                .build();
    }

    private static String name(boolean maximum, int directions) {
        return "Global" + (maximum ? "Max" : "Average") + "Pooling" + directions + "D";
    }

    @Override
    public Kind<?> kind() {
        return KINDS.stream()
                .filter(kind -> kind.className().equals(name(maximum, directions)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.exactly(inputs, directions + 2);
        int channels = dataFormat == DataFormat.CHANNELS_LAST ? directions + 1 : 1;
        if (!keepdims) {
            return Shapes.floats(Shape.of(shape.size(0), shape.size(channels)));
        }
        Shape kept = shape;
        for (int axis : pooled()) {
            kept = kept.with(axis, 1);
        }
        return Shapes.floats(kept);
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public Arity arity() {
        return call.plain() ? Arity.ONE : new Arity(call.count(), call.count());
    }

    @Override
    public boolean readsMasks() {
        return averagesSteps();
    }

    private boolean averagesSteps() {
        return !maximum && directions == 1;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int channel = dataFormat.channelAxis(directions + 2);
        return Axes.moved(inputs, channel, keepdims ? channel : 1);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        Optional<Array> mask = call.mask(inputs, masks);
        if (!averagesSteps() || mask.isEmpty()) {
            return forward(inputs, weights);
        }
        int steps = pooled()[0];
        Array counted = mask.get();
        long[] open = {counted.size(0), 1, 1};
        open[steps] = counted.size(1);
        Array wide = counted.reshape(open);
        Array sum = Reducing.over(Arithmetic.multiply(inputs.get(0), wide), keepdims, Reducing.SUM, steps);
        Array count = Reducing.over(wide, keepdims, Reducing.SUM, steps);
        return List.of(Arithmetic.divide(sum, count));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(
                maximum
                        ? Reducing.maximum(inputs.get(0), keepdims, pooled())
                        : Reducing.mean(inputs.get(0), keepdims, pooled()));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(onnx.reduce(maximum ? "ReduceMax" : "ReduceMean", onnx.real(inputs.get(0)), keepdims, pooled()));
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        Optional<OnnxValue> mask = call.mask(inputs, masks);
        if (!averagesSteps() || mask.isEmpty()) {
            return write(onnx, inputs, weights);
        }
        int steps = pooled()[0];
        OnnxValue x = onnx.real(inputs.get(0));
        OnnxValue counted = onnx.insert(onnx.cast(mask.get(), x.type()), 3 - steps);
        OnnxValue sum = onnx.reduce("ReduceSum", onnx.multiply(x, counted), keepdims, steps);
        return List.of(onnx.divide(sum, onnx.reduce("ReduceSum", counted, keepdims, steps)));
    }

    private int[] pooled() {
        int first = dataFormat == DataFormat.CHANNELS_LAST ? 1 : 2;
        return IntStream.range(first, first + directions).toArray();
    }
}
