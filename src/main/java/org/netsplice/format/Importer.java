package org.netsplice.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.netsplice.problem.Comparison;
import org.netsplice.work.Progress;

/** Reads one family of files. */
public interface Importer {

    /** Whether the file is of this family, by its content. */
    boolean recognises(Head head);

    /**
     * Reads the file.
     *
     * @param weights another file that holds the weights
     * @throws org.netsplice.problem.ModelException when it cannot be opened; nothing is ever half open
     */
    Opened read(Head head, Optional<Path> weights, Progress progress);

    /** What the layers of an architecture need beside what another file holds; empty when this family does not pair files. */
    default Optional<Comparison> compare(Head head, Path weights) {
        return Optional.empty();
    }

    /** What is in the file beside what is read of it, each with the reason; empty when all of it is read. */
    default List<String> unread(Head head) {
        return List.of();
    }
}
