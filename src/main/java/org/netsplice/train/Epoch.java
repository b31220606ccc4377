package org.netsplice.train;

import java.util.Optional;

/**
 * What an epoch was like.
 *
 * @param number from 1
 * @param metric the name of the metric: that of the first output, {@code accuracy} for classes and labels, else {@code mean_absolute_error}
 * @param training the loss and the metric over the rows that were trained on, each batch as it was before its step
 * @param validation those over the rows that are held back, after the epoch; empty without such rows
 * @param rate the learning rate of the last step
 * @param seconds how long it took
 * @param best whether its weights are the best so far
 */
public record Epoch(
        int number,
        String metric,
        Score training,
        Optional<Score> validation,
        double rate,
        double seconds,
        boolean best) {

    /**
     * A loss and a metric.
     *
     * @param loss the weighted sum of the losses of all outputs
     * @param metric that of the first output
     */
    public record Score(double loss, double metric) {}

    /** The loss that tells which epoch is the best: that of validation where there is one. */
    public double watched() {
        return validation.orElse(training).loss();
    }
}
