package org.netsplice.cli;

import java.nio.file.Path;
import java.util.List;
import org.netsplice.predict.Answers;
import picocli.CommandLine.Option;

/** The names of the classes a model tells apart. */
final class ClassesOption {
    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "Names of the classes in the order of the outputs, one on a line.")
    private Path file;

    @Option(names = "--labels", hidden = true, paramLabel = "FILE", description = "Another name for --classes.")
    private Path labels;

    /** The names in the order of the outputs; empty when no file is given. */
    List<String> names() {
        Path given = file == null ? labels : file;
        return given == null ? List.of() : Answers.classes(given);
    }
}
