package org.netsplice.edit.step;

import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;

/** Edits that are one step for the user; if one is refused, none happens. */
public record Several(List<Edit> edits, String title) implements Edit {

    public Several {
        edits = List.copyOf(edits);
    }

    @Override
    public Document apply(Document document) {
        Document present = document;
        for (Edit edit : edits) {
            present = edit.apply(present);
        }
        return present;
    }
}
