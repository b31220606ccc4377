package org.netsplice.edit.step;

import java.util.Set;
import java.util.TreeSet;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.GroupId;

/** Folds groups into one box each, or unfolds them. */
public record Fold(Set<GroupId> groups, boolean folded) implements Edit {

    public Fold {
        groups = Set.copyOf(groups);
    }

    @Override
    public Document apply(Document document) {
        groups.forEach(id -> Graphs.group(document.graph(), id));
        Set<GroupId> all = new TreeSet<>(document.placement().folded());
        boolean changed = folded ? all.addAll(groups) : all.removeAll(groups);
        return changed ? document.with(document.placement().withFolded(all)) : document;
    }

    @Override
    public String title() {
        return folded ? "fold" : "unfold";
    }
}
