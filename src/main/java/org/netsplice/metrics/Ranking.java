package org.netsplice.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How well scores put the rows that belong to a class before those that do not. Formulas as in scikit-learn. */
public final class Ranking {
    private final List<Step> steps = new ArrayList<>();

    /**
     * The rows with at least some score.
     *
     * @param score the score
     * @param hits rows of the class among them
     * @param falseAlarms other rows among them
     */
    public record Step(double score, long hits, long falseAlarms) {}

    private Ranking() {}

    /**
     * Ranks rows.
     *
     * @param scores a score for each row
     * @param positive whether the row belongs to the class
     */
    public static Ranking of(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (one, other) -> Double.compare(scores[other], scores[one]));
        Ranking ranking = new Ranking();
        long hits = 0;
        long falseAlarms = 0;
        for (int i = 0; i < order.length; i++) {
            if (positive[order[i]]) {
                hits++;
            } else {
                falseAlarms++;
            }
            boolean last = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
            if (last) {
                ranking.steps.add(new Step(scores[order[i]], hits, falseAlarms));
            }
        }
        return ranking;
    }

    /** One step for each score, the highest first. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    private Step all() {
        return steps.get(steps.size() - 1);
    }

    /** Whether there are rows of both kinds, so that the areas below are defined. */
    public boolean isDefined() {
        return !steps.isEmpty() && all().hits() > 0 && all().falseAlarms() > 0;
    }

    /** The area under the curve of hit rate over false-alarm rate: the chance that a row of the class has the higher score. */
    public double rocArea() {
        double area = 0;
        Step before = new Step(Double.POSITIVE_INFINITY, 0, 0);
        for (Step step : steps) {
            area += (step.falseAlarms() - before.falseAlarms()) * (step.hits() + before.hits()) / 2.0;
            before = step;
        }
        return area / all().hits() / all().falseAlarms();
    }

    /** Average precision: the precision at each step, weighted by the recall it adds. */
    public double averagePrecision() {
        double sum = 0;
        long before = 0;
        for (Step step : steps) {
            sum += (double) (step.hits() - before) * step.hits() / (step.hits() + step.falseAlarms());
            before = step.hits();
        }
        return sum / all().hits();
    }
}
