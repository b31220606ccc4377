package org.netsplice.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.metrics.Agreement;
import org.netsplice.metrics.Bootstrap;
import org.netsplice.metrics.Bootstrap.Interval;
import org.netsplice.metrics.Metric;
import org.netsplice.metrics.Scored;
import org.netsplice.metrics.Task;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Runs networks on rows whose targets are known, and computes the metrics that apply. */
public final class Evaluator {
    private final Matching matching;
    private final Options options;
    private final List<Contestant> contestants = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Task> task = Optional.empty();

    /**
     * What may be chosen.
     *
     * @param batch rows computed together
     * @param metrics names of the metrics; empty for all that apply
     * @param samples how often rows are drawn for intervals; 0 for none
     * @param seed of the drawing
     * @param output the output that is compared with the targets; empty when networks have one
     */
    public record Options(int batch, List<String> metrics, int samples, long seed, String output) {
        public Options {
            metrics = List.copyOf(metrics);
        }
    }

    private record Contestant(String name, Role role, Scored scored) {}

    /**
     * An evaluator of the same targets.
     *
     * @param classes names of the classes in the order of the outputs; empty when targets are numbers, or names are in alphabetical order
     * @throws ModelException.CannotPredict when a target is missing or no class
     */
    public Evaluator(Answers targets, List<String> classes, Options options) {
        this.matching = new Matching(targets, classes);
        this.options = options;
    }

    /** The data of the inputs of a network. */
    public interface Data {
        /** Reads the data, by the name of the input. */
        Map<String, Tensor> of(CompiledNetwork network);
    }

    /**
     * Runs a network, and with it the networks it joins.
     *
     * @param name what the network is called in the result
     * @throws ModelException.CannotPredict when predictions do not fit the targets
     */
    public void add(String name, Document document, Data data, Progress progress) {
        add(name, document, data, Compiler::compile, progress);
    }

    /**
     * Runs a network as {@link #add(String, Document, Data, Progress)}, by an engine that is chosen.
     *
     * @param engine prepares a document for predicting
     */
    public void add(
            String name,
            Document document,
            Data data,
            BiFunction<Document, Progress, CompiledNetwork> engine,
            Progress progress) {
        Map<String, Port> members = Members.of(document);
        Map<String, String> outputs = new LinkedHashMap<>();
        CompiledNetwork network = engine.apply(Members.withOutputs(document, members, outputs), progress.part(0, 0.1));
        Map<String, Tensor> predictions = network.predict(data.of(network), options.batch(), progress.part(0.1, 1));
        Tensor own = predictions.get(chosen(name, document));
        Matching.Match whole = matching.match(own, task);
        task = Optional.of(whole.scored().task());
        for (Map.Entry<String, String> member : outputs.entrySet()) {
            String title = taken(member.getKey()) ? name + " / " + member.getKey() : member.getKey();
            addMember(title, predictions.get(member.getValue()), whole.scored());
        }
        contestants.add(new Contestant(free(name), members.isEmpty() ? Role.MODEL : Role.MERGED, whole.scored()));
        whole.note().ifPresent(note -> notes.add(name + ": " + note));
    }

    private String chosen(String name, Document document) {
        List<String> names = document.graph().outputs().stream()
                .map(document.graph()::outputName)
                .toList();
        if (options.output().isEmpty() && names.size() == 1) {
            return names.get(0);
        }
        if (!names.contains(options.output())) {
            throw new ModelException.CannotPredict(Problem.error(
                    Where.NOWHERE,
                    name + " has "
                            + (options.output().isEmpty() ? "" : "no output \"" + options.output() + "\"; it has ")
                            + names.size() + (names.size() == 1 ? " output, " : " outputs: ")
                            + String.join(", ", names),
                    "Choose the one that the targets belong to."));
        }
        return options.output();
    }

    /** Adds a member whose output says the same kind of thing as the network that joins it; others are features, which have no targets. */
    private void addMember(String name, Tensor predictions, Scored whole) {
        boolean same = predictions.length() == (long) whole.rows() * whole.width();
        if (!same) {
            notes.add(name + ": gives " + predictions.shape() + ", which is no prediction of the targets");
            return;
        }
        Matching.Match match = matching.match(predictions, Optional.of(whole.task()));
        contestants.add(new Contestant(free(name), Role.MEMBER, match.scored()));
        match.note().ifPresent(note -> notes.add(name + ": " + note));
    }

    private String free(String name) {
        String candidate = name;
        for (int i = 2; taken(candidate); i++) {
            candidate = name + " (" + i + ")";
        }
        return candidate;
    }

