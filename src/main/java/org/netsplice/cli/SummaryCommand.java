package org.netsplice.cli;

import java.util.Iterator;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.export.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the table of layers. */
@Command(
        name = "summary",
        description = "Prints the table of layers as Keras' model.summary() does.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice summary model.keras --expand-nested --format markdown"})
final class SummaryCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelArgument model;

    @Option(names = "--expand-nested", description = "List the layers of nested models too.")
    private boolean nested;

    @Option(names = "--show-trainable", description = "Add a column that tells which layers train.")
    private boolean trainable;

    @Option(names = "--flops", description = "Tell operations and memory for one row of data, and sizes of outputs.")
    private boolean sizes;

    @Option(names = "--width", paramLabel = "N", description = "Characters of a line; at least 40.")
    private int width;

    @Option(
            names = "--format",
            defaultValue = "text",
            completionCandidates = Formats.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
    private String format;

    @picocli.CommandLine.Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    /** The formats, for the help. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Summary.formats().iterator();
        }
    }

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!Summary.formats().contains(format)) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), Choices.sentence("--format", format, Summary.formats(), java.util.Map.of()));
        }
        if (width != 0 && width < 40) {
            throw new picocli.CommandLine.ParameterException(spec.commandLine(), "--width must be 40 or more");
        }
        Document document = model.open(console);
        Summary summary = new Summary(
                Report.of(document.graph()), document, new Summary.Options(nested, trainable, width, sizes));
        console.print(summary.in(format));
        return ExitCode.DONE;
    }
}
