package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.KindBuilder;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Resampling;

/** Every cell repeated: {@code UpSampling2D(2)} turns (None, 8, 8, 3) into (None, 16, 16, 3). */
public record UpSampling(int directions, List<Integer> size, DataFormat dataFormat, Resampling.Method interpolation)
        implements ComputedLayer {
    static final List<Kind<UpSampling>> KINDS =
            IntStream.rangeClosed(1, 3).mapToObj(UpSampling::kind).toList();

    private static Kind<UpSampling> kind(int directions) {
        KindBuilder<UpSampling> kind = Kind.of(
                        "UpSampling" + directions + "D",
                        UpSampling.class,
                        Kind.Family.RESHAPING,
                        "Repeats every cell.",
                        new Kind.Example("size=2", "(None" + ", 3".repeat(directions) + ", 2)"))
                .constant("directions", directions)
                .settings(
                        directions == 1
                                ? Setting.single("size", 2, "Number of repetitions.")
                                : Setting.sizes("size", directions, 2, "Number of repetitions in each direction."));
        if (directions == 1) {
            kind.constant("dataFormat", DataFormat.CHANNELS_LAST);
        } else {
            kind.settings(Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP));
        }
        return (directions == 2
                        ? kind.settings(Setting.choice(
                                "interpolation", Resampling.Method.NEAREST, "How values between cells are computed."))
                        : kind.constant("interpolation", Resampling.Method.NEAREST))
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(directions - 1);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(dataFormat.shape(Shapes.exactly(inputs, directions + 2), image -> {
            Shape larger = image;
            for (int i = 0; i < directions; i++) {
                larger = larger.with(i + 1, Shapes.times(image.size(i + 1), size.get(i)));
            }
            return larger;
        })));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        int channel = dataFormat.channelAxis(directions + 2);
        return Axes.moved(inputs, channel, channel);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            if (interpolation != Resampling.Method.NEAREST) {
                int height = (int) x.size(1) * size.get(0);
                return Resampling.resize(x, height, (int) x.size(2) * size.get(1), interpolation, false);
            }
            Array larger = x;
            for (int i = 0; i < directions; i++) {
                larger = Arranging.repeat(larger, i + 1, size.get(i));
            }
            return larger;
        }));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(dataFormat.write(onnx, inputs.get(0), x -> {
            if (interpolation == Resampling.Method.NEAREST) {
                long[] times = new long[directions + 2];
                Arrays.fill(times, 1);
                for (int i = 0; i < directions; i++) {
                    times[i + 1] = size.get(i);
                }
                return onnx.repeat(x, times);
            }
            long[] larger = {Shapes.known(x.shape(), 1) * size.get(0), Shapes.known(x.shape(), 2) * size.get(1)};
            return OnnxResampling.resize(onnx, x, larger[0], larger[1], interpolation, false);
        }));
    }
}
