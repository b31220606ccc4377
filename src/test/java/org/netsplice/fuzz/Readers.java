package org.netsplice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.netsplice.check.Report;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** The readers of foreign bytes. Whatever these hold, reading ends with a document or a message, never with another exception. */
enum Readers {
    JSON("{", ".json"),
    ZIP("PK", ".keras"),
    HDF5("\u0089HDF", ".h5"),
    NPY("\u0093NUMPY", ".npy");

    private static final int LARGEST = 1 << 20;
    private static final Path ARCHITECTURE =
            Fixtures.ROOT.resolve("digits/architecture.json").toAbsolutePath();
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
                quietly(() -> Npy.read(content, "input.npy", ""));
            } else {
                open(content);
            }
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

    /** A model; what opens beside models, too: archives of arrays, and weights that belong to another file or to this one. */
    private void open(byte[] content) throws IOException {
        Path file = Files.createTempFile("fuzz", extension);
        try {
            Files.write(file, content);
            quietly(() -> Report.of(Fixtures.open(file).graph()));
            if (this == ZIP) {
                quietly(() -> Npz.read(file));
            }
            if (this == HDF5) {
                quietly(() -> Fixtures.FORMATS.open(ARCHITECTURE, Optional.of(file), Progress.NONE));
                quietly(() -> Fixtures.FORMATS.compare(ARCHITECTURE, file));
                quietly(() -> Fixtures.FORMATS.compare(file, file));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void quietly(Runnable reading) {
        try {
            reading.run();
        } catch (ModelException message) {
            return;
        }
    }
}
