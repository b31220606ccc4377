package org.netsplice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a model in another format. */
@Command(
        name = "convert",
        description = "Writes a model in another format.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice convert architecture.json --weights model.weights.h5 -o model.keras"})
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Mixin
    private WrittenModel target;

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        target.check(model.files(), console);
        target.copy(model.open(console), console);
        return ExitCode.DONE;
    }
}
