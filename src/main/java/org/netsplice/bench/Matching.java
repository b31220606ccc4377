package org.netsplice.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.netsplice.graph.Tensor;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Task;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Finds the task from what is predicted and what is right, and puts both side by side. One class for each row, or rows of 0 with a
 * single 1, are classes; other rows of 0 and 1 beside probabilities are labels; everything else is a regression.
 */
final class Matching {
    /** How far a sum of probabilities may be from 1, which leaves room for rounding in half precision. */
    private static final double TOLERANCE = 1e-2;

    private final Answers answers;
    private final double[] targets;
    private final int targetWidth;
    private final List<String> classes;

    /**
     * Targets, as numbers.
     *
     * @param given names of the classes in order; empty when the targets are numbers, or names are to be sorted
     * @throws ModelException.CannotPredict when a target has a name that is no class
     */
    Matching(Answers answers, List<String> given) {
        this.answers = answers;
        boolean named = !answers.names().isEmpty();
        this.classes = named && given.isEmpty() ? List.copyOf(new TreeSet<>(answers.names())) : given;
        if (named) {
            targets = numbered();
            targetWidth = 1;
        } else {
            Tensor tensor = answers.numbers().orElseThrow();
            targets = tensor.toDoubles();
            targetWidth = tensor.length() / (int) tensor.shape().size(0);
        }
        requireFinite();
    }

