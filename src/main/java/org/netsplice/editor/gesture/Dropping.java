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
import org.netsplice.graph.Layer;
import org.netsplice.graph.Port;
import org.netsplice.problem.Problem;

/** Drags a layer from the palette over the canvas: after an output, into a wire, or, if it is a merge, over the outputs it joins. */
final class Dropping {
    private final Session session;
    private final Gestures gestures;
    private final Layer layer;
    private final FitMarks marks;
    private final Outlets outlets;
    private List<Port> collected = List.of();
    private Optional<Port> touched = Optional.empty();

    Dropping(Session session, Gestures gestures, Layer layer) {
        this.session = session;
        this.gestures = gestures;
        this.layer = layer;
        this.marks = new FitMarks(session);
        this.outlets = gestures.outlets();
    }

    Overlay to(double x, double y) {
        boolean merge = layer.joins();
        Optional<Port> port = outlets.at(x, y);
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
        List<Port> wanted = merge ? withTouched() : collected;
        Fit.Answer answer =
                wanted.isEmpty() ? new Fit.Answer(true, hint()) : marks.fit().layer(layer, wanted);
        return marks.preferring(
                        box -> merge && outlets.anyMarked(box),
                        Overlay.saying(answer.text(), answer.fits()),
                        joined,
                        (fit, box) -> fits(fit, box, joined))
                .withCollected(collected);
    }

    /** The outputs that a merge would join if it were let go now: also the one of an inner layer it is over. */
    private List<Port> withTouched() {
        List<Port> ports = new ArrayList<>(collected);
        touched.filter(port -> !outlets.marked(port) && !ports.contains(port)).ifPresent(ports::add);
        return ports;
    }

    private boolean fits(Fit fit, Box box, List<Port> joined) {
        List<Port> with = new ArrayList<>(joined);
        Port own = outlets.first(box);
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
        if (!entered || !outlets.marked(port.get())) {
            return;
        }
        List<Port> changed = new ArrayList<>(collected);
        if (!changed.remove(port.get())) {
            changed.add(port.get());
        }
        collected = changed;
    }

    /** The layer is let go. */
    Optional<Problem> drop(double x, double y) {
        to(x, y);
        boolean merge = layer.joins();
        List<Port> ports = merge ? withTouched() : new ArrayList<>(collected);
        Optional<Scene.Wire> wire = merge || !ports.isEmpty() ? Optional.empty() : wire(x, y);
        if (wire.isPresent()) {
            return gestures.adding(
                    new InsertLayer(layer, wire.get().to(), wire.get().input()));
        }
        if (merge && ports.size() == 1 && session.selection().size() > 1) {
            gestures.selectedOutputs().stream()
                    .filter(port -> !ports.contains(port))
                    .forEach(ports::add);
        }
        Optional<Spot> spot = ports.isEmpty() ? Optional.of(new Spot(x - 80, y - 12)) : Optional.empty();
        return gestures.addGoingOn(layer, ports, spot);
    }
}
