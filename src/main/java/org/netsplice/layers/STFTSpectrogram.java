package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Spatial;
import org.netsplice.ops.Window;

/**
 * The frequencies of short frames of a signal, by convolution with cosines and sines: {@code STFTSpectrogram(frame_length=256,
 * frame_step=64)} turns (None, 1000, 1) into (None, 12, 129).
 */
public record STFTSpectrogram(
        Mode mode,
        int frameLength,
        Optional<Integer> frameStep,
        Optional<Integer> fftLength,
        Padding padding,
        DataFormat dataFormat,
        boolean expandDims)
        implements ComputedLayer {

    /** What is returned for every frequency. */
    public enum Mode {
        LOG,
        MAGNITUDE,
        PSD,
        REAL,
        IMAG,
        ANGLE,
        STFT
    }

    private static final double LEAST = 1e-7;

    static final Kind<STFTSpectrogram> KIND = Kind.of(
                    "STFTSpectrogram",
                    STFTSpectrogram.class,
                    Kind.Family.INTERNAL,
                    "Computes the spectrum of short frames of a signal.",
                    new Kind.Example("frame_length=4, frame_step=2", "(None, 9, 2)"))
            .settings(
                    Setting.choice("mode", Mode.LOG, "What is returned for every frequency."),
                    Setting.integer("frame_length", 256, 1, "Samples of a frame."),
                    Setting.optionalInteger(
                            "frame_step", 1, "Samples from one frame to the next; half a frame when empty."),
                    Setting.optionalInteger("fft_length", 2, "Length of the transform; that of a frame when empty."),
                    Setting.choice("padding", Padding.VALID, Padding.HELP),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                    Setting.flag("expand_dims", false, "Whether a channel axis is added."))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    private long bands() {
        return fftLength.orElse(frameLength) / 2 + 1L;
    }

    private Window window() {
        List<Integer> one = List.of(1);
        List<Integer> step = List.of(frameStep.orElse(Math.max(1, frameLength / 2)));
        return Kernels.window(List.of(frameLength), step, one, padding.border());
    }

    private long numbers() {
        return mode == Mode.STFT ? 2 * bands() : bands();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape signal = dataFormat.last(Shapes.exactly(inputs, 3));
        long channels = Shapes.known(signal, 2);
        Shape moved = Shapes.moved(signal, window());
        if (!expandDims) {
            Shape flat = moved.with(2, channels * numbers());
            return Shapes.floats(dataFormat == DataFormat.CHANNELS_LAST ? flat : Shapes.channelsFirst(flat));
        }
        Shape batch = Shape.of(moved.size(0));
        return Shapes.floats(
                dataFormat == DataFormat.CHANNELS_LAST
                        ? batch.plus(moved.size(1)).plus(numbers()).plus(channels)
                        : batch.plus(channels).plus(moved.size(1)).plus(numbers()));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>();
        if (mode != Mode.IMAG) {
            specs.add(WeightSpec.trainable("real_kernel", Initial.ZEROS, frameLength, 1, bands()));
        }
        if (mode != Mode.REAL) {
            specs.add(WeightSpec.trainable("imag_kernel", Initial.ZEROS, frameLength, 1, bands()));
        }
        return specs;
    }

    /** Transforms every channel as a signal of its own, (batch · channels, frames, bands), then restores the shape. */
    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        Array byChannel = dataFormat == DataFormat.CHANNELS_LAST ? Arranging.permute(x, 0, 2, 1) : x;
        Array signals = byChannel.reshape(byChannel.size(0) * byChannel.size(1), byChannel.size(2), 1);
        List<Array> parts = weights.stream()
                .map(kernel -> Spatial.convolve(signals, kernel, Optional.empty(), window(), 1))
                .toList();
        Array values = values(parts);
        Array result = values.reshape(byChannel.size(0), byChannel.size(1), values.size(1), values.size(2));
        if (expandDims) {
            return List.of(dataFormat == DataFormat.CHANNELS_LAST ? Arranging.permute(result, 0, 2, 3, 1) : result);
        }
        long wide = result.size(1) * result.size(3);
        return List.of(
                dataFormat == DataFormat.CHANNELS_LAST
                        ? Arranging.permute(result, 0, 2, 1, 3).reshape(result.size(0), result.size(2), wide)
                        : Arranging.permute(result, 0, 1, 3, 2).reshape(result.size(0), wide, result.size(2)));
    }

    private Array values(List<Array> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        if (mode == Mode.ANGLE) {
            return Broadcasting.map(
                    parts.get(1),
                    parts.get(0),
                    new Broadcasting.Surface(
                            Math::atan2, (y, x) -> x / (x * x + y * y), (y, x) -> -y / (x * x + y * y)));
        }
        if (mode == Mode.STFT) {
            return Arranging.concatenate(parts, 2);
        }
        Array power = Broadcasting.map(
                parts.get(0),
                parts.get(1),
                new Broadcasting.Surface((a, b) -> a * a + b * b, (a, b) -> 2 * a, (a, b) -> 2 * b));
        return switch (mode) {
            case PSD -> doubled(power);
            case MAGNITUDE ->
                power.map(new Curve(v -> Math.sqrt(Math.max(v, LEAST)), v -> v <= LEAST ? 0 : 0.5 / Math.sqrt(v)));
            default ->
                power.map(new Curve(
                        v -> Math.log(Math.max(Math.sqrt(Math.max(v, LEAST)), LEAST)), v -> v <= LEAST ? 0 : 0.5 / v));
        };
    }

    /** Doubles the power of all bands except the first and the last, which have no conjugate. */
    private static Array doubled(Array power) {
        if (power.size(2) <= 2) {
            return power;
        }
        Array inner = Arranging.part(power, 2, 1, power.size(2) - 1);
        long[] border = {0, 0, 1};
        return Arithmetic.add(power, Arranging.pad(inner, border, border, 0));
    }
}
