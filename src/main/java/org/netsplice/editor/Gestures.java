package org.netsplice.editor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.AddLayer;
import org.netsplice.edit.Edit;
import org.netsplice.edit.InsertLayer;
import org.netsplice.edit.Move;
import org.netsplice.edit.Spot;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.problem.Problem;

/**
 * What the pointer does on the canvas, in the coordinates of the scene and without a screen: selecting, moving, wiring, and dropping
 * layers. One gesture is one step of the history.
 */
public final class Gestures {
    private static final double PORT_REACH = 12;
    private static final double WIRE_REACH = 6;
    private static final double FRAME_TITLE = 28;

    private final Session session;
    private Overlay overlay = Overlay.NONE;
    private Action action = Action.NOTHING;
    private Point start = new Point(0, 0);
    private Set<NodeId> before = Set.of();
    private Map<NodeId, Spot> places = Map.of();
    private Port source = new Port(new NodeId(0), 0);
    private Optional<Layer> dragged = Optional.empty();
    private List<Port> collected = List.of();
    private Optional<Port> touched = Optional.empty();
    private long gesture;

    private enum Action {
        NOTHING,
        MOVE,
        SELECT,
        WIRE,
        DROP
    }

    public Gestures(Session session) {
        this.session = session;
    }

    /** What to show above the picture. */
    public Overlay overlay() {
        return overlay;
    }

    /** Whether something is being dragged. */
    public boolean active() {
        return action != Action.NOTHING;
    }

    /** The pointer goes down; {@code add} keeps what is selected. */
    public void press(double x, double y, boolean add) {
        Scene scene = session.scene();
        start = new Point(x, y);
        before = add ? session.selection() : Set.of();
        Optional<Port> port = scene.outputAt(x, y, PORT_REACH).filter(one -> session.exists(one.node()));
        Optional<Box> box = scene.boxAt(x, y).filter(one -> session.exists(one.id()));
        if (port.isPresent()) {
            source = port.get();
            action = Action.WIRE;
        } else if (box.isPresent()) {
            pressBox(box.get().id(), add);
        } else {
            pressGround(x, y, add);
        }
    }

    private void pressBox(NodeId id, boolean add) {
        if (add) {
            session.toggle(id);
        } else if (!session.selection().contains(id)) {
            session.select(Set.of(id));
        }
        move(session.selection());
    }

    private void pressGround(double x, double y, boolean add) {
        Scene scene = session.scene();
        Optional<Scene.Wire> wire = scene.wireAt(x, y, WIRE_REACH).filter(this::exists);
        Optional<Scene.Frame> frame = scene.frameAt(x, y);
        if (wire.isPresent()) {
            session.select(wire.get());
        } else if (frame.isPresent()
                && session.document().graph().groups().containsKey(frame.get().id())
                && y < frame.get().area().y() + FRAME_TITLE) {
            Set<NodeId> inside = new LinkedHashSet<>();
            session.document().graph().nodesIn(frame.get().id()).forEach(node -> inside.add(node.id()));
            session.select(inside);
            move(inside);
        } else {
            session.select(add ? before : Set.of());
            action = Action.SELECT;
        }
    }

    private boolean exists(Scene.Wire wire) {
        Node reader = session.document().graph().nodes().get(wire.to());
        return reader != null
                && wire.input() < reader.inputs().size()
                && reader.inputs().get(wire.input()).equals(wire.port());
    }

    private void move(Set<NodeId> nodes) {
        places = new HashMap<>();
        for (NodeId id : nodes) {
            session.scene()
                    .box(id)
                    .ifPresent(box ->
                            places.put(id, new Spot(box.area().x(), box.area().y())));
        }
        gesture++;
        action = Action.MOVE;
    }

    /** The pointer moves while it is down. */
    public void drag(double x, double y) {
        boolean drawn = session.scene().box(source.node()).isPresent();
        if (action == Action.WIRE && !(drawn && session.exists(source.node()))) {
            finish();
        }
        switch (action) {
            case MOVE -> dragNodes(x, y);
            case SELECT -> dragSelection(x, y);
            case WIRE -> dragWire(x, y);
            case DROP -> hover(x, y);
            case NOTHING -> {}
        }
    }

    private void dragNodes(double x, double y) {
        double dx = x - start.x();
        double dy = y - start.y();
        if (Math.hypot(dx, dy) < 3 && places.keySet().stream().noneMatch(this::moved)) {
            return;
        }
        Map<NodeId, Spot> spots = new HashMap<>();
        places.forEach((id, spot) -> spots.put(id, spot.plus(dx, dy)));
        session.apply(new Move(spots, gesture));
    }

