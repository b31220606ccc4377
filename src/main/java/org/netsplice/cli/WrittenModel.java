package org.netsplice.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The file a command writes its model to, in any format that is registered. */
final class WrittenModel {
    /** The word in descriptions that {@link Program} replaces by the endings of all formats. */
    static final String ENDINGS = "netsplice.endings";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The file to write; its ending says the format: ${bundle:" + ENDINGS + "}.")
    private Path file;

    /** Refuses an ending that no format has, and a file that is one of the inputs. */
    void check(Collection<Path> inputs, Console console) {
        List<String> endings =
                console.formats().exporters().stream().map(Exporter::extension).toList();
        Targets.check(spec, file, endings, inputs);
    }

    /** The file's name without its folder. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    /** Writes a model that was made, and says what is doubtful about it. */
    void write(Document document, Console console) {
        Models.write(console, document, file);
    }

    /** Writes a model as it was opened, and says only what differs in the file. */
    void copy(Document document, Console console) {
        console.tell(console.formats().write(document, file, console.progress()));
        console.clearProgress();
    }
}
