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

    /** A comparison of what the layers of an architecture need with what another file holds; empty when this family has no separate weights. */
    default Optional<Comparison> compare(Head head, Path weights) {
        return Optional.empty();
    }

    /** The parts of the file that are not read, each with the reason. */
    default List<String> unread(Head head) {
        return List.of();
    }
}
