package org.netsplice.editor.recipe;

import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;

/** Shows the document that its file holds now; undo brings back the one before. */
public record Reopen(Document document) implements Edit {
    @Override
    public Document apply(Document before) {
        return document;
    }

    @Override
    public String title() {
        return "reload";
    }
}
