package org.netsplice.editor.gesture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/**
 * Everything that is shown above the picture during a gesture.
 *
 * @param wires wires being drawn, each from its port to the pointer
 * @param guides lines along which the dragged layers are in line with others
 * @param area a selection being drawn
 * @param lit boxes that fit
 * @param dimmed boxes that do not fit
 * @param collected outputs a dragged merge has touched
 * @param text the message beside the pointer: what a drop would do, or why it cannot
 * @param good whether the text is good news
 */
public record Overlay(
        List<List<Point>> wires,
        List<List<Point>> guides,
        Optional<Rect> area,
        Set<NodeId> lit,
        Set<NodeId> dimmed,
        List<Port> collected,
        String text,
        boolean good) {
    /** An overlay that shows nothing. */
    public static final Overlay NONE =
            new Overlay(List.of(), List.of(), Optional.empty(), Set.of(), Set.of(), List.of(), "", true);

    static Overlay selecting(Rect area) {
        return new Overlay(List.of(), List.of(), Optional.of(area), Set.of(), Set.of(), List.of(), "", true);
    }

    static Overlay saying(String text, boolean good) {
        return new Overlay(List.of(), List.of(), Optional.empty(), Set.of(), Set.of(), List.of(), text, good);
    }

    Overlay withWires(List<List<Point>> others) {
        return new Overlay(others, guides, area, lit, dimmed, collected, text, good);
    }

    Overlay withGuides(List<List<Point>> others) {
        return new Overlay(wires, others, area, lit, dimmed, collected, text, good);
    }

    Overlay withMarks(Set<NodeId> fitting, Set<NodeId> others) {
        return new Overlay(wires, guides, area, fitting, others, collected, text, good);
    }

    Overlay withCollected(List<Port> ports) {
        return new Overlay(wires, guides, area, lit, dimmed, ports, text, good);
    }
}
