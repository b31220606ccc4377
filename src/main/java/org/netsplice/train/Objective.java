package org.netsplice.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.netsplice.graph.Tensor;
import org.netsplice.ops.Array;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What an output learns, with everything found that its {@link Goal} left open.
 *
 * @param output the name of the output
 * @param loss what is made small
 * @param weight how much it counts beside other outputs
 * @param items how many items a row has; 1 unless it is a sequence or a picture of them
 * @param width the numbers of an item
 * @param classes names of the classes; empty when they have none
 */
record Objective(String output, Loss loss, double weight, int items, int width, List<String> classes) {
    /** How far a sum of probabilities may be from 1. */
    private static final double TOLERANCE = 1e-3;

    Objective {
        classes = List.copyOf(classes);
    }

    /** What the numbers of an output are. */
    enum Form {
        /** Probabilities of classes, which sum to 1. */
        SHARES,
        /** Probabilities of labels. */
        PROBABILITIES,
        /** Any numbers. */
        NUMBERS;

        /**
         * Finds it from what a network predicts.
         *
         * @param linear whether the layer that gives the output is known to have no activation
         */
        static Form of(double[] predictions, int width, boolean linear) {
            if (linear || !DoubleStream.of(predictions).allMatch(value -> value >= 0 && value <= 1 + TOLERANCE)) {
                return NUMBERS;
            }
            for (int item = 0; item < predictions.length / width; item++) {
                if (Math.abs(sum(predictions, item * width, width) - 1) > TOLERANCE) {
                    return PROBABILITIES;
                }
            }
            return width == 1 ? PROBABILITIES : SHARES;
        }
    }

    /**
     * Finds what is open.
     *
     * @param form what the numbers of the output are
     * @throws ModelException.CannotPredict when the targets fit no loss, or not the one asked for
     */
    static Objective of(Goal goal, Form form, int items, int width, Answers answers) {
        List<String> classes = answers.names().isEmpty() || !goal.classes().isEmpty()
                ? goal.classes()
                : answers.names().stream().distinct().sorted().toList();
        double[] raw = raw(answers, classes);
        Loss.Kind kind = goal.loss().orElseGet(() -> found(goal, form, items, width, raw, answers));
        boolean scores = kind.crossEntropy() && form == Form.NUMBERS;
        return new Objective(
                goal.output(), new Loss(kind, scores, goal.smoothing()), goal.weight(), items, width, classes);
    }

    private static Loss.Kind found(Goal goal, Form form, int items, int width, double[] raw, Answers answers) {
        int each = (int) (raw.length / answers.rows());
        boolean named = !answers.names().isEmpty();
        boolean whole = DoubleStream.of(raw).allMatch(value -> value >= 0 && value == Math.rint(value));
        boolean flags = DoubleStream.of(raw).allMatch(value -> value == 0 || value == 1);
        boolean shares = DoubleStream.of(raw).allMatch(value -> value >= 0 && value <= 1);
        if (width > 1 && each == items && whole) {
            return goal.smoothing() > 0
                    ? Loss.Kind.CATEGORICAL_CROSSENTROPY
                    : Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY;
        }
        boolean sums = each == items * width && width > 1 && sumToOne(raw, width);
        return switch (form) {
            case SHARES -> shares && sums ? Loss.Kind.CATEGORICAL_CROSSENTROPY : regression(shares);
            case PROBABILITIES -> regression(shares);
            case NUMBERS ->
                width == 1
                        ? (named ? Loss.Kind.BINARY_CROSSENTROPY : Loss.Kind.MEAN_SQUARED_ERROR)
                        : flags
                                ? (sums ? Loss.Kind.CATEGORICAL_CROSSENTROPY : Loss.Kind.BINARY_CROSSENTROPY)
                                : Loss.Kind.MEAN_SQUARED_ERROR;
        };
    }

    private static Loss.Kind regression(boolean shares) {
        return shares ? Loss.Kind.BINARY_CROSSENTROPY : Loss.Kind.MEAN_SQUARED_ERROR;
    }

