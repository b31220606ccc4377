package org.netsplice.edit.step;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.NodeId;

/**
 * Puts layers and boxes of folded groups somewhere else.
 *
 * @param gesture moves with the same number belong to one drag and are undone together; 0 for a move of its own
 */
public record Move(Map<NodeId, Spot> spots, Map<GroupId, Spot> boxes, long gesture) implements Edit {

    public Move {
        spots = Map.copyOf(spots);
        boxes = Map.copyOf(boxes);
    }

    /** A move of layers only. */
    public Move(Map<NodeId, Spot> spots, long gesture) {
        this(spots, Map.of(), gesture);
    }

    @Override
    public Document apply(Document document) {
        spots.keySet().forEach(id -> Graphs.node(document.graph(), id));
        boxes.keySet().forEach(id -> Graphs.group(document.graph(), id));
        return document.with(document.placement().with(spots).withBoxes(boxes));
    }

    @Override
    public String title() {
        return "move";
    }

    @Override
    public Optional<Edit> followedBy(Edit next) {
        if (gesture == 0 || !(next instanceof Move move) || move.gesture() != gesture) {
            return Optional.empty();
        }
        Map<NodeId, Spot> joined = new TreeMap<>(spots);
        joined.putAll(move.spots());
        Map<GroupId, Spot> together = new TreeMap<>(boxes);
        together.putAll(move.boxes());
        return Optional.of(new Move(joined, together, gesture));
    }
}
