package org.netsplice.editor.session;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Edit;
import org.netsplice.graph.NodeId;

/** A layout of selected layers only. */
public final class Selected {
    private Selected() {}

    /** Moves the boxes of nodes to where a layout of them alone puts them, its upper left corner where theirs is. */
    public static Edit arranged(Report report, Scene scene, Set<NodeId> nodes) {
        Set<Scene.Box> boxes = new LinkedHashSet<>();
        nodes.forEach(id -> scene.box(id).ifPresent(boxes::add));
        Rect before = boxes.stream().map(Scene.Box::area).reduce(Rect::with).orElse(new Rect(0, 0, 0, 0));
        Map<NodeId, Rect> placed = Arranger.alone(report, scene, boxes);
        Rect after = placed.values().stream().reduce(Rect::with).orElse(before);
        Map<Rect, Rect> moved = new HashMap<>();
        for (Scene.Box box : boxes) {
            Rect area = placed.get(box.id());
            moved.put(box.area(), area.moved(before.x() - after.x(), before.y() - after.y()));
        }
        return Alignment.moved(List.copyOf(boxes), moved::get, "arrange selection");
    }
}
