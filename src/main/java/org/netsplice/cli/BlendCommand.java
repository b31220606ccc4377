package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netsplice.bench.Blend;
import org.netsplice.bench.Soup;
import org.netsplice.bench.Weighting;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.train.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one network of several of one architecture. */
@Command(
        name = "blend",
        description = "Makes one network of several of one architecture by blending their weights.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: netsplice blend run1.keras run2.keras --t 0.3 -o blend.keras",
            "         netsplice blend a.keras b.keras --method align --input X.npy --target y.npy -o blend.keras"
        })
final class BlendCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Two models or more.")
    private List<Path> models;

    @Mixin
    private WeightsOption weights;

    @Option(
            names = "--method",
            defaultValue = "average",
            description =
                    "average; slerp for two models: along the arc between their weights; align: the mean after units, channels and heads of each are put in the order of the first; greedy: the mean of those that make it better on --input and --target. ${DEFAULT-VALUE} if not given.")
    private String method;

    @Option(
            names = "--t",
            paramLabel = "T",
            description = "From the first of two models (0) to the second (1); 0.5 if not given.")
    private Double t;

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "S",
            description = "How much each model counts; all alike if not given.")
    private List<Double> shares = new ArrayList<>();

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Of the search of align.")
    private long seed;

    @Mixin
    private DataOptions data;

    @Mixin
    private GoalOptions goal;

    @Mixin
    private WrittenModel target;

    /** What the option offers: the ways to blend, and a search for what to blend. */
    private enum Choice {
        AVERAGE,
        SLERP,
        ALIGN,
        GREEDY
    }

    BlendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Choice chosen = Choices.of(spec, "--method", method, Choice.values());
        checkOptions(chosen);
        target.check(weights.with(models), console);
        List<Document> documents = weights.documents(models, console);
        Blend blend = new Blend(models.stream().map(Models::name).toList(), documents);
        Optional<Integer> unlike = blend.firstUnlike();
        unlike.ifPresent(
                other -> console.note(PairingTable.of(blend.compare(other)).stripTrailing()));
        Document blended = chosen == Choice.GREEDY
                ? soup(documents)
                : renewed(blend.by(Blend.Method.valueOf(chosen.name()), shares(), seed, console.progress()));
        if (chosen != Choice.GREEDY && !goal.isEmpty()) {
            List<Document> all = new ArrayList<>(documents);
            all.add(blended);
            Weighting.Rows rows = goal.rows(data, console);
            List<Double> losses = all.stream()
                    .map(document -> Soup.loss(document, rows, console.progress()))
                    .toList();
            console.note(told(losses.get(documents.size()), losses.subList(0, documents.size())));
        }
        target.write(blended, console);
        return ExitCode.DONE;
    }

    /** The blend with moving statistics of its own, where it has any and rows are given. */
    private Document renewed(Document blended) {
        if (data.isEmpty() || !Statistics.has(blended)) {
            return blended;
        }
        console.note("Moving statistics are computed again from the rows.");
        Map<String, Tensor> inputs = goal.rows(data, console).data().of(Compiler.compile(blended, console.progress()));
        return Statistics.renewed(blended, inputs, data.batch(), seed, console.progress());
    }

    private Document soup(List<Document> documents) {
        List<String> names = models.stream().map(Models::name).toList();
        Soup soup = Soup.of(names, documents, goal.rows(data, console), console.progress());
        console.note("the mean of " + soup.kept().stream().map(names::get).collect(Collectors.joining(", ")));
        console.note(told(soup.loss(), soup.alone()));
        return soup.document();
    }

    private static String told(double loss, List<Double> alone) {
        return String.format(
                Locale.ROOT,
                "loss %.4f; the models alone %s",
                loss,
                alone.stream()
                        .map(each -> String.format(Locale.ROOT, "%.4f", each))
                        .collect(Collectors.joining(", ")));
    }

    private List<Double> shares() {
        if (t != null || (shares.isEmpty() && models.size() == 2)) {
            double second = t == null ? 0.5 : t;
            return List.of(1 - second, second);
        }
        return shares.isEmpty() ? models.stream().map(model -> 1.0).toList() : shares;
    }

    private void checkOptions(Choice chosen) {
        if (models.size() < 2) {
            throw new ParameterException(spec.commandLine(), "give two models or more");
        }
        if (chosen == Choice.GREEDY ? data.isEmpty() || goal.isEmpty() : data.isEmpty() != goal.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    chosen == Choice.GREEDY
                            ? "--method greedy needs --input FILE and --target FILE"
                            : "--input and --target are given together");
        }
        if (chosen == Choice.GREEDY && (t != null || !shares.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--method greedy finds what counts itself; leave out --t and --shares");
        }
        if (models.size() > 2 && (t != null || chosen == Choice.SLERP)) {
            throw new ParameterException(
                    spec.commandLine(), "--t and --method slerp are for two models; give --shares for more");
        }
        if (t != null && !(t >= 0 && t <= 1)) {
            throw new ParameterException(spec.commandLine(), "--t must be between 0 and 1");
        }
        if (t != null && !shares.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--t and --shares exclude each other");
        }
        boolean usable = shares.stream().allMatch(share -> share >= 0 && Double.isFinite(share))
                && shares.stream().mapToDouble(Double::doubleValue).sum() > 0;
        if (!shares.isEmpty() && (shares.size() != models.size() || !usable)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--shares needs a number for each of the " + models.size()
                            + " models, none negative and not all 0");
        }
    }
}
