package org.netsplice.gui.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.step.Disconnect;
import org.netsplice.edit.step.InsertLayer;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.gui.Workbench;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.Printable;

/** The form of a wire: what flows through it, between which layers, and what can be put into it. */
final class WireForm {
    private final Workbench workbench;
    private final Session session;
    private final Scene.Wire wire;

    WireForm(Workbench workbench, Scene.Wire wire) {
        this.workbench = workbench;
        this.session = workbench.session();
        this.wire = wire;
    }

    /** The parts of the form. */
    List<Part> parts() {
        Graph graph = session.document().graph();
        Node from = graph.node(wire.port().node());
        Node to = graph.node(wire.to());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Title("Wire"));
        parts.add(new Part.Fact("From", Printable.name(from.name())));
        parts.add(new Part.Fact(
                "To",
                Printable.name(to.name())
                        + (to.inputs().size() > 1
                                ? ", input " + (wire.input() + 1) + " of "
                                        + to.inputs().size()
                                : "")));
        parts.add(new Part.Fact(
                "Shape",
                session.report()
                        .spec(wire.port())
                        .map(spec -> spec.shape() + " " + spec.dtype().text())
                        .orElse("?")));
        parts.add(new Part.Buttons(end("wire-from", from.id()), end("wire-to", to.id())));
        parts.add(new Part.Offer(
                "wire-insert", "Insert a layer…", "Insert a layer", () -> fitting(wire.port()), this::insert));
        parts.add(new Part.Buttons(new Part.Press(
                "wire-remove",
                "Remove",
                "The layer behind it then lacks this input.",
                () -> workbench.apply(new Disconnect(wire.to(), wire.input())))));
        return parts;
    }

    private Part.Press end(String id, NodeId node) {
        boolean beginning = id.equals("wire-from");
        return new Part.Press(
                id,
                beginning ? "Select its beginning" : "Select its end",
                Printable.name(session.document().graph().node(node).name()),
                () -> session.select(Set.of(node)));
    }

    /** The layers with one input that take what flows through a wire. */
    private List<String> fitting(Port port) {
        Fit fit = new Fit(session.report());
        return Layers.ALL.stream()
                .filter(kind -> kind.family() != Kind.Family.INTERNAL && kind.family() != Kind.Family.MERGE)
                .filter(kind -> kind.standard().arity().allows(1))
                .filter(kind -> fit.layer(kind.standard(), List.of(port)).fits())
                .<String>map(Kind::className)
                .toList();
    }

    private void insert(String name) {
        Optional<Kind<?>> kind = Layers.ALL.stream()
                .<Kind<?>>map(one -> one)
                .filter(one -> one.className().equals(name))
                .findFirst();
        kind.ifPresent(one -> workbench.apply(new InsertLayer(one.standard(), wire.to(), wire.input())));
    }
}
