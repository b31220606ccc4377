package org.netsplice.format;

import java.nio.file.Path;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.problem.Problem;
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
     * @return notes for people: in what the file differs from the document
     * @throws org.netsplice.problem.ModelException when the document cannot be written in this format, with the reason
     */
    List<Problem> write(Document document, Path path, Progress progress);
}
