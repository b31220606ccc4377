package org.netsplice.editor.gesture;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Fold;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Layer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.problem.Problem;

/**
 * What the pointer does on the canvas, in the coordinates of the scene and without a screen: selecting, moving, wiring, and dropping
 * layers. One gesture is one step of the history.
 */
public final class Gestures {
    private static final double FRAME_TITLE = 28;
    private static final double TRIANGLE = 26;

    private final Session session;
    private Overlay overlay = Overlay.NONE;
    private Optional<Drag> drag = Optional.empty();
    private Optional<Dropping> dropping = Optional.empty();
    private Optional<Joining> joining = Optional.empty();
    private boolean following;
    private long gesture;
    /** Selects again what was selected before the gesture began. */
    private Runnable reselect = () -> {};

    private final Pointing pointing = new Pointing();
    private final Outlets outlets;

    /** The first number of gestures by key; gestures of the pointer have smaller ones. */
    public static final long KEYS = 1L << 40;

    /** The keys that are held: Shift and Ctrl both add to a selection; Ctrl on an output takes all its wires. */
    public record Held(boolean shift, boolean control) {
        /** No key. */
        public static final Held NONE = new Held(false, false);
    }

    public Gestures(Session session) {
        this.session = session;
        this.outlets = new Outlets(session, pointing);
    }

    /** Sets the scale at which the picture is seen, in pixels per point. */
    public void seenAt(double scale) {
        pointing.at(scale);
    }

    Pointing pointing() {
        return pointing;
    }

    Outlets outlets() {
        return outlets;
    }

    /** What to show above the picture. */
    public Overlay overlay() {
        return overlay;
    }

    /** Whether something is being dragged, or a merge goes on. */
    public boolean active() {
        return drag.isPresent() || dropping.isPresent() || goesOn();
    }

    /** Whether something that was begun by a click follows the pointer until the next one: a wire, or a merge that goes on. */
    public boolean following() {
        return following || goesOn();
    }

    private boolean goesOn() {
        return joining.filter(Joining::open).isPresent();
    }

    /** Begins a gesture where the pointer goes down. */
    public void press(double x, double y, Held held) {
        if (following) {
            return;
        }
        if (goesOn() && joining.get().click(x, y)) {
            overlay = joining.get().to(x, y);
            return;
        }
        joining = Optional.empty();
        overlay = Overlay.NONE;
        remember();
        Scene scene = session.scene();
        Point at = new Point(x, y);
        Optional<Port> port = scene.outputAt(x, y, pointing.port()).filter(one -> session.exists(one.node()));
        Optional<Box> box = scene.boxAt(x, y).filter(one -> session.exists(one.id()));
        Optional<Scene.Wire> end = scene.endAt(x, y, pointing.end()).filter(session::exists);
        if (onTriangle(x, y) && toggleFold(x, y)) {
            return;
        }
        Optional<Scene.Note> note = scene.noteAt(x, y);
        if (note.isPresent()) {
            drag = Optional.of(new NoteMoving(session, at, note.get().number(), ++gesture));
            return;
        }
        if (port.isPresent()) {
            drag = Optional.of(fromPort(port.get(), at, held));
        } else if (end.isPresent() && box.isEmpty()) {
            session.select(end.get());
            drag = Optional.of(Rewiring.end(session, pointing, end.get()));
        } else if (box.isPresent()) {
            pressBox(box.get(), at, held.shift() || held.control());
        } else {
            pressGround(at, held.shift() || held.control());
        }
    }

    /** Ctrl takes the beginnings of all wires; a selected wire is taken by its beginning; else a new wire is drawn. */
    private Drag fromPort(Port port, Point at, Held held) {
        if (held.control()) {
            Rewiring all = Rewiring.all(session, pointing, port);
            if (!all.idle()) {
                return all;
            }
        }
        return session.selectedWire()
                .filter(wire -> wire.port().equals(port) && session.exists(wire))
                .<Drag>map(wire -> Rewiring.beginning(session, pointing, wire))
                .orElseGet(() -> new WireDrawing(session, pointing, at, port));
    }

