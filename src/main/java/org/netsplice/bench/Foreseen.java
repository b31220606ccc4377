package org.netsplice.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.netsplice.graph.Shape;
import org.netsplice.metrics.Metric;
import org.netsplice.metrics.Task;
import org.netsplice.predict.Answers;

/**
 * What an evaluation will compute, told before anything is predicted.
 *
 * @param width numbers predicted for a row
 */
public record Foreseen(Task task, long rows, int width, List<Metric> metrics) {

    public Foreseen {
        metrics = List.copyOf(metrics);
    }

    /**
     * Finds the task from the targets and the shape of the predictions.
     *
     * @param classes names of the classes; may be empty
     * @param output the shape of the predictions, known but for the batch
     * @param probable whether every prediction is between 0 and 1, such as those of a sigmoid
     * @throws org.netsplice.problem.ModelException.CannotPredict when a target is missing or no class
     */
    public static Foreseen of(Answers targets, List<String> classes, Shape output, boolean probable) {
        Matching matching = new Matching(targets, classes);
        int width = Math.toIntExact(output.elementsPerRow());
        Task task = matching.task(width, probable);
        return new Foreseen(task, matching.rows(), width, Metric.of(task, task == Task.BINARY ? 1 : width));
    }

    /** The task and the metrics in a sentence such as {@code 300 rows, 10 classes: accuracy, log loss}. */
    public String text() {
        return String.format(Locale.ROOT, "%,d %s, %s: ", rows, rows == 1 ? "row" : "rows", what(task, width))
                + metrics.stream().map(Metric::title).collect(Collectors.joining(", "));
    }

    /** A task in words, such as {@code 10 classes}. */
    static String what(Task task, int width) {
        return switch (task) {
            case BINARY -> "two classes";
            case CLASSES -> width + " classes";
            case MULTILABEL -> width + " labels";
            case REGRESSION -> width == 1 ? "regression" : "regression of " + width + " numbers";
        };
    }
}
