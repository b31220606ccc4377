package org.netsplice.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.safety.FileReport;
import org.netsplice.safety.Untrusted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is in a file and whether it can run. */
@Command(
        name = "check",
        description =
                "Tells what is in a file, what was not read, not trusted or not run and why; exit code 0 when it can run.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice check downloaded.h5"})
final class CheckCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("text", "json");
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "Any file.")
    private Path file;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture.")
    private Path weights;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text or json; text if not given.")
    private String format;

    @Spec
    private CommandSpec spec;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!FORMATS.contains(format)) {
            throw new ParameterException(spec.commandLine(), Choices.sentence("--format", format, FORMATS, Map.of()));
        }
        if (weights != null) {
            console.formats().compare(file, weights).ifPresent(pairs -> console.print(PairingTable.of(pairs)));
        }
        Document document = console.open(file, Optional.ofNullable(weights));
        FileReport facts = FileReport.of(console.formats(), file, document, console.progress());
        Report report = Report.of(document.graph());
        console.print(format.equals("json") ? json(document, report, facts) : text(document, report, facts));
        Untrusted.derived(document).forEach(what -> console.note("warning: " + what));
        for (Problem problem : report.problems()) {
            console.note((problem.severity() == Problem.Severity.WARNING ? "warning: " : "") + problem.text());
        }
        return report.runnable() ? ExitCode.DONE : ExitCode.CANNOT_COMPILE;
    }

    private static String text(Document document, Report report, FileReport facts) {
        Graph graph = document.graph();
        StringBuilder text = new StringBuilder(Printable.name(document.name())).append('\n');
        facts.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "  %d layers, %,d parameters\n",
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
        facts.warnings().forEach(line -> text.append("  ").append(line).append('\n'));
        return text.append(report.runnable() ? "  can run\n" : "  cannot run\n").toString();
    }

    private static String json(Document document, Report report, FileReport facts) {
        Graph graph = document.graph();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", document.name());
        fields.putAll(facts.fields());
        fields.put("layers", graph.nodes().size());
        fields.put("parameters", report.counts().parameters());
        fields.put(
                "inputs",
                graph.inputs().stream()
                        .map(input ->
                                Map.of("name", graph.node(input).name(), "shape", shape(report, graph.node(input), 0)))
                        .toList());
        fields.put(
                "outputs",
                graph.outputs().stream()
                        .map(output -> Map.of(
                                "name",
                                graph.outputName(output),
                                "shape",
                                shape(
                                        report,
                                        graph.node(output.port().node()),
                                        output.port().index())))
                        .toList());
        fields.put("problems", report.problems().stream().map(Problem::text).toList());
        fields.put("runs", report.runnable());
        return Json.of(fields).pretty() + "\n";
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
