package org.netsplice.edit.step;

import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.problem.Where;

/** Renames the document. */
public record RenameDocument(String name) implements Edit {

    @Override
    public Document apply(Document document) {
        Rename.requireName(Where.NOWHERE, name);
        return document.withName(name);
    }

    @Override
    public String title() {
        return "rename model";
    }
}
