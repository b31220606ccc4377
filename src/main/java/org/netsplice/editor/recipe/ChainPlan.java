package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Chain;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Feeds outputs of one network into inputs of another: the edits a user would make by hand. Numbers of another type are cast, as Keras
 * does when one model is called with what another gives.
 *
 * @param from names of outputs of the first network; empty for its only one
 * @param to names of inputs of the second network, one for each output; empty for its only one
 * @param name the name of the chain
 */
public record ChainPlan(OpenNetwork first, OpenNetwork second, List<String> from, List<String> to, String name) {

    public ChainPlan {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Carries the plan out; throws {@link ModelException.EditRefused} when names are not there or shapes differ. */
    public Document carryOut() {
        Document document = new RenameDocument(name).apply(Document.EMPTY);
        document = second.apply(first.apply(document));
        Graph graph = document.graph();
        List<String> outputs = outputNames();
        List<String> inputs = inputNames();
        List<String> fromNames = chosen("--from", "output", first.name(), outputs, from);
        List<String> toNames = chosen("--to", "input", second.name(), inputs, to);
        if (fromNames.size() != toNames.size()) {
            throw refused(
                    "--from",
                    fromNames.size() + " of the outputs and " + toNames.size() + " of the inputs are named",
                    "Name one input with --to for each output named with --from.");
        }
        List<Port> sources = new ArrayList<>();
        List<NodeId> readers = new ArrayList<>();
        int own = first.network().inputs().size();
        for (int i = 0; i < toNames.size(); i++) {
            sources.add(graph.outputs().get(outputs.indexOf(fromNames.get(i))).port());
            readers.add(graph.inputs().get(own + inputs.indexOf(toNames.get(i))));
        }
        for (int i = 0; i < sources.size(); i++) {
            document = joined(document, sources.get(i), readers.get(i));
        }
        return document;
    }

    private List<String> outputNames() {
        Graph graph = first.network();
        return graph.outputs().stream().map(graph::outputName).toList();
    }

    private List<String> inputNames() {
        Graph graph = second.network();
        return graph.inputs().stream().map(id -> graph.node(id).name()).toList();
    }

    private static Document joined(Document document, Port from, NodeId input) {
        Optional<TensorSpec> given = Report.of(document.graph()).spec(from);
        InputLayer wanted = (InputLayer) document.graph().node(input).layer();
        if (given.isEmpty() || given.get().dtype().equals(wanted.dtype())) {
            return new Chain(from, input).apply(document);
        }
        LayerNotation.Named cast =
                LayerNotation.parse("ops.Cast(dtype=" + wanted.dtype().text() + ")", Where.NOWHERE);
        Port between = Port.of(AddLayer.added(document));
        Document with = new AddLayer(cast.layer(), cast.name(), List.of(from), Optional.empty()).apply(document);
        return new Chain(between, input).apply(with);
    }

    /** The names wished for, or the only one there is. */
    private static List<String> chosen(
            String option, String what, String network, List<String> known, List<String> wished) {
        String listed = "The " + what + "s of " + network + " are " + String.join(", ", known) + ".";
        if (wished.isEmpty() && known.size() != 1) {
            throw refused(
                    option,
                    network + " has " + known.size() + " " + what + "s",
                    "Name one with " + option + ". " + listed);
        }
        for (String name : wished) {
            if (!known.contains(name)) {
                throw refused(option, network + " has no " + what + " \"" + name + "\"", listed);
            }
        }
        List<String> twice = IntStream.range(0, wished.size())
                .filter(i -> wished.indexOf(wished.get(i)) < i)
                .mapToObj(wished::get)
                .collect(Collectors.toList());
        if (what.equals("input") && !twice.isEmpty()) {
            throw refused(option, "the input " + twice.get(0) + " is named twice", "Feed each input once.");
        }
        return wished.isEmpty() ? known : wished;
    }

    private static ModelException.EditRefused refused(String option, String what, String remedy) {
        return new ModelException.EditRefused(Problem.error(new Where.AtOption(option), what, remedy));
    }
}
