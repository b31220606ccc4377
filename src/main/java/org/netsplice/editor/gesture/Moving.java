package org.netsplice.editor.gesture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Placement;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.Move;
import org.netsplice.edit.step.PutIntoWire;
import org.netsplice.edit.step.Several;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;

/** Layers and boxes of folded groups are moved. A single layer without wires goes into the wire it is let go on. */
final class Moving implements Drag {

    private final Session session;
    private final Pointing pointing;
    private final Point start;
    private final long gesture;
    private final Map<NodeId, Spot> places = new HashMap<>();
    private final Map<GroupId, Spot> folded = new HashMap<>();
    private final List<Rect> others;
    private final Optional<Rect> bounds;
    private Optional<Move> latest = Optional.empty();
    private Set<NodeId> clicked = Set.of();

    Moving(Session session, Pointing pointing, Point start, Set<NodeId> nodes, long gesture) {
        this.session = session;
        this.pointing = pointing;
        this.start = start;
        this.gesture = gesture;
        Set<Scene.Box> boxes = new HashSet<>();
        Placement placement = session.document().placement();
        nodes.forEach(id -> session.scene().box(id).ifPresent(boxes::add));
        for (Scene.Box box : boxes) {
            Spot spot = new Spot(box.area().x(), box.area().y());
            box.folded()
                    .ifPresentOrElse(
                            group -> folded.put(group, newest(placement.boxes().get(group), spot)),
                            () -> places.put(box.id(), newest(placement.spots().get(box.id()), spot)));
        }
        this.others = session.scene().boxes().stream()
                .filter(box -> !boxes.contains(box))
                .map(Scene.Box::area)
                .toList();
        this.bounds = boxes.stream().map(Scene.Box::area).reduce(Rect::with);
    }

    /** Selects only these layers when nothing is moved: a click on one of several selected layers leaves that one. */
    Moving selectingOnClick(Set<NodeId> layers) {
        clicked = Set.copyOf(layers);
        return this;
    }

    /** Where something was put, while the picture does not show it yet. */
    private Spot newest(Spot put, Spot drawn) {
        return session.settled() || put == null ? drawn : put;
    }

    @Override
    public Overlay to(double x, double y, boolean free) {
        double dx = x - start.x();
        double dy = y - start.y();
        if (bounds.isEmpty() || (Math.hypot(dx, dy) < pointing.still() && latest.isEmpty())) {
            return Overlay.NONE;
        }
        Snap snap = free ? new Snap(0, 0, List.of()) : Snap.of(bounds.get().moved(dx, dy), others, pointing.line());
        Move move = move(dx + snap.dx(), dy + snap.dy());
        latest = Optional.of(move);
        session.preview(move);
        Optional<Scene.Wire> wire = wire(x, y);
        if (wire.isPresent()) {
            Node node = session.document().graph().node(alone().orElseThrow());
            Fit.Answer answer = new Fit(session.report())
                    .layer(node.layer(), List.of(wire.get().port()));
            return Overlay.saying(answer.text(), answer.fits())
                    .withWires(List.of(wire.get().points()))
                    .withMarks(Set.of(wire.get().to()), Set.of());
        }
        return Overlay.NONE.withGuides(snap.guides());
    }

    /** Moves in one step, without a drag. */
    void by(double dx, double dy) {
        if (bounds.isPresent()) {
            session.apply(move(dx, dy));
        }
    }

    private Move move(double dx, double dy) {
        Map<NodeId, Spot> spots = new HashMap<>();
        places.forEach((id, spot) -> spots.put(id, spot.plus(dx, dy)));
        Map<GroupId, Spot> boxes = new HashMap<>();
        folded.forEach((id, spot) -> boxes.put(id, spot.plus(dx, dy)));
        return new Move(spots, boxes, gesture);
    }

    /** The moved layer when it is one without wires that can read. */
    private Optional<NodeId> alone() {
        if (places.size() != 1 || !folded.isEmpty()) {
            return Optional.empty();
        }
        NodeId id = places.keySet().iterator().next();
        return Optional.of(id).filter(session::exists).filter(only -> {
            Node node = session.document().graph().node(only);
            return node.inputs().isEmpty()
                    && node.layer().arity().allows(1)
                    && Topology.of(session.document().graph())
                            .readers(Port.of(only))
                            .isEmpty();
        });
    }

    private Optional<Scene.Wire> wire(double x, double y) {
        return alone().flatMap(id -> session.scene().wireAt(x, y, pointing.wire()))
                .filter(session::exists);
    }

    @Override
    public Ended end(double x, double y) {
        if (latest.isEmpty()) {
            if (!clicked.isEmpty()) {
                session.select(clicked);
            }
            return Ended.QUIETLY;
        }
        Optional<Scene.Wire> wire = wire(x, y);
        if (wire.isEmpty()) {
            return Ended.refused(session.apply(latest.get()));
        }
        NodeId id = alone().orElseThrow();
        PutIntoWire put = new PutIntoWire(id, wire.get().to(), wire.get().input());
        Move move = new Move(latest.get().spots(), Map.of(), 0);
        return Ended.refused(session.apply(new Several(List.of(move, put), put.title())));
    }

    @Override
    public void cancel() {
        session.endPreview();
    }
}
