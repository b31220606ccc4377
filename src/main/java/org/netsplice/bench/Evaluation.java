package org.netsplice.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.metrics.Agreement;
import org.netsplice.metrics.Bootstrap.Interval;
import org.netsplice.metrics.Metric;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Task;

/**
 * How good networks are on the same rows.
 *
 * @param metrics the metrics that were computed, the first being the one networks are compared by
 * @param classes names of the classes; empty when they have none
 * @param scores one for each network, members before the network that joins them
 * @param agreements how far pairs of members, or of networks when there are no members, name the same classes; empty for other tasks
 * @param differences for each network that joins others, how much better it is than its best member
 * @param notes what is to be known about the values
 */
public record Evaluation(
        long rows,
        Task task,
        List<Metric> metrics,
        List<String> classes,
        List<Score> scores,
        List<Pair> agreements,
        List<Difference> differences,
        List<String> notes) {

    public Evaluation {
        metrics = List.copyOf(metrics);
        classes = List.copyOf(classes);
        scores = List.copyOf(scores);
        agreements = List.copyOf(agreements);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /**
     * The values of one network.
     *
     * @param values by the name of the metric; not a number where it is not defined
     * @param intervals ranges of 95 % by the name of the metric, where rows were drawn
     */
    public record Score(
            String name, Role role, Scored scored, Map<String, Double> values, Map<String, Interval> intervals) {
        public Score {
            values = Map.copyOf(values);
            intervals = Map.copyOf(intervals);
        }

        /** The value of a metric. */
        public double value(Metric metric) {
            return values.get(metric.name());
        }
    }

    /** Two networks, and how far they agree. */
    public record Pair(String one, String other, Agreement agreement) {}

    /**
     * A network that joins others beside the best of them.
     *
     * @param gain by how much its value of the first metric is better; negative when it is worse
     * @param interval the range of 95 % of the gain, where rows were drawn
     */
    public record Difference(String merged, String best, double gain, Optional<Interval> interval) {}

    /** The best value of a metric among all networks; empty when no network has one. */
    public Optional<Score> best(Metric metric) {
        Comparator<Score> byValue = Comparator.comparingDouble(score -> score.value(metric));
        return scores.stream()
                .filter(score -> !Double.isNaN(score.value(metric)))
                .max(metric.higherIsBetter() ? byValue : byValue.reversed());
    }
}
