package org.netsplice.train;

import java.util.ArrayList;
import java.util.List;

/** The steps of an optimizer from one batch to the next, with what it keeps between them. Changes as it goes; for one thread. */
final class Descent {
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final List<double[][]> kept = new ArrayList<>();
    private long steps;
    private double lastRate;

    Descent(Optimizer optimizer, Schedule schedule) {
        this.optimizer = optimizer;
        this.schedule = schedule;
    }

    /** The learning rate of the last step; 0 before the first. */
    double lastRate() {
        return lastRate;
    }

    /**
     * Makes a step.
     *
     * @param weights the numbers to change, the same arrays in every step
     * @param gradients in the order of the weights
     */
    void step(List<double[]> weights, List<double[]> gradients) {
        if (kept.isEmpty()) {
            weights.forEach(one -> kept.add(new double[optimizer.slots()][one.length]));
        }
        lastRate = schedule.rate(steps);
        steps++;
        for (int i = 0; i < weights.size(); i++) {
            optimizer.update(weights.get(i), gradients.get(i), kept.get(i), lastRate, steps);
        }
    }
}
