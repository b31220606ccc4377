package org.netsplice.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.ops.Array;
import org.netsplice.ops.NoGradientException;
import org.netsplice.ops.Tape;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** The epochs and steps of one training. Runs once. */
final class Loop {
    /** The factor between the loss before the first step and one that has diverged. */
    private static final double DIVERGED = 3;

    private final Plan plan;
    private final Graph graph;
    private final Map<Port, Objective> objectives;
    private final Execution rest;
    private final Options options;
    private final Listener listener;
    private final Parameters parameters;
    private final Map<WeightsId, List<Array>> fixed;
    private final List<Epoch> epochs = new ArrayList<>();
    private Map<NodeId, Weights> best = Map.of();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private double firstLoss = Double.NaN;
    private long steps;
    private boolean told;

    /**
     * Rows to train on or to judge by.
     *
     * @param features what the trained part reads, for all rows
     * @param targets for each objective, those of all rows
     * @param rows the rows that are meant
     * @param weights how much each of all rows counts
     */
    record Part(Features features, List<double[]> targets, int[] rows, double[] weights) {}

    Loop(Document document, Setup setup, Plan plan, Execution rest, Options options, Listener listener) {
        this.plan = plan;
        this.graph = setup.graph();
        this.objectives = setup.objectives();
        this.rest = rest;
        this.options = options;
        this.listener = listener;
        List<Node> trained = plan.rest().stream()
                .filter(node -> plan.trained().contains(node.id()))
                .toList();
        List<Node> others = plan.rest().stream()
                .filter(node -> !plan.trained().contains(node.id()))
                .toList();
        parameters = new Parameters(document, setup.report(), trained);
        fixed = Setup.weights(document, setup.report(), others);
    }

