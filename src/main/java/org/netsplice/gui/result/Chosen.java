package org.netsplice.gui.result;

import java.nio.file.Path;
import java.util.Optional;
import org.netsplice.predict.ColumnChoice;
import org.netsplice.predict.Preview;

/**
 * The file that is chosen for an input.
 *
 * @param wanted the columns of a table that the user asked for
 * @param preview what the file holds; empty until it was looked at
 */
record Chosen(Path file, ColumnChoice wanted, Optional<Preview> preview) {

    Chosen(Path file) {
        this(file, ColumnChoice.ALL, Optional.empty());
    }

    Chosen with(Preview seen) {
        return new Chosen(file, wanted, Optional.of(seen));
    }

    /** The same file with other columns, which is to be looked at again. */
    Chosen with(ColumnChoice columns) {
        return new Chosen(file, columns, Optional.empty());
    }

    /** The columns to read. */
    ColumnChoice columns() {
        return preview.map(Preview::columns).orElse(wanted);
    }

    /** Whether the file was looked at and fits. */
    boolean fits() {
        return preview.filter(seen -> seen.wrong().isEmpty()).isPresent();
    }
}
