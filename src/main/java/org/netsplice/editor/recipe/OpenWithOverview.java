package org.netsplice.editor.recipe;

import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.graph.GroupId;

/** Opens a network, and folds what repeats in it when it is large. */
public record OpenWithOverview(OpenNetwork opening) implements Edit {

    @Override
    public Document apply(Document document) {
        Document opened = opening.apply(document);
        return Overview.ofOpened(opened, new GroupId(document.nextId()))
                .map(edit -> edit.apply(opened))
                .orElse(opened);
    }

    @Override
    public String title() {
        return opening.title();
    }
}