    private boolean moved(NodeId id) {
        Spot present = session.document().placement().spots().get(id);
        return present != null && !present.equals(places.get(id));
    }

    private void dragSelection(double x, double y) {
        Rect area = new Rect(
                Math.min(x, start.x()), Math.min(y, start.y()), Math.abs(x - start.x()), Math.abs(y - start.y()));
        overlay = Overlay.selecting(area, new Point(x, y));
        Set<NodeId> inside = new LinkedHashSet<>(before);
        session.scene().boxes().stream().filter(box -> box.area().meets(area)).forEach(box -> inside.add(box.id()));
        session.select(inside);
    }

    private void dragWire(double x, double y) {
        Fit fit = new Fit(session.report());
        Set<NodeId> lit = new HashSet<>();
        Set<NodeId> dimmed = new HashSet<>();
        for (Node node : session.document().graph().nodes().values()) {
            boolean other = !node.id().equals(source.node());
            (other && fit.wire(source, node.id()).fits() ? lit : dimmed).add(node.id());
        }
        dimmed.remove(source.node());
        Optional<NodeId> target = target(x, y);
        Fit.Answer answer = target.map(id -> fit.wire(source, id))
                .orElse(new Fit.Answer(true, "drop on a layer, or on empty space to add one"));
        Box from = session.scene().box(source.node()).orElseThrow();
        Point begin = Scene.outputAnchor(
                from.area(),
                source.index(),
                from.outputs(),
                session.scene().detail().direction());
        overlay = new Overlay(
                Optional.of(List.of(begin, new Point(x, y))),
                Optional.empty(),
                lit,
                dimmed,
                List.of(),
                answer.text(),
                answer.fits(),
                new Point(x, y));
    }

    private Optional<NodeId> target(double x, double y) {
        return session.scene().boxAt(x, y).map(Box::id).filter(id -> session.exists(id) && !id.equals(source.node()));
    }

    /** What a wire that was dropped on empty space asks for: something to put behind a port. */
    public record Asked(Port port, Point at) {}

    /** The pointer goes up; a wire on empty space asks for a layer. */
    public Optional<Asked> release(double x, double y) {
        boolean wiring = action == Action.WIRE && session.exists(source.node());
        finish();
        if (wiring) {
            Optional<NodeId> target = target(x, y);
            boolean click = Math.hypot(x - start.x(), y - start.y()) < 4;
            if (click) {
                session.select(Set.of(source.node()));
            } else if (target.isPresent()) {
                refusal(session.apply(new Fit(session.report()).wireEdit(source, target.get())), x, y);
            } else {
                return Optional.of(new Asked(source, new Point(x, y)));
            }
        }
        return Optional.empty();
    }

    private void refusal(Optional<Problem> problem, double x, double y) {
        problem.ifPresent(reason -> overlay = new Overlay(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                List.of(),
                reason.what() + ". " + reason.remedy(),
                false,
                new Point(x, y)));
    }

    /** A layer is dragged in from the palette. */
    public void enter(Layer layer) {
        dragged = Optional.of(layer);
        collected = List.of();
        action = Action.DROP;
    }

    private void hover(double x, double y) {
        Layer layer = dragged.orElseThrow();
        boolean merge = layer.joins();
        Optional<Port> port = hoveredPort(x, y);
        if (merge) {
            collect(port);
        } else {
            collected = port.map(List::of).orElse(List.of());
        }
        Optional<Scene.Wire> wire = merge || port.isPresent() ? Optional.empty() : wireFor(layer, x, y);
        if (wire.isPresent()) {
            overlay = overWire(layer, wire.get(), new Point(x, y));
            return;
        }
        Fit fit = new Fit(session.report());
        Set<NodeId> lit = new HashSet<>();
        Set<NodeId> dimmed = new HashSet<>();
        for (Box box : session.scene().boxes()) {
            List<Port> with = new ArrayList<>(merge ? collected : List.of());
            if (!with.contains(Port.of(box.id()))) {
                with.add(Port.of(box.id()));
            }
            (layer.arity().most() > 0 && fit.layer(layer, with).fits() ? lit : dimmed).add(box.id());
        }
        Fit.Answer answer = collected.isEmpty()
                ? new Fit.Answer(
                        true,
                        layer.className()
                                + (merge
                                        ? ": touch the outputs to join, then let go"
                                        : ": drop on a layer to put it behind"))
                : fit.layer(layer, collected);
        overlay = new Overlay(
                Optional.empty(),
                Optional.empty(),
                lit,
                dimmed,
                collected,
                answer.text(),
                answer.fits(),
                new Point(x, y));
    }

