package org.netsplice.format;

import java.nio.file.Path;
import java.util.Optional;
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
}
