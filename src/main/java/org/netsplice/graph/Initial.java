package org.netsplice.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** How Keras fills a tensor before training. */
public enum Initial {
    /** Uniform in ±sqrt(6 / (fan in + fan out)); fans as in {@code keras.initializers.VarianceScaling}. */
    GLOROT_UNIFORM,
    /** Uniform in ±0.05. */
    UNIFORM,
    /** Rows or columns, whichever are fewer, of length 1 and at right angles; of normal numbers, as {@code keras.initializers.Orthogonal}. */
    ORTHOGONAL,
    ZEROS,
    ONES,
    /** Zeros, but ones for the second quarter: the bias of an LSTM's forget gate. */
    FORGET;

    /**
     * The weights a new layer has. A pure function of its arguments, so that they need not be kept and are equal after saving
     * and opening.
     *
     * @param seed the document's seed
     * @param id the layer the weights belong to
     */
    public static Weights draw(long seed, WeightsId id, List<WeightSpec> specs) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + id.number());
        List<Tensor> tensors = new ArrayList<>();
        for (WeightSpec spec : specs) {
            float[] values = new float[Math.toIntExact(spec.shape().elements())];
            spec.initial().fill(values, spec.shape(), random);
            tensors.add(Tensor.owning(DType.FLOAT32, spec.shape(), values));
        }
        return new Weights(tensors);
    }

    private void fill(float[] values, Shape shape, SplittableRandom random) {
        switch (this) {
            case UNIFORM -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (random.nextDouble() * 0.1 - 0.05);
                }
            }
            case ORTHOGONAL -> {
                int rows = Math.toIntExact(shape.size(0));
                fillOrthogonal(values, rows, values.length / rows, random);
            }
            case FORGET -> Arrays.fill(values, values.length / 4, values.length / 2, 1);
            case ZEROS -> Arrays.fill(values, 0);
            case ONES -> Arrays.fill(values, 1);
            case GLOROT_UNIFORM -> {
                double limit = Math.sqrt(6 / fans(shape));
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((random.nextDouble() * 2 - 1) * limit);
                }
            }
        }
    }

    /** Gram and Schmidt's way, each vector freed twice of the earlier ones, which keeps the right angles in float64. */
    private static void fillOrthogonal(float[] values, int rows, int columns, SplittableRandom random) {
        boolean wide = rows <= columns;
        double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int i = 0; i < vectors.length; i++) {
            double[] vector = vectors[i];
            Arrays.setAll(vector, at -> random.nextGaussian());
            for (int j = 0; j < 2 * i; j++) {
                add(vector, -dot(vector, vectors[j % i]), vectors[j % i]);
            }
            double length = Math.sqrt(dot(vector, vector));
            for (int at = 0; at < vector.length; at++) {
                vector[at] /= length;
                values[wide ? i * columns + at : at * columns + i] = (float) vector[at];
            }
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * other[i];
        }
    }

    /** Fan in plus fan out: the last two axes times the receptive field. */
    private static double fans(Shape shape) {
        if (shape.rank() < 2) {
            return 2.0 * Math.max(1, shape.elements());
        }
        double field = 1;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            field *= shape.size(axis);
        }
        return Math.max(1, field * (shape.size(-2) + shape.size(-1)));
    }
}