    private static boolean sumToOne(double[] raw, int width) {
        for (int item = 0; item < raw.length / width; item++) {
            if (Math.abs(sum(raw, item * width, width) - 1) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static double sum(double[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The answers as numbers, names as the number of their class. */
    private static double[] raw(Answers answers, List<String> classes) {
        if (answers.names().isEmpty()) {
            Tensor tensor = answers.numbers().orElseThrow();
            double[] raw = tensor.toDoubles();
            int each = (int) (raw.length / answers.rows());
            for (int i = 0; i < raw.length; i++) {
                if (!Double.isFinite(raw[i])) {
                    throw refused(
                            answers,
                            "row " + (i / each + 1) + " has no target (" + raw[i] + ")",
                            "Put a number there, or remove the row.");
                }
            }
            return raw;
        }
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.putIfAbsent(name, numbers.size()));
        double[] raw = new double[answers.names().size()];
        for (int row = 0; row < raw.length; row++) {
            Integer number = numbers.get(answers.names().get(row));
            if (number == null) {
                throw refused(
                        answers,
                        "row " + (row + 1) + " has the class \""
                                + answers.names().get(row) + "\", which is not among the " + classes.size() + " known",
                        "Give the names of all classes, in the order of the outputs.");
            }
            raw[row] = number;
        }
        return raw;
    }

    /**
     * The targets of some rows as the loss takes them, row after row.
     *
     * @throws ModelException.CannotPredict when they do not fit the loss or the output
     */
    double[] targets(Answers answers) {
        double[] raw = raw(answers, classes);
        int each = (int) (raw.length / answers.rows());
        Loss.Kind kind = loss.kind();
        boolean sparse = kind == Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY;
        boolean spread = kind == Loss.Kind.CATEGORICAL_CROSSENTROPY && width > 1 && each == items;
        if (sparse || spread) {
            requireClasses(raw, each, answers);
        }
        if (spread) {
            double[] hot = new double[raw.length * width];
            for (int i = 0; i < raw.length; i++) {
                hot[i * width + (int) raw[i]] = 1;
            }
            return hot;
        }
        int wanted = items * loss.targetWidth(width);
        if (each != wanted) {
            throw refused(
                    answers,
                    "holds " + counted(each) + " for each row, but the loss " + kind.text() + " of the output " + output
                            + " needs " + wanted,
                    "Give targets of the shape of the output" + (width > 1 ? ", or one class for each row." : "."));
        }
        boolean probability = kind == Loss.Kind.BINARY_CROSSENTROPY || kind == Loss.Kind.CATEGORICAL_CROSSENTROPY;
        for (int i = 0; probability && i < raw.length; i++) {
            if (raw[i] < 0 || raw[i] > 1) {
                throw refused(
                        answers,
                        "row " + (i / each + 1) + " has the target " + Tidy.number(raw[i]) + ", but " + kind.text()
                                + " needs numbers from 0 to 1",
                        "Choose another loss, such as mean_squared_error.");
            }
        }
        return raw;
    }

    private void requireClasses(double[] raw, int each, Answers answers) {
        if (each != items || width == 1) {
            throw refused(
                    answers,
                    "holds " + counted(each) + " for each row, but "
                            + loss.kind().text() + " needs one class, and the output " + output
                            + " a number for each class",
                    "Give one class for each row, or choose another loss.");
        }
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] < 0 || raw[i] >= width || raw[i] != Math.rint(raw[i])) {
                throw refused(
                        answers,
                        "row " + (i / each + 1) + " has the class " + Tidy.number(raw[i]) + ", but the " + width
                                + " outputs stand for classes 0 to " + (width - 1),
                        "Count classes from 0, or give their names.");
            }
        }
    }

    private static String counted(int numbers) {
        return numbers + (numbers == 1 ? " number" : " numbers");
    }

    /** The targets of some rows, in this order. */
    double[] some(double[] targets, int... rows) {
        int each = items * loss.targetWidth(width);
        double[] some = new double[rows.length * each];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(targets, rows[i] * each, some, i * each, each);
        }
        return some;
    }

