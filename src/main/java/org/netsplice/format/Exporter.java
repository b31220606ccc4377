package org.netsplice.format;

import java.nio.file.Path;
import org.netsplice.edit.Document;
import org.netsplice.work.Progress;

/** Writes a document in one format. */
public interface Exporter {

    /** The file name extension, without the dot. */
    String extension();

    /** What the format is called, for people. */
    String description();

    /**
     * Writes the document; an existing file is replaced atomically.
     *
     * @throws org.netsplice.problem.ModelException when the document cannot be written in this format, with the reason
     */
    void write(Document document, Path path, Progress progress);
}
