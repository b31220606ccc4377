package org.netsplice.editor.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Box;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.Move;
import org.netsplice.edit.step.Several;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/** Puts selected boxes in line, or the same space between them. */
public final class Alignment {

    /** The edge or middle that is put in line. */
    public enum Side {
        LEFT("left edges"),
        CENTER("centers"),
        RIGHT("right edges"),
        TOP("upper edges"),
        MIDDLE("middles"),
        BOTTOM("lower edges");

        private final String text;

        Side(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }

        private Rect placed(Rect area, Rect bounds) {
            return switch (this) {
                case LEFT -> area.moved(bounds.x() - area.x(), 0);
                case CENTER -> area.moved(bounds.centerX() - area.centerX(), 0);
                case RIGHT -> area.moved(bounds.right() - area.right(), 0);
                case TOP -> area.moved(0, bounds.y() - area.y());
                case MIDDLE -> area.moved(0, bounds.centerY() - area.centerY());
                case BOTTOM -> area.moved(0, bounds.bottom() - area.bottom());
            };
        }
    }

    private Alignment() {}

    private static List<Box> boxes(Session session) {
        Set<Box> boxes = new LinkedHashSet<>();
        session.selection().forEach(id -> session.scene().box(id).ifPresent(boxes::add));
        return List.copyOf(boxes);
    }

    /** Puts the selected boxes in line with the outermost of them; empty when fewer than two are selected. */
    public static Optional<Edit> align(Session session, Side side) {
        List<Box> boxes = boxes(session);
        if (boxes.size() < 2) {
            return Optional.empty();
        }
        Rect bounds = boxes.stream().map(Box::area).reduce(Rect::with).orElseThrow();
        return Optional.of(moved(boxes, area -> side.placed(area, bounds), "align " + side.text()));
    }

    /** Puts the same space between the selected boxes, the outermost staying; empty when fewer than three are selected. */
    public static Optional<Edit> distribute(Session session, boolean across) {
        List<Box> boxes = new ArrayList<>(boxes(session));
        if (boxes.size() < 3) {
            return Optional.empty();
        }
        boxes.sort(Comparator.comparingDouble(
                box -> across ? box.area().x() : box.area().y()));
        Rect first = boxes.get(0).area();
        Rect last = boxes.get(boxes.size() - 1).area();
        double space = across ? last.x() - first.right() : last.y() - first.bottom();
        for (Box box : boxes.subList(1, boxes.size() - 1)) {
            space -= across ? box.area().width() : box.area().height();
        }
        double gap = space / (boxes.size() - 1);
        Map<Rect, Rect> placed = new HashMap<>();
        double at = across ? first.x() : first.y();
        for (Box box : boxes) {
            Rect area = box.area();
            placed.put(area, across ? area.moved(at - area.x(), 0) : area.moved(0, at - area.y()));
            at += (across ? area.width() : area.height()) + gap;
        }
        return Optional.of(moved(boxes, placed::get, across ? "distribute across" : "distribute down"));
    }

    static Edit moved(List<Box> boxes, UnaryOperator<Rect> placed, String title) {
        Map<NodeId, Spot> spots = new HashMap<>();
        Map<GroupId, Spot> folded = new HashMap<>();
        for (Box box : boxes) {
            Rect area = placed.apply(box.area());
            Spot spot = new Spot(area.x(), area.y());
            box.folded().ifPresentOrElse(group -> folded.put(group, spot), () -> spots.put(box.id(), spot));
        }
        return new Several(List.of(new Move(spots, folded, 0)), title);
    }
}
