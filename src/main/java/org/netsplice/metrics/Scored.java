package org.netsplice.metrics;

import java.util.stream.IntStream;

/**
 * Predictions of rows, with what is right for each. Immutable.
 *
 * <p>Targets of {@link Task#BINARY} and {@link Task#CLASSES} are one class for each row; those of the other tasks have the shape of the
 * predictions.
 */
public final class Scored {
    private final Task task;
    private final int rows;
    private final int width;
    private final double[] predictions;
    private final double[] targets;

    private Scored(Task task, int rows, int width, double[] predictions, double[] targets) {
        this.task = task;
        this.rows = rows;
        this.width = width;
        this.predictions = predictions;
        this.targets = targets;
    }

    /**
     * Predictions and targets of the same rows.
     *
     * @param width numbers predicted for a row: classes, labels or values; 1 for a binary task
     * @param predictions row by row
     * @param targets row by row: one class each, or {@code width} numbers each
     * @throws IllegalArgumentException when the lengths do not fit, or a target is not a class of the task
     */
    public static Scored of(Task task, int width, double[] predictions, double[] targets) {
        boolean classes = task == Task.BINARY || task == Task.CLASSES;
        int rows = width == 0 ? 0 : predictions.length / width;
        if (rows == 0 || rows * width != predictions.length || targets.length != (classes ? rows : rows * width)) {
            throw new IllegalArgumentException(
                    predictions.length + " predictions, " + width + " for a row, with " + targets.length + " targets");
        }
        int most = task == Task.CLASSES ? width - 1 : 1;
        if (task != Task.REGRESSION) {
            for (double target : targets) {
                if (target < 0 || target > most || target != Math.rint(target)) {
                    throw new IllegalArgumentException("target " + target + " is none of the classes 0 to " + most);
                }
            }
        }
        return new Scored(task, rows, width, predictions.clone(), targets.clone());
    }

    public Task task() {
        return task;
    }

    public int rows() {
        return rows;
    }

    /** Numbers predicted for a row. */
    public int width() {
        return width;
    }

    /** The number of classes of a binary task or one of several classes. */
    public int classes() {
        return task == Task.BINARY ? 2 : width;
    }

    /** A prediction. */
    public double predicted(int row, int column) {
        return predictions[row * width + column];
    }

    /** The target of a row and column, for tasks that have one for each. */
    public double target(int row, int column) {
        return targets[row * width + column];
    }

    /** The right class of a row. */
    public int rightClass(int row) {
        return (int) targets[row];
    }

    /** The predicted class of a row: 1 above one half; of several, the first of the most probable. */
    public int predictedClass(int row) {
        if (task == Task.BINARY) {
            return predicted(row, 0) > 0.5 ? 1 : 0;
        }
        int best = 0;
        for (int column = 1; column < width; column++) {
            best = predicted(row, column) > predicted(row, best) ? column : best;
        }
        return best;
    }

    /** The probability of a class of a row. */
    public double probability(int row, int of) {
        if (task == Task.BINARY) {
            return of == 1 ? predicted(row, 0) : 1 - predicted(row, 0);
        }
        return predicted(row, of);
    }

    /** All rows, counted from 0. */
    public int[] allRows() {
        return IntStream.range(0, rows).toArray();
    }
}