    /** Thrown where a number is not finite. */
    private static final class NotFinite extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        NotFinite(Problem problem) {
            super(problem.line(), null, false, false);
            this.problem = problem;
        }
    }

    Trained run(Part training, Part judging, Progress progress) {
        SplittableRandom random = new SplittableRandom(options.seed() + 1);
        long stepsOfEpoch = (training.rows().length + options.batch() - 1L) / options.batch();
        Descent descent = new Descent(options.optimizer(), options.schedule(stepsOfEpoch));
        int[] order = training.rows().clone();
        int worse = 0;
        try {
            for (int number = 1; number <= options.epochs(); number++) {
                if (options.shuffled()) {
                    Trainer.shuffle(order, random);
                }
                double from = (number - 1.0) / options.epochs();
                Progress part = progress.part(from, from + 1.0 / options.epochs());
                long start = System.nanoTime();
                Optional<Tally> tally = epoch(number, training, order, descent, part);
                if (tally.isEmpty()) {
                    return ended(Trained.Ending.STOPPED, Optional.empty());
                }
                Optional<Epoch.Score> judged =
                        judging.rows().length == 0 ? Optional.empty() : Optional.of(judge(judging, part));
                finish(number, tally.get().score(), judged, descent, (System.nanoTime() - start) / 1e9);
                worse = epochs.get(epochs.size() - 1).best() ? 0 : worse + 1;
                if (options.patience() > 0 && worse >= options.patience()) {
                    return ended(Trained.Ending.PATIENCE, Optional.empty());
                }
            }
            return ended(Trained.Ending.FINISHED, Optional.empty());
        } catch (Stopped stopped) {
            if (steps == 0) {
                throw stopped;
            }
            return ended(Trained.Ending.STOPPED, Optional.empty());
        } catch (NotFinite found) {
            if (epochs.isEmpty()) {
                throw new ModelException.CannotPredict(found.problem);
            }
            return ended(Trained.Ending.NOT_FINITE, Optional.of(found.problem));
        }
    }

    private Trained ended(Trained.Ending ending, Optional<Problem> problem) {
        return new Trained(best.isEmpty() ? parameters.weights() : best, epochs, ending, problem);
    }

    private void finish(
            int number, Epoch.Score training, Optional<Epoch.Score> judged, Descent descent, double seconds) {
        double watched = judged.orElse(training).loss();
        boolean better = watched < bestLoss;
        if (better) {
            best = parameters.weights();
            bestLoss = watched;
        }
        Epoch epoch = new Epoch(
                number,
                objectives.values().iterator().next().metric(),
                training,
                judged,
                descent.lastRate(),
                seconds,
                better);
        epochs.add(epoch);
        listener.epoch(epoch);
        if (!told && training.loss() > DIVERGED * firstLoss) {
            told = true;
            listener.notice(String.format(
                    Locale.ROOT,
                    "The loss grew from %s before training to %s: the learning rate %s is probably too large.",
                    Tidy.number(firstLoss),
                    Tidy.number(training.loss()),
                    Tidy.number(epoch.rate())));
        }
    }

    /** Loss and metric of batches so far. */
    private static final class Tally {
        private double loss;
        private double metric;
        private long rows;

        void add(Epoch.Score score, int batch) {
            loss += score.loss() * batch;
            metric += score.metric() * batch;
            rows += batch;
        }

        Epoch.Score score() {
            return new Epoch.Score(loss / rows, metric / rows);
        }
    }

    /** Goes through all rows; empty when the listener wants to stop. */
    private Optional<Tally> epoch(int number, Part training, int[] order, Descent descent, Progress progress) {
        Tally tally = new Tally();
        for (int from = 0; from < order.length; from += options.batch()) {
            int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batch()));
            double done = (double) from / order.length;
            String what = "Epoch " + number + " of " + options.epochs()
                    + (tally.rows == 0
                            ? ""
                            : ", loss " + Tidy.number(tally.score().loss()));
            progress.at(done, what);
            Place place = new Place(number, 1 + from / options.batch());
            Epoch.Score score = step(training, rows, descent, place, (fraction, node) -> progress.at(done, what));
            if (steps == 1) {
                firstLoss = score.loss();
            }
            tally.add(score, rows.length);
            if (!listener.step(number, tally.rows, order.length, tally.score())) {
                return Optional.empty();
            }
        }
        return Optional.of(tally);
    }

    /** Where in a training something happened; both count from 1. */
    private record Place(int epoch, int batch) {
        String text() {
            return "in batch " + batch + " of epoch " + epoch;
        }
    }

    private Epoch.Score step(Part part, int[] rows, Descent descent, Place place, Progress progress) {
        Map<WeightsId, List<Array>> weights = parameters.arrays();
        weights.putAll(fixed);
        Execution.Values given = part.features().batch(rows);
        Execution.Mode mode = Execution.Mode.training(options.seed() * 31 + steps);
        List<double[]> gradients = new ArrayList<>();
        Epoch.Score score;
        try (Tape tape = Tape.record(parameters.trained())) {
            Execution.Values said =
                    rest.run(given, weights, objectives.keySet(), mode, (node, outputs) -> {}, progress);
            List<Array> outputs = new ArrayList<>();
            List<Array> slopes = new ArrayList<>();
            score = judged(said, part, rows, outputs, slopes);
            if (!Double.isFinite(score.loss())) {
                throw new NotFinite(culprit(given, weights, place));
            }
            for (Array gradient : gradients(tape, outputs, slopes)) {
                gradients.add(gradient.doubles());
            }
        }
        requireFinite(gradients, place);
        parameters.step(descent, gradients, mode.renewed());
        steps++;
        return score;
    }

    private List<Array> gradients(Tape tape, List<Array> outputs, List<Array> slopes) {
        try {
            return tape.gradients(outputs, slopes);
        } catch (NoGradientException problem) {
            throw new ModelException.CannotPredict(
                    Problem.error(
                            Where.NOWHERE,
                            problem.getMessage() + ", so that nothing before it can be trained",
                            "Train only layers behind it."),
                    problem);
        }
    }

    /**
     * The loss and the metric of a batch.
     *
     * @param outputs filled with what the losses depend on
     * @param slopes filled with the gradient of the loss for each of them
     */
    private Epoch.Score judged(Execution.Values said, Part part, int[] rows, List<Array> outputs, List<Array> slopes) {
        double loss = 0;
        double metric = Double.NaN;
        int number = 0;
        for (Map.Entry<Port, Objective> entry : objectives.entrySet()) {
            Objective objective = entry.getValue();
            Array output = said.arrays().get(entry.getKey());
            Features.requireRows(graph.node(entry.getKey().node()), output, rows.length);
            double[] predictions = output.doubles();
            double[] targets = objective.some(part.targets().get(number), rows);
            Optional<Array> mask = Optional.ofNullable(said.masks().get(entry.getKey()));
            double[] even = objective.shares(rows.length, mask);
            double[] shares = even.clone();
            for (int i = 0; i < shares.length; i++) {
                shares[i] *= objective.weight() * part.weights()[rows[i / objective.items()]];
            }
            loss += sum(objective.loss().of(predictions, objective.width(), targets), shares);
            if (number == 0) {
                metric = sum(objective.metrics(predictions, targets), even);
            }
            outputs.add(output);
            slopes.add(Array.like(
                    output,
                    objective.loss().gradient(predictions, objective.width(), targets, shares),
                    output.sizes()));
            number++;
        }
        return new Epoch.Score(loss, metric);
    }

    private static double sum(double[] values, double... shares) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += shares[i] == 0 ? 0 : shares[i] * values[i];
        }
        return sum;
    }

    /** The loss and the metric of rows that are not trained on. */
    private Epoch.Score judge(Part part, Progress progress) {
        Map<WeightsId, List<Array>> weights = parameters.arrays();
        weights.putAll(fixed);
        Tally tally = new Tally();
        for (int from = 0; from < part.rows().length; from += options.batch()) {
            int[] rows = Arrays.copyOfRange(part.rows(), from, Math.min(part.rows().length, from + options.batch()));
            Execution.Values said = rest.run(
                    part.features().batch(rows),
                    weights,
                    objectives.keySet(),
                    Execution.Mode.predicting(),
                    (node, outputs) -> {},
                    (fraction, what) -> progress.at(1, "Judging"));
            tally.add(judged(said, part, rows, new ArrayList<>(), new ArrayList<>()), rows.length);
        }
        return tally.score();
    }

    private void requireFinite(List<double[]> gradients, Place place) {
        Set<NodeId> wrong = new HashSet<>();
        for (int i = 0; i < gradients.size(); i++) {
            if (!finite(gradients.get(i))) {
                wrong.add(parameters.owners().get(i));
            }
        }
        Node last = null;
        for (Node node : plan.rest()) {
            last = wrong.contains(node.id()) ? node : last;
        }
        if (last != null) {
            throw new NotFinite(
                    problem(last, "the gradient of its weights became infinite or not a number " + place.text()));
        }
    }

    /** Says which node gave the first number that is not finite, by computing the batch again. */
    private Problem culprit(Execution.Values given, Map<WeightsId, List<Array>> weights, Place place) {
        for (Map.Entry<Port, Array> entry : given.arrays().entrySet()) {
            if (!finite(entry.getValue().doubles())) {
                Node node = graph.node(entry.getKey().node());
                return problem(
                        node,
                        (node.isInput() ? "its data holds" : "gives") + " a number that is infinite or not a number "
                                + place.text());
            }
        }
        List<Problem> found = new ArrayList<>();
        Tape.aside(() -> rest.run(
                given,
                weights,
                objectives.keySet(),
                Execution.Mode.training(options.seed() * 31 + steps),
                (node, outputs) -> {
                    if (!found.isEmpty()) {
                        return;
                    }
                    boolean sound = weights.getOrDefault(node.weights(), List.of()).stream()
                            .allMatch(array -> finite(array.doubles()));
                    if (!sound) {
                        found.add(problem(node, "its weights are infinite or not a number " + place.text()));
                    } else if (outputs.stream().anyMatch(array -> !finite(array.doubles()))) {
                        found.add(problem(node, "gives a number that is infinite or not a number " + place.text()));
                    }
                },
                Progress.NONE));
        return found.isEmpty()
                ? Problem.error(
                        Where.NOWHERE,
                        "the loss became infinite or not a number " + place.text(),
                        "Choose another loss, or check the targets.")
                : found.get(0);
    }

    private static Problem problem(Node node, String what) {
        return Problem.error(
                new Where.AtNode(node.id().number(), node.name()),
                what,
                "Use a smaller learning rate, and check the data and the weights.");
    }

    private static boolean finite(double... values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }
}
