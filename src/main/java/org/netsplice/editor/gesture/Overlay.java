package org.netsplice.editor.gesture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/**
 * What is shown above the picture while a gesture goes on.
 *
 * @param wires wires being drawn, each from its port to the pointer
 * @param guides lines along which what is dragged lies with other layers
 * @param area a selection being drawn
 * @param lit boxes that fit
 * @param dimmed boxes that do not fit
 * @param collected outputs a dragged merge has touched
 * @param text what would happen, or why not, beside the pointer
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
    /** Nothing. */
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
