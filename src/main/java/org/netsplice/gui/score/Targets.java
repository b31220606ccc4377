package org.netsplice.gui.score;

import java.nio.file.Path;
import java.util.Optional;
import org.netsplice.predict.Answers;
import org.netsplice.problem.Printable;

/**
 * Where the targets are.
 *
 * @param file a table or an array
 * @param column the column of a table of inputs; empty when the whole file holds targets
 */
record Targets(Path file, Optional<String> column) {

    /** Reads the targets. */
    Answers read() {
        return column.map(name -> Answers.column(file, name))
                .orElseGet(() -> Answers.read(file.toAbsolutePath().toString()));
    }

    @Override
    public String toString() {
        String name = Printable.name(String.valueOf(file.getFileName()));
        return column.map(one -> Printable.name(one) + " of " + name).orElse(name);
    }
}