    private void pressBox(Box box, Point at, boolean add) {
        Set<NodeId> present = new LinkedHashSet<>(box.inside());
        present.removeIf(id -> !session.exists(id));
        boolean selected = session.selection().containsAll(present);
        if (add) {
            Set<NodeId> all = new LinkedHashSet<>(session.selection());
            if (selected) {
                all.removeAll(present);
            } else {
                all.addAll(present);
            }
            session.select(all);
        } else if (!selected) {
            session.select(present);
        }
        Moving moving = new Moving(session, pointing, at, session.selection(), ++gesture);
        drag = Optional.of(add ? moving : moving.selectingOnClick(present));
    }

    private void pressGround(Point at, boolean add) {
        Scene scene = session.scene();
        Optional<Scene.Wire> wire =
                scene.wireAt(at.x(), at.y(), pointing.wire()).filter(session::exists);
        Optional<GroupId> title = titleAt(at.x(), at.y());
        if (wire.isPresent()) {
            session.select(wire.get());
        } else if (title.isPresent()) {
            session.select(title.get());
            move(at, session.selection());
        } else {
            Set<NodeId> before = session.selection();
            drag = Optional.of(new AreaSelecting(session, at, before, add ? before : Set.of()));
        }
    }

    private void move(Point at, Set<NodeId> nodes) {
        drag = Optional.of(new Moving(session, pointing, at, nodes, ++gesture));
    }

    /** Moves the selection by keys; presses with the same number are one step of the history. */
    public static void nudge(Session session, double dx, double dy, long number) {
        new Moving(session, new Pointing(), new Point(0, 0), session.selection(), number).by(dx, dy);
    }

    /** Whether a place is empty: no box, port, wire, note or title is there. */
    public boolean ground(double x, double y) {
        Scene scene = session.scene();
        return scene.boxAt(x, y).isEmpty()
                && scene.outputAt(x, y, pointing.port()).isEmpty()
                && scene.endAt(x, y, pointing.end()).isEmpty()
                && scene.wireAt(x, y, pointing.wire()).isEmpty()
                && scene.noteAt(x, y).isEmpty()
                && scene.frameAt(x, y).filter(frame -> inTitle(frame, y)).isEmpty();
    }

    private boolean exists(GroupId group) {
        return session.document().graph().groups().containsKey(group);
    }

    /** The group whose title is at a place. */
    public Optional<GroupId> titleAt(double x, double y) {
        return session.scene()
                .frameAt(x, y)
                .filter(frame -> inTitle(frame, y))
                .map(Scene.Frame::id)
                .filter(this::exists);
    }

    private static boolean inTitle(Scene.Frame frame, double y) {
        return y < frame.area().y() + FRAME_TITLE;
    }

    private boolean onTriangle(double x, double y) {
        Optional<Box> box = session.scene().boxAt(x, y);
        Optional<Rect> area = box.isPresent()
                ? box.filter(one -> one.folded().isPresent()).map(Box::area)
                : session.scene()
                        .frameAt(x, y)
                        .filter(frame -> inTitle(frame, y))
                        .map(Scene.Frame::area);
        return area.filter(rect -> x < rect.x() + TRIANGLE && y < rect.y() + FRAME_TITLE)
                .isPresent();
    }

    /** Folds the group whose title is at a place, or unfolds the group whose box is there; returns false when there is neither. */
    public boolean toggleFold(double x, double y) {
        Optional<Box> box = session.scene().boxAt(x, y);
        Optional<GroupId> group = box.isPresent() ? box.get().folded().filter(this::exists) : titleAt(x, y);
        if (group.isEmpty()) {
            return false;
        }
        cancel();
        session.apply(new Fold(Set.of(group.get()), box.isEmpty()));
        session.select(group.get());
        return true;
    }

    /** Begins a line that cuts the wires it crosses. */
    public void pressToCut(double x, double y) {
        cancel();
        remember();
        drag = Optional.of(new Cutting(session, new Point(x, y)));
    }

