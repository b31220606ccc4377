package org.netsplice.editor;

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
 * @param wire a wire being drawn, from its port to the pointer
 * @param area a selection being drawn
 * @param lit ports and boxes that fit
 * @param dimmed boxes that do not fit
 * @param collected outputs a dragged merge has touched
 * @param text what would happen, or why not, beside the pointer
 * @param good whether the text is good news
 */
public record Overlay(
        Optional<List<Point>> wire,
        Optional<Rect> area,
        Set<NodeId> lit,
        Set<NodeId> dimmed,
        List<Port> collected,
        String text,
        boolean good,
        Point pointer) {
    /** Nothing. */
    public static final Overlay NONE =
            new Overlay(Optional.empty(), Optional.empty(), Set.of(), Set.of(), List.of(), "", true, new Point(0, 0));

    static Overlay selecting(Rect area, Point pointer) {
        return new Overlay(Optional.empty(), Optional.of(area), Set.of(), Set.of(), List.of(), "", true, pointer);
    }
}
