package org.netsplice.editor.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.NodeId;

/** The search in a document: the query, the layers found, and which of them is current. */
public final class Search {
    private final Session session;
    private String text = "";
    private Report searched;
    private List<NodeId> found = List.of();
    private boolean similar;
    private int present = -1;

    Search(Session session) {
        this.session = session;
    }

    /** Looks for a text while it is typed; an empty one ends the search. */
    public void look(String wanted) {
        text = wanted;
        searched = null;
        present = -1;
        if (!found().isEmpty()) {
            next(1);
        } else {
            session.tell();
        }
    }

    /** Whether something is looked for. */
    public boolean active() {
        return !text.isBlank();
    }

    /** The layers found in the present document, in the order of the graph. */
    public List<NodeId> found() {
        if (searched != session.report()) {
            searched = session.report();
            found = Query.find(searched, text);
            similar = found.isEmpty();
            if (similar) {
                found = Query.findSimilar(searched, text);
            }
            present = Math.min(present, found.size() - 1);
        }
        return found;
    }

    /** Whether no layer says what is looked for, and the layers found are only like it. */
    public boolean isSimilar() {
        return !found().isEmpty() && similar;
    }

    /** The layers found, to ask for one. */
    public Set<NodeId> set() {
        return Set.copyOf(found());
    }

    /** The place of the present one among the layers found, counted from 0. */
    public Optional<Integer> place() {
        return present < 0 || found().isEmpty() ? Optional.empty() : Optional.of(present);
    }

    /** Goes to the next layer found, or with −1 to the one before, around the ends, and selects it. */
    public void next(int step) {
        if (!found().isEmpty()) {
            present = Math.floorMod(present + step, found.size());
            session.select(Set.of(found.get(present)));
        }
    }
}
