package org.netsplice.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What training makes small, by the formulas of {@code keras.losses}. A loss judges items: the numbers along the last axis of a prediction,
 * of which a row of a batch has one or, in a sequence or a picture, many.
 *
 * @param kind the formula
 * @param fromScores whether predictions are scores before a softmax or a sigmoid, which Keras calls logits; only cross-entropies ask
 * @param smoothing the share of a target that is spread over all classes, from 0 to below 1; only {@link Kind#CATEGORICAL_CROSSENTROPY}
 *     and {@link Kind#BINARY_CROSSENTROPY} ask
 */
public record Loss(Kind kind, boolean fromScores, double smoothing) {
    /** Keras' {@code backend.epsilon()}. */
    private static final double EPSILON = 1e-7;

    /** Where Huber's loss turns from squares to distances. */
    private static final double DELTA = 1;

    /** The formulas, under Keras' names. */
    public enum Kind {
        /** Targets are a probability for each class. */
        CATEGORICAL_CROSSENTROPY,
        /** Targets are the number of a class. */
        SPARSE_CATEGORICAL_CROSSENTROPY,
        /** Targets are a probability for each label. */
        BINARY_CROSSENTROPY,
        /** The mean of squared errors. */
        MEAN_SQUARED_ERROR,
        /** The mean of absolute errors. */
        MEAN_ABSOLUTE_ERROR,
        /** Half the square of errors up to 1, and what grows evenly beyond. */
        HUBER,
        /** {@code prediction − target · log(prediction)}. */
        POISSON,
        /** {@code target · log(target / prediction)}. */
        KL_DIVERGENCE;

        /** Keras' name, such as {@code mean_squared_error}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it compares probabilities of classes or labels. */
        public boolean crossEntropy() {
            return this == CATEGORICAL_CROSSENTROPY
                    || this == SPARSE_CATEGORICAL_CROSSENTROPY
                    || this == BINARY_CROSSENTROPY;
        }

        /** The kind of this name; {@code mse}, {@code mae} and {@code kld} are known too, as in Keras. */
        public static Optional<Kind> named(String text) {
            String word = text.toLowerCase(Locale.ROOT).replace('-', '_');
            return switch (word) {
                case "mse" -> Optional.of(MEAN_SQUARED_ERROR);
                case "mae" -> Optional.of(MEAN_ABSOLUTE_ERROR);
                case "kld" -> Optional.of(KL_DIVERGENCE);
                default ->
                    Arrays.stream(values())
                            .filter(kind -> kind.text().equals(word))
                            .findFirst();
            };
        }

        /** The names of all kinds. */
        public static List<String> names() {
            return Arrays.stream(values()).map(Kind::text).toList();
        }
    }

    /** A loss of probabilities or numbers, without smoothing. */
    public Loss(Kind kind) {
        this(kind, false, 0);
    }

    public Loss {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("smoothing " + smoothing);
        }
    }

    /** How many numbers the target of an item has whose prediction has {@code width}. */
    public int targetWidth(int width) {
        return kind == Kind.SPARSE_CATEGORICAL_CROSSENTROPY ? 1 : width;
    }

    /**
     * The loss of every item.
     *
     * @param predictions item after item
     * @param width numbers of one item
     * @param targets {@link #targetWidth} numbers for each item
     */
    public double[] of(double[] predictions, int width, double[] targets) {
        double[] losses = new double[predictions.length / width];
        Arrays.setAll(losses, item -> new Item(predictions, width, targets, item).loss());
        return losses;
    }

    /**
     * The gradient of a weighted sum of the losses of items with respect to the predictions.
     *
     * @param weights how much each item counts in the sum
     */
    public double[] gradient(double[] predictions, int width, double[] targets, double[] weights) {
        double[] gradient = new double[predictions.length];
        for (int item = 0; item < weights.length; item++) {
            double[] own = new Item(predictions, width, targets, item).gradient();
            for (int i = 0; i < width; i++) {
                gradient[item * width + i] = weights[item] * own[i];
            }
        }
        return gradient;
    }

    /** The numbers of one item: predictions {@code p} and targets {@code t}, or the class that is right. */
    private final class Item {
        private final double[] p;
        private final double[] t;

        Item(double[] predictions, int width, double[] targets, int item) {
            int own = targetWidth(width);
            p = Arrays.copyOfRange(predictions, item * width, (item + 1) * width);
            t = Arrays.copyOfRange(targets, item * own, (item + 1) * own);
            smooth();
        }

        private void smooth() {
            double share = kind == Kind.BINARY_CROSSENTROPY ? 0.5 : 1.0 / p.length;
            boolean asked = kind == Kind.BINARY_CROSSENTROPY || kind == Kind.CATEGORICAL_CROSSENTROPY;
            for (int i = 0; asked && i < t.length; i++) {
                t[i] = t[i] * (1 - smoothing) + smoothing * share;
            }
        }

        private int right() {
            return (int) t[0];
        }

        double loss() {
            return switch (kind) {
                case CATEGORICAL_CROSSENTROPY -> {
                    double[] logs = fromScores ? logSoftmax() : logs(shares());
                    yield -sum(i -> t[i] * logs[i]);
                }
                case SPARSE_CATEGORICAL_CROSSENTROPY -> {
                    if (fromScores) {
                        yield -logSoftmax()[right()];
                    }
                    yield Math.log(sum(i -> inside(p[i]))) - Math.log(inside(p[right()]));
                }
                case BINARY_CROSSENTROPY ->
                    mean(i -> fromScores
                            ? Math.max(p[i], 0) - p[i] * t[i] + Math.log1p(Math.exp(-Math.abs(p[i])))
                            : -t[i] * Math.log(inside(p[i])) - (1 - t[i]) * Math.log(1 - inside(p[i])));
                case MEAN_SQUARED_ERROR -> mean(i -> (p[i] - t[i]) * (p[i] - t[i]));
                case MEAN_ABSOLUTE_ERROR -> mean(i -> Math.abs(p[i] - t[i]));
                case HUBER ->
                    mean(i -> {
                        double error = Math.abs(p[i] - t[i]);
                        return error <= DELTA ? error * error / 2 : DELTA * error - DELTA * DELTA / 2;
                    });
                case POISSON -> mean(i -> p[i] - t[i] * Math.log(p[i] + EPSILON));
                case KL_DIVERGENCE -> sum(i -> upToOne(t[i]) * Math.log(upToOne(t[i]) / upToOne(p[i])));
            };
        }

        double[] gradient() {
            double[] gradient = new double[p.length];
            switch (kind) {
                case CATEGORICAL_CROSSENTROPY -> categorical(gradient);
                case SPARSE_CATEGORICAL_CROSSENTROPY -> sparse(gradient);
                case BINARY_CROSSENTROPY ->
                    fill(gradient, i -> {
                        if (fromScores) {
                            return 1 / (1 + Math.exp(-p[i])) - t[i];
                        }
                        return clipped(p[i], 1 - EPSILON) ? 0 : (1 - t[i]) / (1 - p[i]) - t[i] / p[i];
                    });
                case MEAN_SQUARED_ERROR -> fill(gradient, i -> 2 * (p[i] - t[i]));
                case MEAN_ABSOLUTE_ERROR -> fill(gradient, i -> Math.signum(p[i] - t[i]));
                case HUBER -> fill(gradient, i -> Math.max(-DELTA, Math.min(DELTA, p[i] - t[i])));
                case POISSON -> fill(gradient, i -> 1 - t[i] / (p[i] + EPSILON));
                case KL_DIVERGENCE -> Arrays.setAll(gradient, i -> clipped(p[i], 1) ? 0 : -upToOne(t[i]) / p[i]);
            }
            return gradient;
        }

        private void categorical(double[] gradient) {
            double targets = sum(i -> t[i]);
            if (fromScores) {
                double[] logs = logSoftmax();
                Arrays.setAll(gradient, i -> targets * Math.exp(logs[i]) - t[i]);
                return;
            }
            double[] q = shares();
            double whole = sum(i -> p[i]);
            double[] outer = new double[q.length];
            Arrays.setAll(outer, i -> clipped(q[i], 1 - EPSILON) ? 0 : -t[i] / q[i]);
            double common = sum(i -> outer[i] * q[i]);
            Arrays.setAll(gradient, i -> (outer[i] - common) / whole);
        }

        private void sparse(double[] gradient) {
            int right = right();
            if (fromScores) {
                double[] logs = logSoftmax();
                Arrays.setAll(gradient, i -> Math.exp(logs[i]) - (i == right ? 1 : 0));
                return;
            }
            double whole = sum(i -> inside(p[i]));
            Arrays.setAll(gradient, i -> clipped(p[i], 1 - EPSILON) ? 0 : 1 / whole - (i == right ? 1 / p[right] : 0));
        }

        /** The mean's gradient: that of each number, divided by how many there are. */
        private void fill(double[] gradient, Function function) {
            Arrays.setAll(gradient, i -> function.at(i) / p.length);
        }

        private double[] shares() {
            double whole = sum(i -> p[i]);
            return Arrays.stream(p).map(value -> value / whole).toArray();
        }

        private double[] logSoftmax() {
            double most = Arrays.stream(p).max().orElse(0);
            double log = most + Math.log(sum(i -> Math.exp(p[i] - most)));
            return Arrays.stream(p).map(value -> value - log).toArray();
        }

        private double[] logs(double... values) {
            return Arrays.stream(values).map(value -> Math.log(inside(value))).toArray();
        }

        private double mean(Function function) {
            return sum(function) / p.length;
        }

        private double sum(Function function) {
            double sum = 0;
            for (int i = 0; i < p.length; i++) {
                sum += function.at(i);
            }
            return sum;
        }
    }

    /** A number for each place of an item. */
    @FunctionalInterface
    private interface Function {
        double at(int place);
    }

    private static double inside(double probability) {
        return Math.max(EPSILON, Math.min(1 - EPSILON, probability));
    }

    private static double upToOne(double probability) {
        return Math.max(EPSILON, Math.min(1, probability));
    }

    /** Whether a number lies where clipping to {@code 1e-7 … most} changes it, so that it has no gradient there. */
    private static boolean clipped(double value, double most) {
        return value < EPSILON || value > most;
    }
}
