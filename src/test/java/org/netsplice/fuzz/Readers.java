package org.netsplice.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.netsplice.check.Report;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.format.Head;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.onnx.OnnxImporter;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.problem.ModelException;
import org.netsplice.splice.SpliceFile;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** The readers of foreign bytes. Whatever these hold, reading ends with a document or a message, never with another exception. */
enum Readers {
    JSON("{", ".json"),
    ZIP("PK", ".keras"),
    HDF5("\u0089HDF", ".h5"),
    NPY("\u0093NUMPY", ".npy"),
    SPLICE("PK", ".splice"),
    NPZ("PK", ".npz"),
    ONNX("\u0008", ".onnx"),
    CSV("", ".csv"),
    PICTURE("", ".png");

    private static final int LARGEST = 1 << 20;
    private static final Path ARCHITECTURE =
            Fixtures.ROOT.resolve("digits/architecture.json").toAbsolutePath();
    private final String head;
    private final String extension;

    Readers(String head, String extension) {
        this.head = head;
        this.extension = extension;
    }

    private static final List<CompiledNetwork.Input> TABLE =
            List.of(new CompiledNetwork.Input("x", Shape.of(Shape.UNKNOWN, Shape.UNKNOWN), DType.FLOAT32));
    private static final List<CompiledNetwork.Input> IMAGE =
            List.of(new CompiledNetwork.Input("x", Shape.of(Shape.UNKNOWN, 4, Shape.UNKNOWN, 3), DType.FLOAT32));

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
            switch (this) {
                case SPLICE ->
                    quietly(() -> Report.of(new SpliceFile()
                            .read(Head.of(file), Optional.empty(), Progress.NONE)
                            .asDocument()
                            .graph()));
                case NPZ -> quietly(() -> Npz.read(file));
                case ONNX ->
                    quietly(() -> Report.of(new OnnxImporter()
                            .read(Head.of(file), Optional.empty(), Progress.NONE)
                            .asDocument()
                            .graph()));
                case CSV -> quietly(() -> new Inputs(TABLE, ImageReading.UNIT).one(file, TABLE.get(0), Progress.NONE));
                case PICTURE ->
                    quietly(() -> new Inputs(IMAGE, ImageReading.UNIT).one(file, IMAGE.get(0), Progress.NONE));
                default -> quietly(() -> Report.of(Fixtures.open(file).graph()));
            }
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