    /** Follows the pointer while it is down, or while a wire follows it; with {@code free}, layers do not snap into line. */
    public void drag(double x, double y, boolean free) {
        if (dropping.isPresent()) {
            overlay = dropping.get().to(x, y);
        } else if (drag.isPresent()) {
            overlay = drag.get().to(x, y, free);
        } else if (joining.isPresent()) {
            overlay = joining.get().to(x, y);
        }
    }

    /** A wire was dropped on empty space: the user must choose a layer to add after a port. */
    public record Asked(Port port, Point at) {}

    /** The pointer goes up; a wire on empty space asks for a layer. A click on a port lets a wire follow the pointer. */
    public Optional<Asked> release(double x, double y) {
        if (drag.isEmpty()) {
            return Optional.empty();
        }
        if (!following && drag.get() instanceof WireDrawing wiring && wiring.still(x, y)) {
            session.select(Set.of(wiring.source().node()));
            following = true;
            return Optional.empty();
        }
        Drag ended = drag.get();
        finish();
        Drag.Ended result = ended.end(x, y);
        overlay = result.overlay();
        return result.asked();
    }

    /** Begins to drag a layer in from the palette. */
    public void enter(Layer layer) {
        cancel();
        remember();
        dropping = Optional.of(new Dropping(session, this, layer));
    }

    /** Adds the dragged layer where it is dropped on the canvas; does nothing when the drag was cancelled before. */
    public Optional<Problem> drop(double x, double y) {
        Optional<Dropping> dropped = dropping;
        finish();
        return dropped.flatMap(layer -> layer.drop(x, y));
    }

    /** Adds a layer after ports, and selects it. */
    public Optional<Problem> add(Layer layer, List<Port> ports, Optional<Spot> spot) {
        return adding(new AddLayer(layer, "", ports, spot));
    }

    /** The same; a merge that has only one input yet goes on, and joins what is clicked next. */
    public Optional<Problem> addGoingOn(Layer layer, List<Port> ports, Optional<Spot> spot) {
        NodeId id = AddLayer.added(session.document());
        Optional<Problem> problem = add(layer, ports, spot);
        if (problem.isEmpty() && layer.joins() && ports.size() == 1) {
            joining = Optional.of(new Joining(session, outlets, id));
        }
        return problem;
    }

    Optional<Problem> adding(Edit edit) {
        NodeId id = AddLayer.added(session.document());
        Optional<Problem> problem = session.apply(edit);
        if (problem.isEmpty()) {
            session.select(Set.of(id));
        }
        return problem;
    }

    /**
     * The first outputs of the selected layers, in the order of the graph. A folded group has the outputs that leave it; with nothing
     * selected, these are the document's outputs.
     */
    public List<Port> selectedOutputs() {
        if (session.selection().isEmpty()) {
            return session.document().graph().outputs().stream()
                    .map(output -> output.port())
                    .toList();
        }
        Set<Port> ports = new LinkedHashSet<>();
        for (NodeId id : session.document().graph().nodes().keySet()) {
            if (session.selection().contains(id)) {
                Optional<Box> folded =
                        session.scene().box(id).filter(box -> box.folded().isPresent());
                folded.ifPresentOrElse(box -> ports.addAll(box.outlets()), () -> ports.add(Port.of(id)));
            }
        }
        return List.copyOf(ports);
    }

    /** Cancels the gesture: the document, its history and the selection are as they were before. A merge that goes on ends as it is. */
    public void cancel() {
        if (drag.isPresent() || dropping.isPresent()) {
            drag.ifPresent(Drag::cancel);
            reselect.run();
        }
        finish();
    }

    private void remember() {
        Set<NodeId> nodes = session.selection();
        Optional<Scene.Wire> wire = session.selectedWire();
        reselect = () -> wire.filter(session::exists).ifPresentOrElse(session::select, () -> session.select(nodes));
    }

    private void finish() {
        drag = Optional.empty();
        dropping = Optional.empty();
        joining = Optional.empty();
        following = false;
        overlay = Overlay.NONE;
    }
}