    private boolean taken(String name) {
        return contestants.stream().anyMatch(one -> one.name().equals(name));
    }

    /**
     * Computes the metrics of all networks that were added, at least one.
     *
     * @throws ModelException.CannotPredict when a metric that was asked for does not apply
     */
    public Evaluation evaluate(Progress progress) {
        Scored first = contestants.get(0).scored();
        List<Metric> metrics = metrics(first);
        Optional<Bootstrap> bootstrap = options.samples() == 0
                ? Optional.empty()
                : Optional.of(new Bootstrap(first.rows(), options.samples(), options.seed()));
        List<Evaluation.Score> scores = new ArrayList<>();
        for (Contestant one : contestants) {
            double done = (double) scores.size() / contestants.size();
            scores.add(score(one, metrics, bootstrap, progress.part(done, done + 1.0 / contestants.size())));
        }
        return new Evaluation(
                first.rows(),
                first.task(),
                metrics,
                matching.classes(),
                scores,
                agreements(first.task()),
                differences(metrics.get(0), scores, bootstrap, progress),
                notes);
    }

    private List<Metric> metrics(Scored scored) {
        List<Metric> all = Metric.of(scored.task(), scored.width());
        if (options.metrics().isEmpty()) {
            return all;
        }
        List<Metric> chosen = new ArrayList<>();
        for (String name : options.metrics()) {
            chosen.add(Metric.named(name, all)
                    .orElseThrow(() -> new ModelException.CannotPredict(Problem.error(
                            Where.NOWHERE,
                            "the metric " + name + " does not apply to this task ("
                                    + scored.task().text() + ")",
                            "Choose among "
                                    + String.join(
                                            ", ", all.stream().map(Metric::name).toList()) + "."))));
        }
        return chosen;
    }

    private static Evaluation.Score score(
            Contestant one, List<Metric> metrics, Optional<Bootstrap> bootstrap, Progress progress) {
        Map<String, Double> values = new HashMap<>();
        Map<String, Interval> intervals = new HashMap<>();
        for (Metric metric : metrics) {
            progress.at(-1, "Computing " + metric.title() + " of " + one.name());
            values.put(metric.name(), metric.of(one.scored()));
            if (bootstrap.isPresent() && metric.resampled()) {
                intervals.put(metric.name(), bootstrap.get().interval(rows -> metric.of(one.scored(), rows), progress));
            }
        }
        return new Evaluation.Score(one.name(), one.role(), one.scored(), values, intervals);
    }

    private List<Evaluation.Pair> agreements(Task found) {
        List<Evaluation.Pair> pairs = new ArrayList<>();
        if (found != Task.BINARY && found != Task.CLASSES) {
            return pairs;
        }
        List<Contestant> members =
                contestants.stream().filter(one -> one.role() != Role.MERGED).toList();
        for (int i = 0; i < members.size(); i++) {
            for (int j = i + 1; j < members.size(); j++) {
                Contestant one = members.get(i);
                Contestant other = members.get(j);
                if (one.scored().classes() == other.scored().classes()) {
                    pairs.add(
                            new Evaluation.Pair(one.name(), other.name(), Agreement.of(one.scored(), other.scored())));
                }
            }
        }
        return pairs;
    }

    /** Members stand before the network that joins them. */
    private static List<Evaluation.Difference> differences(
            Metric metric, List<Evaluation.Score> scores, Optional<Bootstrap> bootstrap, Progress progress) {
        List<Evaluation.Difference> differences = new ArrayList<>();
        List<Evaluation.Score> members = new ArrayList<>();
        for (Evaluation.Score score : scores) {
            if (score.role() == Role.MEMBER) {
                members.add(score);
                continue;
            }
            if (score.role() == Role.MERGED && !members.isEmpty()) {
                Evaluation.Score best = members.get(0);
                for (Evaluation.Score member : members) {
                    best = metric.isBetter(member.value(metric), best.value(metric)) ? member : best;
                }
                Evaluation.Score strongest = best;
                int sign = metric.higherIsBetter() ? 1 : -1;
                differences.add(new Evaluation.Difference(
                        score.name(),
                        best.name(),
                        sign * (score.value(metric) - best.value(metric)),
                        bootstrap
                                .filter(drawn -> metric.resampled())
                                .map(drawn -> drawn.interval(
                                        rows -> sign
                                                * (metric.of(score.scored(), rows)
                                                        - metric.of(strongest.scored(), rows)),
                                        progress))));
            }
            members.clear();
        }
        return differences;
    }
}
