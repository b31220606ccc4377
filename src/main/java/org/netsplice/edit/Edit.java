package org.netsplice.edit;

import java.util.Optional;

/** Something a user does: a document in, a document out, or a refusal with a reason and a remedy. Edits are values. */
public interface Edit {

    /**
     * The document after the edit; the same object when the edit changes nothing.
     *
     * @throws org.netsplice.problem.ModelException.EditRefused when the result would not be a graph
     */
    Document apply(Document document);

    /** What the menu calls it after “Undo”, such as {@code merge by Average}. */
    String title();

    /** One edit that does what this and the following one do, when both belong to one gesture. */
    default Optional<Edit> followedBy(Edit next) {
        return Optional.empty();
    }
}
