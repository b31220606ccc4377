package org.netsplice.edit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.netsplice.graph.NodeId;

/**
 * Puts layers somewhere else.
 *
 * @param gesture moves with the same number belong to one drag and are undone together; 0 for a move of its own
 */
public record Move(Map<NodeId, Spot> spots, long gesture) implements Edit {

    public Move {
        spots = Map.copyOf(spots);
    }

    @Override
    public Document apply(Document document) {
        spots.keySet().forEach(id -> Graphs.node(document.graph(), id));
        return document.with(document.placement().with(spots));
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
        return Optional.of(new Move(joined, gesture));
    }
}
