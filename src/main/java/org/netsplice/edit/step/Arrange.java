package org.netsplice.edit.step;

import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Placement;

/** Forgets where layers were put by hand, so that the layout places everything. */
public record Arrange() implements Edit {

    @Override
    public Document apply(Document document) {
        return document.with(Placement.EMPTY
                .withFolded(document.placement().folded())
                .with(document.placement().figure()));
    }

    @Override
    public String title() {
        return "arrange";
    }
}
