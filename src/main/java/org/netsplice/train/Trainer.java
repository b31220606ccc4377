package org.netsplice.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.dl4j.Engine;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * Trains layers of a document on rows whose targets are known. What no training changes is computed once; the rest runs node by node over
 * the graph in every step, recorded on a tape.
 */
public final class Trainer {
    /** The most rows that are predicted to find out what an output gives. */
    private static final int FEW = 32;

    private final Document document;
    private final Selection selection;
    private final List<Goal> goals;
    private final Options options;

    /**
     * A trainer.
     *
     * @param selection the layers to train
     * @param goals what each output learns, at least one; outputs without a goal learn nothing
     */
    public Trainer(Document document, Selection selection, List<Goal> goals, Options options) {
        this.document = document;
        this.selection = selection;
        this.goals = List.copyOf(goals);
        this.options = options;
    }

    /**
     * Trains. When the work is asked to stop after the first step, training ends and the best weights so far are the result.
     *
     * @param rows the rows to train on, of which {@link Options#held} may hold some back
     * @param validation other rows to judge by; empty for those held back, if any
     * @throws ModelException.CannotCompile when the document has errors
     * @throws ModelException.CannotPredict when the data does not fit, memory would not do, an operation has no gradient, or numbers are
     *     not finite before an epoch is over
     */
    public Trained train(Rows rows, Optional<Rows> validation, Listener listener, Progress progress) {
        Report report = Report.of(document.graph());
        requireSound(report);
        progress.at(0, "Starting the engine");
        Engine.start();
        selection.notices().forEach(listener::notice);
        int[] training = IntStream.range(0, count(rows)).toArray();
        Features own = Features.ofInputs(document.graph(), fitted(rows));
        Optional<Features> other = validation.map(judged -> Features.ofInputs(document.graph(), fitted(judged)));
        int[] judging = new int[0];
        if (other.isEmpty() && options.held() > 0) {
            shuffle(training, new SplittableRandom(options.seed()));
            int held = (int) Math.round(options.held() * training.length);
            if (held < 1 || held == training.length) {
                throw refused(
                        Where.NOWHERE,
                        held + " of " + training.length + " rows would be held back for validation",
                        "Hold back a share that leaves rows on both sides.");
            }
            judging = Arrays.copyOfRange(training, training.length - held, training.length);
            training = Arrays.copyOf(training, training.length - held);
            Arrays.sort(judging);
            Arrays.sort(training);
        }
        long all = (long) own.rows() + other.map(Features::rows).orElse(0);
        Memory.require(report, plan(document.graph(), report, ports()), all, options);
        Features few = own.rows(IntStream.range(0, Math.min(Math.min(FEW, options.batch()), training.length))
                .toArray());
        Setup setup = Setup.of(document, goals, few, rows.targets(), progress.part(0, 0.02));
        Plan plan = plan(setup.graph(), setup.report(), setup.objectives().keySet());
        plan.notice().ifPresent(listener::notice);
        setup.objectives().values().forEach(objective -> listener.notice(objective.sentence()));
        List<double[]> targets = targets(setup, rows);
        double[] weights = weights(setup, rows, targets, training);
        List<double[]> judgedTargets =
                validation.map(judged -> targets(setup, judged)).orElse(targets);
        Execution rest = new Execution(setup.report(), plan.rest(), plan.trained());
        Execution before = new Execution(setup.report(), plan.before(), Set.of());
        Features cached = through(setup, before, rest, own, progress.part(0.02, other.isPresent() ? 0.08 : 0.1));
        Features cachedOther = other.map(one -> through(setup, before, rest, one, progress.part(0.08, 0.1)))
                .orElse(cached);
        int[] judgedRows =
                other.map(one -> IntStream.range(0, one.rows()).toArray()).orElse(judging);
        Loop loop = new Loop(document, setup, plan, rest, options, listener);
        return loop.run(
                new Loop.Part(cached, targets, training, weights),
                new Loop.Part(cachedOther, judgedTargets, judgedRows, ones(cachedOther.rows())),
                progress.part(0.1, 1));
    }

    private Plan plan(Graph graph, Report report, Set<Port> targets) {
        return Plan.of(graph, report, targets, selection.nodes());
    }

    private Set<Port> ports() {
        Set<Port> ports = new HashSet<>();
        goals.forEach(goal -> ports.add(Setup.port(document.graph(), goal)));
        return ports;
    }

    private static void requireSound(Report report) {
        List<Problem> errors = report.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new ModelException.CannotCompile(errors);
        }
    }

    private Features through(Setup setup, Execution before, Execution rest, Features features, Progress progress) {
        return features.through(
                before,
                Setup.weights(document, setup.report(), before.nodes()),
                rest.entries(),
                options.batch(),
                setup.graph(),
                progress);
    }

    /** The data of every input that an output depends on, in its shape. */
    private Map<String, Tensor> fitted(Rows rows) {
        Graph graph = document.graph();
        Set<NodeId> needed = Report.of(graph).topology().needed();
        Map<String, Tensor> fitted = new HashMap<>();
        int wanted = count(rows);
        for (Node node : graph.inputs().stream().map(graph::node).toList()) {
            if (!needed.contains(node.id())) {
                continue;
            }
            InputLayer layer = (InputLayer) node.layer();
            Where where = new Where.AtOption("input " + node.name());
            Tensor given = rows.inputs().get(node.name());
            if (given == null) {
                throw refused(where, "no data is given for this input", "Choose a file for it.");
            }
            Tensor tensor = new Input(node.name(), layer.batchShape(), layer.dtype())
                    .fitted(given)
                    .orElseThrow(() -> refused(
                            where,
                            "expects data of shape " + layer.batchShape() + ", received " + given.shape(),
                            "Choose a file with that shape; the first axis counts the rows."));
            if (tensor.shape().size(0) != wanted) {
                throw refused(
                        where,
                        "has " + tensor.shape().size(0) + " rows, but there are " + wanted + " targets",
                        "Give one target for every row.");
            }
            fitted.put(node.name(), tensor);
        }
        return fitted;
    }

    /** The number of targets, equal for all outputs. */
    private int count(Rows rows) {
        long count = -1;
        for (Goal goal : goals) {
            Answers answers = rows.targets().get(goal.output());
            if (answers == null) {
                throw refused(Where.NOWHERE, "no targets are given for the output " + goal.output(), "Choose a file.");
            }
            if (count >= 0 && answers.rows() != count) {
                throw refused(
                        new Where.InFile(answers.source(), ""),
                        "holds " + answers.rows() + " targets, but another output has " + count,
                        "Give every output a target for every row.");
            }
            count = answers.rows();
        }
        return Math.toIntExact(count);
    }

    private static List<double[]> targets(Setup setup, Rows rows) {
        return setup.objectives().values().stream()
                .map(objective -> objective.targets(rows.targets().get(objective.output())))
                .toList();
    }

    /** How much every row counts. */
    private double[] weights(Setup setup, Rows rows, List<double[]> targets, int... training) {
        if (!options.balanced()) {
            return ones(count(rows));
        }
        if (setup.objectives().size() > 1) {
            throw refused(
                    Where.NOWHERE,
                    "classes of several outputs cannot be balanced at once",
                    "Train without balanced classes.");
        }
        Objective objective = setup.objectives().values().iterator().next();
        return objective.balance(targets.get(0), training, rows.targets().get(objective.output()));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Puts numbers into another order, each as likely as any other. */
    static void shuffle(int[] numbers, SplittableRandom random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = kept;
        }
    }

    private static ModelException.CannotPredict refused(Where where, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(where, what, remedy));
    }
}
