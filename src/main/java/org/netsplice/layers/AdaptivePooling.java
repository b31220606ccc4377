package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Running;

/** The maximum or mean of windows that divide the input evenly: {@code AdaptiveAveragePooling2D(3)} turns (None, 10, 8, 4) into (None, 3, 3, 4). */
public record AdaptivePooling(boolean maximum, int directions, List<Integer> outputSize, DataFormat dataFormat)
        implements ComputedLayer {
    static final List<Kind<AdaptivePooling>> KINDS = IntStream.rangeClosed(1, 3)
            .boxed()
            .flatMap(directions -> Stream.of(kind(true, directions), kind(false, directions)))
            .toList();

    private static Kind<AdaptivePooling> kind(boolean maximum, int directions) {
        return Kind.of(
                        "Adaptive" + (maximum ? "Max" : "Average") + "Pooling" + directions + "D",
                        AdaptivePooling.class,
                        Kind.Family.POOLING,
                        "Keeps the " + (maximum ? "largest value" : "mean")
                                + " of windows that divide the input evenly.",
                        new Kind.Example("output_size=3", Kernels.example(directions, 5, 2)))
                .constant("maximum", maximum)
                .constant("directions", directions)
                .settings(
                        Setting.sizes("output_size", directions, 1, "How many windows in each direction."),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
                .requires("output_size")
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(2 * (directions - 1) + (maximum ? 0 : 1));
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(dataFormat.shape(Shapes.exactly(inputs, directions + 2), image -> {
            Shape pooled = image;
            for (int i = 0; i < directions; i++) {
                Shapes.known(image, i + 1);
                pooled = pooled.with(i + 1, outputSize.get(i));
            }
            return pooled;
        })));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            Array pooled = x;
            for (int i = 0; i < directions; i++) {
                pooled = pooled(pooled, i + 1, outputSize.get(i));
            }
            return pooled;
        }));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(dataFormat.write(onnx, inputs.get(0), x -> {
            OnnxValue pooled = onnx.real(x);
            for (int i = 0; i < directions; i++) {
                pooled = pooled(onnx, pooled, i + 1, outputSize.get(i));
            }
            return pooled;
        }));
    }

    private OnnxValue pooled(OnnxBuilder onnx, OnnxValue x, int axis, int windows) {
        long size = x.size(axis);
        List<OnnxValue> parts = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            OnnxValue part = onnx.slice(x, axis, i * size / windows, ((i + 1) * size + windows - 1) / windows);
            parts.add(onnx.reduce(maximum ? "ReduceMax" : "ReduceMean", part, true, axis));
        }
        return onnx.concat(axis, parts);
    }

    /** Window {@code i} of {@code n} reaches from floor(i · size / n) to ceil((i + 1) · size / n). */
    private Array pooled(Array x, int axis, int windows) {
        long size = x.size(axis);
        int[] from = new int[windows];
        int[] to = new int[windows];
        for (int i = 0; i < windows; i++) {
            from[i] = Math.toIntExact(i * size / windows);
            to[i] = Math.toIntExact(((i + 1) * size + windows - 1) / windows);
        }
        return Running.windows(x, axis, maximum ? Reducing.MAXIMUM : Reducing.MEAN, from, to);
    }
}
