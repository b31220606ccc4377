package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.edit.Document;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one model a command is about, and its weights when the file is an architecture. */
final class ModelArgument {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Any file that can be opened.")
    private Path model;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture.")
    private Path weights;

    /** The model's file. */
    Path file() {
        return model;
    }

    /** The file of its weights, when one is given. */
    Optional<Path> weights() {
        return Optional.ofNullable(weights);
    }

    /** All files of the model. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(model));
        weights().ifPresent(files::add);
        return files;
    }

    /** Opens the model; says on the console when layers have no weights. */
    Document open(Console console) {
        return console.open(model, weights());
    }
}
