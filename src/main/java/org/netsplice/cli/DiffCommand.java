package org.netsplice.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.compare.DifferenceReport;
import org.netsplice.compare.DocumentDifference;
import org.netsplice.edit.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how two models differ. */
@Command(
        name = "diff",
        description = "Tells how two models differ, layer by layer; exit code 0 when they are equal, 1 when not.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice diff before.keras after.keras"})
final class DiffCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "The first model.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "The second model.")
    private Path second;

    @Mixin
    private WeightsOption weights;

    @Option(
            names = "--format",
            defaultValue = "text",
            completionCandidates = Formats.class,
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.")
    private String format;

    /** The formats, for the help. */
    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return DifferenceReport.formats().iterator();
        }
    }

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!DifferenceReport.formats().contains(format)) {
            throw new ParameterException(
                    spec.commandLine(), Choices.sentence("--format", format, DifferenceReport.formats(), Map.of()));
        }
        List<Document> documents = weights.documents(List.of(first, second), console);
        DocumentDifference difference = DocumentDifference.between(
                Report.of(documents.get(0).graph()), Report.of(documents.get(1).graph()));
        boolean alike = first.getFileName().equals(second.getFileName());
        DifferenceReport report = new DifferenceReport(
                alike ? first.toString() : first.getFileName().toString(),
                alike ? second.toString() : second.getFileName().toString(),
                difference);
        console.print(report.in(format));
        return difference.isNone() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
