package org.netsplice.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model in another format. */
@Command(
        name = "convert",
        description = "Writes a model in another format.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice convert architecture.json --weights model.weights.h5 -o model.keras"})
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "Any file that can be opened.")
    private Path source;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture.")
    private Path weights;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The new file: .splice, .keras, .h5, .onnx, .zip (DL4J), .py (Keras) or .java (DL4J).")
    private Path target;

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<String> writable =
                console.formats().exporters().stream().map(Exporter::extension).toList();
        Targets.check(spec, target, writable, weights == null ? List.of(source) : List.of(source, weights));
        Document document = console.open(source, Optional.ofNullable(weights));
        console.tell(console.formats().write(document, target, console.progress()));
        console.clearProgress();
        return ExitCode.DONE;
    }
}