    private double[] numbered() {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.putIfAbsent(name, numbers.size()));
        double[] numbered = new double[answers.names().size()];
        for (int row = 0; row < numbered.length; row++) {
            String name = answers.names().get(row);
            Integer number = numbers.get(name);
            if (number == null) {
                throw refused(
                        "row " + (row + 1) + " has the class \"" + name + "\", which is not among the " + classes.size()
                                + " given",
                        "Name every class in the file of classes, in the order of the outputs.");
            }
            numbered[row] = number;
        }
        return numbered;
    }

    private void requireFinite() {
        for (int i = 0; i < targets.length; i++) {
            if (!Double.isFinite(targets[i])) {
                throw refused(
                        "row " + (i / targetWidth + 1) + " has no target (" + targets[i] + ")",
                        "Put a number there, or remove the row.");
            }
        }
    }

    /** Names of the classes in the order of their numbers; empty when they have none. */
    List<String> classes() {
        return classes;
    }

    /** The number of rows. */
    long rows() {
        return answers.rows();
    }

    /** What {@link #match} says when it says nothing about targets. */
    record Match(Scored scored, Optional<String> note) {}

    /**
     * Puts predictions beside the targets.
     *
     * @param predictions shape (rows, …)
     * @param task the task that other predictions were matched for; empty to find it
     * @throws ModelException.CannotPredict when they do not fit, in words
     */
    Match match(Tensor predictions, Optional<Task> task) {
        int rows = (int) predictions.shape().size(0);
        if (rows != rows()) {
            throw refused(
                    "holds " + rows() + " targets, but " + rows + " rows are predicted",
                    "Give one target for every row.");
        }
        int width = predictions.length() / rows;
        double[] values = predictions.toDoubles();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new ModelException.CannotPredict(Problem.error(
                        Where.NOWHERE,
                        "the prediction for row " + (i / width + 1) + " is " + values[i]
                                + ", which no metric can judge",
                        "Check the data of that row and the weights."));
            }
        }
        Task found =
                task.orElseGet(() -> task(width, DoubleStream.of(values).allMatch(value -> value >= 0 && value <= 1)));
        return switch (found) {
            case REGRESSION ->
                new Match(Scored.of(found, requireWidth(width, predictions), values, targets), Optional.empty());
            case MULTILABEL -> labels(width, values, predictions);
            case BINARY -> binary(values, predictions);
            case CLASSES -> classes(width, values, predictions);
        };
    }

    /**
     * What is predicted.
     *
     * @param width numbers for a row
     * @param probable whether every prediction is between 0 and 1
     */
    Task task(int width, boolean probable) {
        boolean flags = DoubleStream.of(targets).allMatch(target -> target == 0 || target == 1);
        boolean whole = DoubleStream.of(targets).allMatch(target -> target >= 0 && target == Math.rint(target));
        if (width == 1) {
            return flags && targetWidth == 1 && (probable || !classes.isEmpty()) ? Task.BINARY : Task.REGRESSION;
        }
        if (targetWidth == 1 && whole) {
            return Task.CLASSES;
        }
        if (flags && targetWidth == width) {
            return oneEach() ? Task.CLASSES : Task.MULTILABEL;
        }
        return Task.REGRESSION;
    }

    /** Whether every row of targets has a single 1. */
    private boolean oneEach() {
        for (int row = 0; row < targets.length / targetWidth; row++) {
            double sum = 0;
            for (int column = 0; column < targetWidth; column++) {
                sum += targets[row * targetWidth + column];
            }
            if (sum != 1) {
                return false;
            }
        }
        return true;
    }

    private int requireWidth(int width, Tensor predictions) {
        if (width != targetWidth) {
            throw refused(
                    "holds " + targetWidth + (targetWidth == 1 ? " number" : " numbers")
                            + " for each row, but predictions have the shape " + predictions.shape(),
                    "Give targets of that shape, or one class for each row.");
        }
        return width;
    }

    private Match labels(int width, double[] values, Tensor predictions) {
        requireWidth(width, predictions);
        return probabilities(values)
                ? new Match(Scored.of(Task.MULTILABEL, width, values, targets), Optional.empty())
                : new Match(
                        Scored.of(Task.MULTILABEL, width, sigmoid(values), targets),
                        Optional.of("its scores became probabilities by a sigmoid"));
    }

    private Match binary(double[] values, Tensor predictions) {
        if (predictions.length() != predictions.shape().size(0)) {
            /* The probability of class 1 of two. */
            double[] second = new double[values.length / 2];
            if (second.length != targets.length) {
                throw refused(
                        "holds one of two classes for each row, but predictions have the shape " + predictions.shape(),
                        "Choose models with one output for each row, or two.");
            }
            double[] both = probabilities(values) ? values : softmax(2, values);
            for (int row = 0; row < second.length; row++) {
                second[row] = both[2 * row + 1];
            }
            return new Match(Scored.of(Task.BINARY, 1, second, targets), Optional.empty());
        }
        return probabilities(values)
                ? new Match(Scored.of(Task.BINARY, 1, values, targets), Optional.empty())
                : new Match(
                        Scored.of(Task.BINARY, 1, sigmoid(values), targets),
                        Optional.of("its scores became probabilities by a sigmoid"));
    }

    private Match classes(int width, double[] values, Tensor predictions) {
        if (width == 1) {
            throw refused(
                    "holds classes, but predictions have the shape " + predictions.shape(),
                    "Choose models with one output for each class.");
        }
        double[] right = targetWidth == 1 ? targets : largest();
        for (int row = 0; row < right.length; row++) {
            if (right[row] >= width) {
                throw refused(
                        "row " + (row + 1) + " has the class " + (long) right[row] + ", but the " + width
                                + " outputs stand for classes 0 to " + (width - 1),
                        "Count classes from 0, or give their names.");
            }
        }
        if (probabilities(values)) {
            boolean sums = sumToOne(width, values);
            return new Match(
                    Scored.of(Task.CLASSES, width, values, right),
                    sums ? Optional.empty() : Optional.of("its values of a row do not sum to 1"));
        }
        return new Match(
                Scored.of(Task.CLASSES, width, softmax(width, values), right),
                Optional.of("its scores became probabilities by a softmax"));
    }

    private double[] largest() {
        double[] classes = new double[targets.length / targetWidth];
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] == 1) {
                classes[i / targetWidth] = i % targetWidth;
            }
        }
        return classes;
    }

    private static boolean probabilities(double[] values) {
        return DoubleStream.of(values).allMatch(value -> value >= 0 && value <= 1 + TOLERANCE);
    }

    private static boolean sumToOne(int width, double[] values) {
        for (int row = 0; row < values.length / width; row++) {
            double sum = 0;
            for (int column = 0; column < width; column++) {
                sum += values[row * width + column];
            }
            if (Math.abs(sum - 1) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static double[] sigmoid(double[] scores) {
        return DoubleStream.of(scores).map(score -> 1 / (1 + Math.exp(-score))).toArray();
    }

    private static double[] softmax(int width, double[] scores) {
        double[] probabilities = scores.clone();
        for (int row = 0; row < scores.length / width; row++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int column = 0; column < width; column++) {
                most = Math.max(most, scores[row * width + column]);
            }
            double sum = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                probabilities[i] = Math.exp(scores[i] - most);
                sum += probabilities[i];
            }
            for (int i = row * width; i < (row + 1) * width; i++) {
                probabilities[i] /= sum;
            }
        }
        return probabilities;
    }

    private ModelException.CannotPredict refused(String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.InFile(answers.source(), ""), what, remedy));
    }
}
