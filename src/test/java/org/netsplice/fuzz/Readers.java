package org.netsplice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.netsplice.check.Report;
import org.netsplice.container.Npy;
import org.netsplice.edit.Document;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;

/** The readers of foreign bytes. Whatever these hold, reading ends with a document or a message, never with another exception. */
enum Readers {
    JSON("{", ".json"),
    ZIP("PK", ".keras"),
    HDF5("\u0089HDF", ".h5"),
    NPY("\u0093NUMPY", ".npy");

    private static final int LARGEST = 1 << 20;
    private final String head;
    private final String extension;

    Readers(String head, String extension) {
        this.head = head;
        this.extension = extension;
    }

    /** Reads the bytes; returns quietly when they end with a message. */
    void read(byte[] content) {
        if (content.length > LARGEST || !begins(content)) {
            return;
        }
        try {
            if (this == NPY) {
                Npy.read(content, "input.npy", "");
            } else {
                open(content);
            }
        } catch (ModelException message) {
            return;
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private boolean begins(byte[] content) {
        for (int i = 0; i < head.length(); i++) {
            if (i >= content.length || (content[i] & 0xff) != head.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void open(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", extension);
        try {
            Files.write(file, content);
            Document document = Fixtures.open(file);
            Report.of(document.graph());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
