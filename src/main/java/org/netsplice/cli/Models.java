package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.format.Head;
import org.netsplice.format.Opened;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Opens several models; weights files belong to the architectures among them, in order. */
final class Models {
    /** The note about an architecture whose weights were not given. */
    static final String WITHOUT = "holds an architecture without weights";

    private Models() {}

    static List<Opened> open(Console console, CommandSpec spec, List<Path> models, List<Path> weights) {
        Iterator<Path> rest = weights.iterator();
        List<Opened> all = new ArrayList<>();
        for (Path model : models) {
            boolean architecture = rest.hasNext() && (models.size() == 1 || isArchitecture(model));
            Optional<Path> own = architecture ? Optional.of(rest.next()) : Optional.empty();
            Opened opened = console.formats().open(model, own, console.progress());
            if (lacksWeights(model, opened.asDocument())) {
                console.note(model.getFileName() + " " + WITHOUT + "; its layers are untrained (--weights).");
            }
            all.add(opened);
        }
        if (rest.hasNext()) {
            throw new ParameterException(
                    spec.commandLine(), "--weights is given more often than there are architectures (.json)");
        }
        return all;
    }

    /** Whether a file holds an architecture only, and layers that need weights. */
    static boolean lacksWeights(Path model, Document document) {
        Graph graph = document.graph();
        return graph.weights().isEmpty()
                && isArchitecture(model)
                && graph.nodes().keySet().stream().anyMatch(Report.of(graph)::untrained);
    }

    /** The title of a file in tables: its name, or that of its folder where it is called {@code model}. */
    static String name(Path model) {
        String file = String.valueOf(model.getFileName());
        int dot = file.lastIndexOf('.');
        String name = dot <= 0 ? file : file.substring(0, dot);
        Path folder = model.toAbsolutePath().getParent();
        return name.equals("model") && folder != null && folder.getFileName() != null
                ? String.valueOf(folder.getFileName())
                : name;
    }

    private static boolean isArchitecture(Path model) {
        return Head.of(model).text().stripLeading().startsWith("{");
    }

    /** Refuses an architecture whose weights were not given. */
    static void requireWeights(Path model, Document document) {
        if (lacksWeights(model, document)) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(String.valueOf(model.getFileName()), ""),
                    WITHOUT,
                    "Give the weights with --weights."));
        }
    }

    /**
     * Writes what was joined and says what is doubtful about it. Layers that cannot be computed are no hindrance.
     *
     * @throws ModelException.CannotCompile when shapes do not fit
     */
    static void write(Console console, Document document, Path target) {
        Graph graph = document.graph();
        List<Problem> problems = Report.of(graph).problems();
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR && !aboutUncomputed(graph, problem))
                .toList();
        if (!errors.isEmpty()) {
            throw new ModelException.CannotCompile(errors);
        }
        console.tell(console.formats().write(document, target, console.progress()));
        problems.forEach(problem -> console.note("warning: " + problem.text()));
        console.clearProgress();
    }

    private static boolean aboutUncomputed(Graph graph, Problem problem) {
        return problem.where() instanceof Where.AtNode place
                && graph.node(new NodeId(place.node())).layer().obstacle().isPresent();
    }
}
