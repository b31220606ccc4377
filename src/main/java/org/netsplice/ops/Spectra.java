package org.netsplice.ops;

/** Spectra of signals. */
public final class Spectra {
    private static final double BREAK_HERTZ = 700;
    private static final double HIGH_Q = 1127;

    private Spectra() {}

    /**
     * The magnitudes of a short-time Fourier transform, raised to a power. Signals are mirrored at both ends by half a frame, so that
     * frame {@code i} is centred on sample {@code i · step}, as {@code keras.ops.stft} with {@code center=True}.
     *
     * @param signals (batch, samples), with more samples than half the transform
     * @param window the weights of the samples of a frame; its length is that of the transform
     * @param step samples from frame to frame
     * @return (batch, 1 + (samples + 2 · (length / 2) − length) / step, length / 2 + 1)
     */
    public static Array magnitudes(Array signals, double[] window, int step, double power) {
        int samples = Math.toIntExact(signals.size(1));
        int length = window.length;
        int bands = length / 2 + 1;
        int pieces = 1 + (samples + 2 * (length / 2) - length) / step;
        float[] values = signals.values();
        float[] result = new float[Math.toIntExact(signals.size(0) * pieces * bands)];
        double[] piece = new double[length];
        double[][] turns = turns(length);
        int at = 0;
        for (int row = 0; row < signals.size(0); row++) {
            for (int i = 0; i < pieces; i++) {
                for (int k = 0; k < length; k++) {
                    int place = Math.abs(i * step + k - length / 2);
                    int mirrored = place < samples ? place : 2 * samples - 2 - place;
                    piece[k] = values[row * samples + mirrored] * window[k];
                }
                for (int band = 0; band < bands; band++) {
                    result[at++] = (float) Math.pow(magnitude(piece, band, turns), power);
                }
            }
        }
        return Tape.obstacle("spectrum", Array.of(result, signals.size(0), pieces, bands), signals);
    }

    private static double[][] turns(int length) {
        double[][] turns = new double[2][length];
        for (int k = 0; k < length; k++) {
            turns[0][k] = Math.cos(2 * Math.PI * k / length);
            turns[1][k] = Math.sin(2 * Math.PI * k / length);
        }
        return turns;
    }

    private static double magnitude(double[] piece, int band, double[][] turns) {
        double real = 0;
        double imaginary = 0;
        int turn = 0;
        for (double sample : piece) {
            real += sample * turns[0][turn];
            imaginary += sample * turns[1][turn];
            turn += band;
            turn = turn >= piece.length ? turn - piece.length : turn;
        }
        return Math.sqrt(real * real + imaginary * imaginary);
    }

    /**
     * Triangles that sum bands of equal width in hertz to bins of equal width in mel, {@code 1127 · ln(1 + f / 700)}, as the Hidden
     * Markov Model Toolkit defines them; computed in float32, as Keras does.
     *
     * @param bands from 0 to half the sampling rate
     * @return (bands, bins)
     */
    public static Array melWeights(int bands, int bins, double samplingRate, double lowest, double highest) {
        float[] edges = evenly(mel((float) lowest), mel((float) highest), bins + 2);
        float[] hertz = evenly(0, (float) samplingRate / 2, bands);
        float[] weights = new float[Math.multiplyExact(bands, bins)];
        for (int band = 1; band < bands; band++) {
            float mel = mel(hertz[band]);
            for (int bin = 0; bin < bins; bin++) {
                float up = (mel - edges[bin]) / (edges[bin + 1] - edges[bin]);
                float down = (edges[bin + 2] - mel) / (edges[bin + 2] - edges[bin + 1]);
                weights[band * bins + bin] = Math.max(0, Math.min(up, down));
            }
        }
        return Array.of(weights, bands, bins);
    }

    private static float mel(float hertz) {
        return (float) HIGH_Q * (float) Math.log(1f + hertz / (float) BREAK_HERTZ);
    }

    private static float[] evenly(float from, float to, int count) {
        float[] values = new float[count];
        float step = (to - from) / (count - 1);
        for (int i = 0; i < count; i++) {
            values[i] = from + step * i;
        }
        values[count - 1] = to;
        return values;
    }
}
