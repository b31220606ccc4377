package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netsplice.bench.Blend;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import picocli.CommandLine.Command;
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
        footer = {"", "Example: netsplice blend run1.keras run2.keras --t 0.3 -o blend.keras"})
final class BlendCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Two models or more.")
    private List<Path> models;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture; once for each.")
    private List<Path> weights = new ArrayList<>();

    @Option(
            names = "--method",
            defaultValue = "average",
            description =
                    "average, or slerp for two models: along the arc between their weights. ${DEFAULT-VALUE} if not given.")
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

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The blended model: .splice, .keras, .h5, .onnx or .zip (DL4J).")
    private Path target;

    BlendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Blend.Method chosen = Choices.of(spec, "--method", method, Blend.Method.values());
        checkOptions(chosen);
        List<Path> sources = new ArrayList<>(models);
        sources.addAll(weights);
        Targets.check(
                spec,
                target,
                console.formats().exporters().stream().map(Exporter::extension).toList(),
                sources);
        List<Document> documents = Models.open(console, spec, models, weights).stream()
                .map(opened -> opened.asDocument())
                .toList();
        Blend blend = new Blend(models.stream().map(Models::name).toList(), documents);
        Optional<Integer> unlike = blend.firstUnlike();
        unlike.ifPresent(
                other -> console.note(PairingTable.of(blend.compare(other)).stripTrailing()));
        Models.write(console, blend.by(chosen, shares()), target);
        return ExitCode.DONE;
    }

    private List<Double> shares() {
        if (t != null || (shares.isEmpty() && models.size() == 2)) {
            double second = t == null ? 0.5 : t;
            return List.of(1 - second, second);
        }
        return shares.isEmpty() ? models.stream().map(model -> 1.0).toList() : shares;
    }

    private void checkOptions(Blend.Method chosen) {
        if (models.size() < 2) {
            throw new ParameterException(spec.commandLine(), "give two models or more");
        }
        if (models.size() > 2 && (t != null || chosen == Blend.Method.SLERP)) {
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
