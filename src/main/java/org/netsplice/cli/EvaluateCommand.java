package org.netsplice.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netsplice.bench.Evaluation;
import org.netsplice.bench.Evaluator;
import org.netsplice.bench.Scoreboard;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.metrics.Metric;
import org.netsplice.predict.Answers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares models, and the parts of merged ones, on rows whose targets are known. */
@Command(
        name = "evaluate",
        description = "Compares models, and the networks that merged ones join, on data with known targets.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: netsplice evaluate a.keras b.keras merged.splice --input X_test.npy --target y_test.npy --bootstrap 1000"
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Any files that can be opened.")
    private List<Path> models;

    @Mixin
    private EngineOption engine;

    @Mixin
    private WeightsOption weights;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "FILE[#COLUMN]|COLUMN",
            description =
                    "What is right for each row: classes, labels or numbers, in a file or in a column of the input.")
    private String target;

    @Mixin
    private ClassesOption classes;

    @Option(names = "--output", paramLabel = "NAME", description = "The output of models with several.")
    private String output = "";

    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "NAME",
            description = "Which metrics; all that apply if not given.")
    private List<String> metrics = new ArrayList<>();

    @Option(
            names = "--bootstrap",
            defaultValue = "0",
            paramLabel = "N",
            description = "Draw the rows N times for intervals of 95 %%.")
    private int samples;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Of the drawing.")
    private long seed;

    @Option(
            names = "--format",
            defaultValue = "text",
            completionCandidates = BoardFormats.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
    private String format;

    @Option(
            names = "-o",
            paramLabel = "REPORT",
            description = "Where to: .html, .json, .csv or .md; printed if not given.")
    private Path report;

    /** The formats, for the help. */
    static final class BoardFormats extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        BoardFormats() {
            super(Scoreboard.formats());
        }
    }

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkOptions();
        List<Document> documents = weights.documents(models, console);
        Optional<Path> table = data.targetTable(target);
        Answers answers = data.answers(target);
        Evaluator evaluator = new Evaluator(
                answers, classes.names(), new Evaluator.Options(data.batch(), metrics, samples, seed, output));
        List<String> without = table.isPresent() ? List.of(target) : List.of();
        for (int i = 0; i < documents.size(); i++) {
            Models.requireWeights(models.get(i), documents.get(i));
            evaluator.add(
                    Models.name(models.get(i)),
                    documents.get(i),
                    network -> data.read(network, without, console),
                    engine::compile,
                    console.progress());
        }
        write(evaluator.evaluate(console.progress()));
        return ExitCode.DONE;
    }

    private void checkOptions() {
        data.require();
        if (samples < 0) {
            throw new ParameterException(spec.commandLine(), "--bootstrap must be 0 or more");
        }
        if (!Scoreboard.formats().contains(format)) {
            throw new ParameterException(
                    spec.commandLine(), Choices.sentence("--format", format, Scoreboard.formats(), java.util.Map.of()));
        }
        for (String metric : metrics) {
            if (!Metric.names().contains(metric)) {
                throw new ParameterException(
                        spec.commandLine(), Choices.sentence("--metrics", metric, Metric.names(), java.util.Map.of()));
            }
        }
        if (report != null) {
            List<Path> sources = weights.with(models);
            sources.addAll(data.files());
            sources.add(Path.of(target));
            Targets.check(spec, report, List.of("html", "json", "csv", "md"), sources);
        }
    }

    private void write(Evaluation evaluation) {
        Scoreboard board = new Scoreboard(evaluation);
        if (report == null) {
            console.print(board.in(format));
            return;
        }
        String text = board.forFile(String.valueOf(report.getFileName()));
        AtomicFile.write(report, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        console.clearProgress();
    }
}
