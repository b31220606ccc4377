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
    /** Rows or columns, whichever are fewer, of length 1 and at right angles, as {@code keras.initializers.Orthogonal} draws them. */
    ORTHOGONAL,
    ZEROS,
    ONES,
    /** Zeros, but ones for the second quarter: the bias of an LSTM's forget gate. */
    FORGET;

    /** Rounds of rotations after every number depends on every other. */
    private static final int ROUNDS = 6;

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

    /**
     * Turns unit vectors by random rotations of pairs of axes, which keep lengths and angles. After log n rounds and some more, the
     * matrix is distributed like the orthogonal part of a matrix of normal numbers (Kac's walk), in n · log n steps a vector.
     */
    private static void fillOrthogonal(float[] values, int rows, int columns, SplittableRandom random) {
        boolean wide = rows <= columns;
        int size = Math.max(rows, columns);
        int count = Math.min(rows, columns);
        int rounds = ROUNDS + 32 - Integer.numberOfLeadingZeros(size);
        int[][] order = new int[rounds][];
        double[][] cosines = new double[rounds][size / 2];
        double[][] sines = new double[rounds][size / 2];
        for (int round = 0; round < rounds; round++) {
            order[round] = shuffled(size, random);
            for (int pair = 0; pair < size / 2; pair++) {
                double angle = random.nextDouble() * 2 * Math.PI;
                cosines[round][pair] = Math.cos(angle);
                sines[round][pair] = Math.sin(angle);
            }
        }
        double[] vector = new double[size];
        for (int i = 0; i < count; i++) {
            Arrays.fill(vector, 0);
            vector[i] = random.nextBoolean() ? 1 : -1;
            for (int round = 0; round < rounds; round++) {
                turn(vector, order[round], cosines[round], sines[round]);
            }
            for (int at = 0; at < size; at++) {
                values[wide ? i * columns + at : at * columns + i] = (float) vector[at];
            }
        }
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int i = size - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static void turn(double[] vector, int[] order, double[] cosines, double[] sines) {
        for (int pair = 0; pair < cosines.length; pair++) {
            int one = order[2 * pair];
            int two = order[2 * pair + 1];
            double x = vector[one];
            double y = vector[two];
            vector[one] = cosines[pair] * x - sines[pair] * y;
            vector[two] = sines[pair] * x + cosines[pair] * y;
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