    /** The wire at a place that a layer with one input can be put into. */
    private Optional<Scene.Wire> wireFor(Layer layer, double x, double y) {
        return layer.arity().most() == 0 || layer.arity().least() > 1
                ? Optional.empty()
                : session.scene().wireAt(x, y, WIRE_REACH).filter(this::exists);
    }

    private Overlay overWire(Layer layer, Scene.Wire wire, Point at) {
        Fit.Answer answer = new Fit(session.report()).layer(layer, List.of(wire.port()));
        String reader = session.document().graph().node(wire.to()).name();
        return new Overlay(
                Optional.of(wire.points()),
                Optional.empty(),
                Set.of(wire.to()),
                Set.of(),
                List.of(),
                answer.text() + (answer.fits() ? ", before " + reader : ""),
                answer.fits(),
                at);
    }

    /** A merge that passes over an output of the document takes it along, and leaves it when it passes again. */
    private void collect(Optional<Port> port) {
        boolean entered = port.isPresent() && !port.equals(touched);
        touched = port;
        if (!entered
                || session.document().graph().outputs().stream()
                        .noneMatch(output -> output.port().equals(port.get()))) {
            return;
        }
        List<Port> changed = new ArrayList<>(collected);
        if (!changed.remove(port.get())) {
            changed.add(port.get());
        }
        collected = changed;
    }

    private Optional<Port> hoveredPort(double x, double y) {
        return session.scene()
                .outputAt(x, y, PORT_REACH)
                .or(() -> session.scene().boxAt(x, y).map(box -> Port.of(box.id())))
                .filter(port -> session.exists(port.node()));
    }

    /** The dragged layer is let go over the canvas. */
    public Optional<Problem> drop(double x, double y) {
        hover(x, y);
        Layer layer = dragged.orElseThrow();
        List<Port> ports = new ArrayList<>(collected);
        boolean merge = layer.joins();
        Optional<Scene.Wire> wire = merge || !ports.isEmpty() ? Optional.empty() : wireFor(layer, x, y);
        if (wire.isPresent()) {
            finish();
            return adding(new InsertLayer(layer, wire.get().to(), wire.get().input()));
        }
        boolean marked = touched.isPresent()
                && session.document().graph().outputs().stream()
                        .anyMatch(output -> output.port().equals(touched.get()));
        if (merge && touched.isPresent() && !marked && !ports.contains(touched.get())) {
            ports.add(touched.get());
        }
        if (merge && ports.size() == 1 && session.selection().size() > 1) {
            selectedOutputs().stream().filter(port -> !ports.contains(port)).forEach(ports::add);
        }
        finish();
        Optional<Spot> spot = ports.isEmpty() ? Optional.of(new Spot(x - 80, y - 12)) : Optional.empty();
        return add(layer, ports, spot);
    }

    /** Adds a layer behind ports, and selects it. */
    public Optional<Problem> add(Layer layer, List<Port> ports, Optional<Spot> spot) {
        return adding(new AddLayer(layer, "", ports, spot));
    }

    private Optional<Problem> adding(Edit edit) {
        NodeId id = AddLayer.added(session.document());
        Optional<Problem> problem = session.apply(edit);
        if (problem.isEmpty()) {
            session.select(Set.of(id));
        }
        return problem;
    }

    /** The first outputs of the selected layers, in the order of the graph; with nothing selected the document's outputs. */
    public List<Port> selectedOutputs() {
        if (session.selection().isEmpty()) {
            return session.document().graph().outputs().stream()
                    .map(output -> output.port())
                    .toList();
        }
        return session.document().graph().nodes().keySet().stream()
                .filter(session.selection()::contains)
                .map(Port::of)
                .toList();
    }

    /** Ends whatever goes on without doing anything more. */
    public void cancel() {
        if (action == Action.MOVE && places.keySet().stream().anyMatch(this::moved)) {
            session.undo();
        }
        finish();
    }

    private void finish() {
        action = Action.NOTHING;
        dragged = Optional.empty();
        collected = List.of();
        touched = Optional.empty();
        overlay = Overlay.NONE;
    }
}
