package org.netsplice.gui.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.OrderInputs;
import org.netsplice.edit.step.OrderOutputs;
import org.netsplice.edit.step.Rename;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.edit.step.RenameOutput;
import org.netsplice.editor.recipe.ShareByNetwork;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;

/** The form of the whole document: its name, inputs and outputs. */
final class DocumentForm {
    private final Session session;
    private final Workbench workbench;
    private final List<Part> parts = new ArrayList<>();

    DocumentForm(Workbench workbench) {
        this.session = workbench.session();
        this.workbench = workbench;
    }

    /** The parts of the form. */
    List<Part> parts() {
        Graph graph = session.document().graph();
        String name = session.document().name();
        parts.add(new Part.Title(name));
        parts.add(new Part.Input(
                "document-name",
                "Name",
                "The name of the merged model.",
                name,
                typed -> workbench.attempt(new RenameDocument(typed.strip()))));
        parts.add(new Part.Fact(
                "Layers", String.format(Locale.ROOT, "%,d", graph.nodes().size())));
        parts.add(new Part.Fact(
                "Parameters",
                String.format(Locale.ROOT, "%,d", session.report().counts().parameters())));
        if (graph.nodes().isEmpty()) {
            return parts;
        }
        parts.add(Part.Words.section("Inputs"));
        List<NodeId> inputs = graph.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            NodeId id = inputs.get(i);
            parts.add(new Part.Line(
                    "input-" + i,
                    "Name of input " + (i + 1),
                    graph.node(id).name(),
                    typed -> workbench.apply(new Rename(id, typed.strip())),
                    up("input", i, order -> new OrderInputs(swapped(inputs, order)))));
        }
        share(inputs);
        parts.add(Part.Words.section("Outputs"));
        List<Output> outputs = graph.outputs();
        List<Port> ports = outputs.stream().map(Output::port).toList();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            parts.add(new Part.Line(
                    "output-" + i,
                    "Name of output " + (i + 1),
                    graph.outputName(output),
                    typed -> workbench.apply(new RenameOutput(output.port(), typed.strip())),
                    up("output", i, order -> new OrderOutputs(swapped(ports, order)))));
        }
        return parts;
    }

    private Part.Press up(String what, int index, IntFunction<Edit> edit) {
        return new Part.Press(
                what + "-up-" + index, "↑", "Move up", index > 0, () -> workbench.apply(edit.apply(index)));
    }

    private static <T> List<T> swapped(List<T> list, int index) {
        List<T> copy = new ArrayList<>(list);
        Collections.swap(copy, index, index - 1);
        return copy;
    }

    /** A button that lets the networks share their input, or the reason why they cannot. */
    private void share(List<NodeId> inputs) {
        if (inputs.size() < 2) {
            return;
        }
        Graph graph = session.document().graph();
        Optional<ModelException.EditRefused> obstacle = ShareByNetwork.obstacle(graph);
        String staying = Printable.name(String.join(", ", ShareByNetwork.staying(graph)));
        parts.add(new Part.Buttons(new Part.Press(
                "share-inputs",
                "Share one input",
                "All networks would read " + staying + ".",
                obstacle.isEmpty(),
                () -> workbench.apply(new ShareByNetwork()))));
        parts.add(Part.Words.muted(
                "share-reason",
                obstacle.map(refusal -> Sentences.of(refusal.problem()))
                        .orElse("All networks would read " + staying + ".")));
    }
}
