package org.netsplice.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.netsplice.bench.Temperature;
import org.netsplice.edit.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a model as sure of its classes as it is right. */
@Command(
        name = "calibrate",
        description =
                "Puts a temperature before the softmax or sigmoid of a model, so that it is as sure as it is right.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice calibrate model.keras --input X.npy --target y.npy -o calibrated.keras"})
final class CalibrateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "FILE[#COLUMN]|COLUMN",
            description = "What is right for each row of the input; rows the model was not trained on.")
    private String goal;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private WrittenModel target;

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.require();
        target.check(model.files(), console);
        Document document = model.open(console);
        Temperature found = Temperature.of(document, data.rows(goal, classes.names(), console), console.progress());
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
        target.write(found.document(), console);
        return ExitCode.DONE;
    }
}
