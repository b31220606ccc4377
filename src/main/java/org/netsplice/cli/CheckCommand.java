package org.netsplice.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what is in a file and whether it can run. */
@Command(
        name = "check",
        description = "Tells what is in a file, what was refused and why; exit code 0 when it can run.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice check downloaded.h5"})
final class CheckCommand implements Callable<Integer> {
    private static final int LISTED = 20;
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "Any file.")
    private Path file;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture.")
    private Path weights;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (weights != null) {
            console.formats().compare(file, weights).ifPresent(pairs -> console.print(PairingTable.of(pairs)));
        }
        Document document = console.open(file, Optional.ofNullable(weights));
        Graph graph = document.graph();
        Report report = Report.of(graph);
        StringBuilder text = new StringBuilder();
        text.append(Printable.name(document.name())).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "  %d layers, %,d parameters%n",
                graph.nodes().size(),
                report.counts().parameters()));
        for (NodeId input : graph.inputs()) {
            text.append("  input ")
                    .append(described(report, graph.node(input), 0))
                    .append('\n');
        }
        for (Output output : graph.outputs()) {
            Node node = graph.node(output.port().node());
            text.append("  output ")
                    .append(Printable.name(graph.outputName(output)))
                    .append(' ');
            text.append(shape(report, node, output.port().index())).append('\n');
        }
        List<String> unread = console.formats().unread(file);
        for (String one : unread.subList(0, Math.min(LISTED, unread.size()))) {
            text.append("  not read: ").append(Printable.text(one)).append('\n');
        }
        if (unread.size() > LISTED) {
            text.append("  not read: ").append(unread.size() - LISTED).append(" more\n");
        }
        Untrusted.lines(document).forEach(line -> text.append("  ").append(line).append('\n'));
        text.append(report.runnable() ? "  can run\n" : "  cannot run\n");
        console.print(text.toString().replace("\r", ""));
        Untrusted.derived(document).forEach(what -> console.note("warning: " + what));
        for (Problem problem : report.problems()) {
            console.note((problem.severity() == Problem.Severity.WARNING ? "warning: " : "") + problem.text());
        }
        return report.runnable() ? ExitCode.DONE : ExitCode.CANNOT_COMPILE;
    }

    private static String described(Report report, Node node, int index) {
        return Printable.name(node.name()) + " " + shape(report, node, index);
    }

    private static String shape(Report report, Node node, int index) {
        return report.outputs(node.id()).size() > index
                ? report.outputs(node.id()).get(index).shape() + " "
                        + report.outputs(node.id()).get(index).dtype().text()
                : "?";
    }
}
