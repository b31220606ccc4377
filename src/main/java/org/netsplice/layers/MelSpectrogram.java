package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Spectra;

/**
 * The loudness of the pitches in short frames of a sound: {@code MelSpectrogram(num_mel_bins=64, sequence_stride=256)} turns (None,
 * 16000) into (None, 64, 63). With {@code power_to_db} the least decibels depend on the loudest row of a batch, as in Keras.
 */
public record MelSpectrogram(
        int fftLength,
        int sequenceStride,
        Optional<Integer> sequenceLength,
        Weighting window,
        double samplingRate,
        int numMelBins,
        double minFreq,
        Optional<Double> maxFreq,
        boolean powerToDb,
        double topDb,
        double magExp,
        double minPower,
        double refPower)
        implements ComputedLayer {

    /** How the samples of a frame are weighted. */
    public enum Weighting {
        HANN,
        HAMMING,
        NONE;

        private double at(int sample, int length) {
            double wave = Math.cos(2 * Math.PI * sample / length);
            return switch (this) {
                case HANN -> 0.5 - 0.5 * wave;
                case HAMMING -> 0.54 - 0.46 * wave;
                case NONE -> 1;
            };
        }
    }

    private static final double LEAST = 1e-300;

    static final Kind<MelSpectrogram> KIND = Kind.of(
                    "MelSpectrogram",
                    MelSpectrogram.class,
                    Kind.Family.INTERNAL,
                    "Computes the mel spectrum of short frames of a sound.",
                    new Kind.Example("fft_length=8, sequence_stride=4, num_mel_bins=3", "(None, 20)"))
            .settings(
                    Setting.integer("fft_length", 2048, 2, "Length of the transform in samples."),
                    Setting.integer("sequence_stride", 512, 1, "Samples from one frame to the next."),
                    Setting.optionalInteger(
                            "sequence_length", 1, "Samples of a frame; those of the transform when empty."),
                    Setting.choiceOrNone("window", Weighting.HANN, Weighting.NONE, "Window function of a frame."),
                    Setting.real("sampling_rate", 16000, LEAST, "Samples per second."),
                    Setting.integer("num_mel_bins", 128, 1, "Number of pitch bands."),
                    Setting.real("min_freq", 20, 0, "The lowest pitch in hertz."),
                    Setting.optionalReal("max_freq", "The highest pitch in hertz; half the sampling rate when empty."),
                    Setting.flag("power_to_db", true, "Whether results are decibels."),
                    Setting.real("top_db", 80, 0, "Range in decibels below the loudest result of a batch."),
                    Setting.real("mag_exp", 2, 0, "Power of magnitudes: 1 for energy, 2 for power."),
                    Setting.real("min_power", 1e-10, 0, "Smaller power is raised to this."),
                    Setting.real("ref_power", 1, 0, "The power of 0 decibels."))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    private int length() {
        return sequenceLength.orElse(fftLength);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape signal = Shapes.exactly(inputs, 2);
        if (length() > fftLength) {
            throw new Misfit("has pieces longer than a transform", "Raise fft_length to " + length() + ".");
        }
        long samples = signal.size(1);
        if (samples >= 0 && samples <= fftLength / 2) {
            throw new Misfit("needs more than " + fftLength / 2 + " samples, receives " + samples, "Lower fft_length.");
        }
        long pieces = samples < 0 ? samples : 1 + (samples + 2L * (fftLength / 2) - fftLength) / sequenceStride;
        return Shapes.floats(Shape.of(signal.size(0), numMelBins, pieces));
    }

    /** The window, centred in the length of a transform. */
    private double[] weighting() {
        double[] weighting = new double[fftLength];
        int before = (fftLength - length()) / 2;
        for (int i = 0; i < length(); i++) {
            weighting[before + i] = window.at(i, length());
        }
        return weighting;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array loudness = Spectra.magnitudes(inputs.get(0), weighting(), sequenceStride, magExp);
        int bands = fftLength / 2 + 1;
        double highest = maxFreq.filter(hertz -> hertz != 0).orElse(Math.floor(samplingRate / 2));
        Array pitches = Spectra.melWeights(bands, numMelBins, samplingRate, minFreq, highest);
        Array bins = Linear.dense(loudness, pitches, Optional.empty());
        return List.of(Arranging.permute(powerToDb ? decibels(bins) : bins, 0, 2, 1));
    }

    private Array decibels(Array power) {
        double reference = 10 * Math.log10(Math.max(Math.abs(refPower), minPower));
        Array decibels = power.map(new Curve(
                v -> 10 * Math.log10(Math.max(v, minPower)) - reference,
                v -> v <= minPower ? 0 : 10 / (v * Math.log(10))));
        float loudest = Float.NEGATIVE_INFINITY;
        for (float value : decibels.values()) {
            loudest = Math.max(loudest, value);
        }
        double least = loudest - topDb;
        return decibels.map(new Curve(v -> Math.max(v, least), v -> v >= least ? 1 : 0));
    }
}
