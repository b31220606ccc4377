package org.netsplice.editor.gesture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.InsertLayer;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Port;
import org.netsplice.problem.Problem;

/** Drags a layer from the palette over the canvas: after an output, into a wire, or, if it is a merge, over the outputs it joins. */
final class Dropping {
    private final Session session;
    private final Gestures gestures;
    private final Layer layer;
    private final FitMarks marks;
    private List<Port> collected = List.of();
    private Optional<Port> touched = Optional.empty();

    Dropping(Session session, Gestures gestures, Layer layer) {
        this.session = session;
        this.gestures = gestures;
        this.layer = layer;
        this.marks = new FitMarks(session);
    }

    Overlay to(double x, double y) {
        boolean merge = layer.joins();
        Optional<Port> port = hoveredPort(x, y);
        if (merge) {
            collect(port);
        } else {
            collected = port.map(List::of).orElse(List.of());
        }
        Optional<Scene.Wire> wire = merge || port.isPresent() ? Optional.empty() : wire(x, y);
        if (wire.isPresent()) {
            return overWire(wire.get());
        }
        List<Port> joined = merge ? collected : List.of();
        Fit.Answer answer =
                collected.isEmpty() ? new Fit.Answer(true, hint()) : marks.fit().layer(layer, collected);
        return marks.on(Overlay.saying(answer.text(), answer.fits()), joined, (fit, box) -> fits(fit, box, joined))
                .withCollected(collected);
    }

    private boolean fits(Fit fit, Box box, List<Port> joined) {
        List<Port> with = new ArrayList<>(joined);
        Port own = box.outlets().isEmpty() ? Port.of(box.id()) : box.outlets().get(0);
        if (!with.contains(own)) {
            with.add(own);
        }
        return layer.arity().most() > 0 && fit.layer(layer, with).fits();
    }

    private String hint() {
        return layer.className()
                + (layer.joins() ? ": touch the outputs to join, then let go" : ": drop on a layer to put it behind");
    }

    /** The wire at a place that a layer with one input can be put into. */
    private Optional<Scene.Wire> wire(double x, double y) {
        return layer.arity().most() == 0 || layer.arity().least() > 1
                ? Optional.empty()
                : session.scene().wireAt(x, y, gestures.pointing().wire()).filter(session::exists);
    }

    private Overlay overWire(Scene.Wire wire) {
        Fit.Answer answer = new Fit(session.report()).layer(layer, List.of(wire.port()));
        String reader = session.document().graph().node(wire.to()).name();
        return Overlay.saying(answer.text() + (answer.fits() ? ", before " + reader : ""), answer.fits())
                .withWires(List.of(wire.points()))
                .withMarks(Set.of(wire.to()), Set.of());
    }

    /** A merge that passes over an output of the document takes it along, and leaves it when it passes again. */
    private void collect(Optional<Port> port) {
        boolean entered = port.isPresent() && !port.equals(touched);
        touched = port;
        if (!entered || !marked(port.get())) {
            return;
        }
        List<Port> changed = new ArrayList<>(collected);
        if (!changed.remove(port.get())) {
            changed.add(port.get());
        }
        collected = changed;
    }

    private boolean marked(Port port) {
        return session.document().graph().outputs().stream()
                .anyMatch(output -> output.port().equals(port));
    }

    private Optional<Port> hoveredPort(double x, double y) {
        Graph graph = session.document().graph();
        return session.scene()
                .outputAt(x, y, gestures.pointing().port())
                .or(() -> session.scene()
                        .boxAt(x, y)
                        .flatMap(box -> box.outlets().stream().findFirst().or(() -> Optional.of(Port.of(box.id())))))
                .filter(port -> graph.nodes().containsKey(port.node()));
    }

    /** The layer is let go. */
    Optional<Problem> drop(double x, double y) {
        to(x, y);
        List<Port> ports = new ArrayList<>(collected);
        boolean merge = layer.joins();
        Optional<Scene.Wire> wire = merge || !ports.isEmpty() ? Optional.empty() : wire(x, y);
        if (wire.isPresent()) {
            return gestures.adding(
                    new InsertLayer(layer, wire.get().to(), wire.get().input()));
        }
        if (merge && touched.isPresent() && !marked(touched.get()) && !ports.contains(touched.get())) {
            ports.add(touched.get());
        }
        if (merge && ports.size() == 1 && session.selection().size() > 1) {
            gestures.selectedOutputs().stream()
                    .filter(port -> !ports.contains(port))
                    .forEach(ports::add);
        }
        Optional<Spot> spot = ports.isEmpty() ? Optional.of(new Spot(x - 80, y - 12)) : Optional.empty();
        return gestures.add(layer, ports, spot);
    }
}
