package org.netsplice.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.netsplice.bench.Temperature;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model as sure of its classes as it is right. */
@Command(
        name = "calibrate",
        description =
                "Puts a temperature before the softmax or sigmoid of a model, so that it is as sure as it is right.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice calibrate model.keras --input X.npy --target y.npy -o calibrated.keras"})
final class CalibrateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "Any file that can be opened.")
    private Path model;

    @Option(names = "--weights", paramLabel = "W", description = "Weights, when the model is an architecture only.")
    private Path weights;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "FILE[#COLUMN]|COLUMN",
            description = "What is right for each row of the input; rows the model was not trained on.")
    private String goal;

    @Option(names = "--classes", paramLabel = "FILE", description = "Names of the classes, one on a line.")
    private Path classes;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The calibrated model: .splice, .keras, .h5, .onnx or .zip (DL4J).")
    private Path target;

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (data.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --input FILE");
        }
        Targets.check(
                spec,
                target,
                console.formats().exporters().stream().map(Exporter::extension).toList(),
                weights == null ? List.of(model) : List.of(model, weights));
        Document document = Models.open(console, spec, List.of(model), weights == null ? List.of() : List.of(weights))
                .get(0)
                .asDocument();
        Temperature found = Temperature.of(document, data.rows(goal, classes, console), console.progress());
        console.note(String.format(
                Locale.ROOT,
                "temperature %.4f: log loss %.4f, before %.4f%s",
                found.temperature(),
                found.after().loss(),
                found.before().loss(),
                found.after()
                        .error()
                        .map(error -> String.format(
                                Locale.ROOT,
                                "; calibration error %.4f, before %.4f",
                                error,
                                found.before().error().orElseThrow()))
                        .orElse("")));
        Models.write(console, found.document(), target);
        return ExitCode.DONE;
    }
}
