package org.netsplice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.netsplice.container.Guard;
import org.netsplice.editor.Samples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The two tutorials without a window. */
@Command(
        name = "tour",
        description = "Does the two tutorials from start to end on the sample models, without a window.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice tour -o tour"})
final class TourCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "-o",
            defaultValue = "netsplice-tour",
            paramLabel = "DIR",
            description = "Folder for the results; ${DEFAULT-VALUE} if not given.")
    private Path folder;

    @Option(names = "--samples", hidden = true, description = "Another folder with the sample models.")
    private Path samples;

    TourCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            Files.createDirectories(folder);
        } catch (IOException problem) {
            throw Guard.unreadable(folder.toString(), problem);
        }
        Samples source = samples == null ? Samples.bundled() : Samples.in(samples);
        new Tour(console, source, folder).walk();
        return ExitCode.DONE;
    }
}