    /** How much each item counts in the mean of a batch; items that a mask skips count nothing, as in Keras. */
    double[] shares(int rows, Optional<Array> mask) {
        double[] shares = new double[rows * items];
        Arrays.fill(shares, 1);
        if (mask.isPresent() && mask.get().length() == shares.length) {
            shares = mask.get().doubles();
        }
        double counted = Math.max(1, DoubleStream.of(shares).sum());
        return DoubleStream.of(shares).map(share -> share / counted).toArray();
    }

    /** What is learned, for people. */
    String sentence() {
        return "The output " + output + " learns by the loss " + loss.kind().text()
                + (loss.fromScores() ? " of its scores" : "")
                + (classes.isEmpty() ? "." : " with the classes " + Selection.listed(classes) + ".");
    }

    /** The name of the metric. */
    String metric() {
        return loss.kind().crossEntropy() ? "accuracy" : "mean_absolute_error";
    }

    /** The metric of every item: 1 for a right class, the share of right labels, or the mean absolute error. */
    double[] metrics(double[] predictions, double[] targets) {
        double[] metrics = new double[predictions.length / width];
        int own = loss.targetWidth(width);
        for (int item = 0; item < metrics.length; item++) {
            double[] p = Arrays.copyOfRange(predictions, item * width, (item + 1) * width);
            double[] t = Arrays.copyOfRange(targets, item * own, (item + 1) * own);
            metrics[item] = switch (loss.kind()) {
                case SPARSE_CATEGORICAL_CROSSENTROPY -> largest(p) == (int) t[0] ? 1 : 0;
                case CATEGORICAL_CROSSENTROPY -> largest(p) == largest(t) ? 1 : 0;
                case BINARY_CROSSENTROPY -> labels(p, t);
                default -> new Loss(Loss.Kind.MEAN_ABSOLUTE_ERROR).of(p, width, t)[0];
            };
        }
        return metrics;
    }

    private double labels(double[] p, double... t) {
        double right = 0;
        for (int i = 0; i < p.length; i++) {
            boolean said = p[i] > (loss.fromScores() ? 0 : 0.5);
            right += said == (t[i] > 0.5) ? 1 : 0;
        }
        return right / p.length;
    }

    private static int largest(double... values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    /** The same objective for an output that gives scores instead of probabilities. */
    Objective ofScores() {
        return new Objective(output, new Loss(loss.kind(), true, loss.smoothing()), weight, items, width, classes);
    }

    /**
     * How much each row counts so that all classes count alike: {@code rows / (classes · rows of its class)}, as scikit-learn balances.
     *
     * @param targets as {@link #targets} gives them
     * @param training the rows that are counted
     * @throws ModelException.CannotPredict when rows have no class
     */
    double[] balance(double[] targets, int[] training, Answers answers) {
        Loss.Kind kind = loss.kind();
        boolean binary = kind == Loss.Kind.BINARY_CROSSENTROPY && width == 1;
        if (items != 1 || !(binary || (kind.crossEntropy() && width > 1 && kind != Loss.Kind.BINARY_CROSSENTROPY))) {
            throw refused(
                    answers,
                    "holds no single class for each row, so that classes cannot be balanced",
                    "Train without balanced classes.");
        }
        int own = loss.targetWidth(width);
        int[] classOf = new int[targets.length / own];
        for (int row = 0; row < classOf.length; row++) {
            classOf[row] =
                    own == 1 ? (int) targets[row] : largest(Arrays.copyOfRange(targets, row * own, (row + 1) * own));
        }
        int[] counts = new int[binary ? 2 : width];
        Arrays.stream(training).forEach(row -> counts[classOf[row]]++);
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        return Arrays.stream(classOf)
                .mapToDouble(one -> (double) training.length / ((double) present * Math.max(1, counts[one])))
                .toArray();
    }

    private static ModelException.CannotPredict refused(Answers answers, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.InFile(answers.source(), ""), what, remedy));
    }
}
