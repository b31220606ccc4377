package org.netsplice.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.netsplice.config.Json;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.Problem;
import org.netsplice.work.Progress;

/** Writes a document as a {@code .keras} file that Keras 3 opens: a zip with the architecture and the weights. */
public final class KerasExporter implements Exporter {
    /** The version of Keras whose format is written. */
    static final String VERSION = "3.15.1";

    @Override
    public String extension() {
        return "keras";
    }

    @Override
    public String description() {
        return "Keras model";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        progress.at(0, "Preparing " + path.getFileName());
        KerasFile model = KerasFile.of(document);
        TrainingWords training = model.training();
        Map<String, Object> architecture = model.architecture(false);
        training.config().ifPresent(words -> architecture.put(ArchitectureWriter.COMPILED, words));
        byte[] config = bytes(Json.of(architecture));
        progress.at(0.3, "Writing " + path.getFileName());
        AtomicFile.write(path, out -> archive(model, config, training.state(), out));
        return model.notes();
    }

    private static void archive(KerasFile model, byte[] config, List<Tensor> state, OutputStream out)
            throws IOException {
        HdfWriter weights = HdfWriter.of(writer -> {
            model.byPath().forEach(writer::tensor);
            for (int i = 0; i < state.size(); i++) {
                writer.tensor("optimizer/vars/" + i, state.get(i));
            }
            writer.attribute("", "writer", "NetSplice");
        });
        ZipOutputStream zip = new ZipOutputStream(out);
        byte[] metadata = bytes(Json.of(Map.of("keras_version", VERSION)));
        store(zip, "metadata.json", to -> to.write(metadata));
        store(zip, "config.json", to -> to.write(config));
        store(zip, "model.weights.h5", weights::write);
        zip.finish();
    }

    private static byte[] bytes(Json json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Stores an entry uncompressed, as Keras does, and without a date, so that equal documents give equal bytes. The content is written
     * twice, because its length and checksum stand before it; so it may be larger than memory.
     */
    private static void store(ZipOutputStream zip, String name, AtomicFile.Content content) throws IOException {
        Measured measured = new Measured();
        content.write(measured);
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(measured.length);
        entry.setCrc(measured.sum.getValue());
        zip.putNextEntry(entry);
        content.write(zip);
        zip.closeEntry();
    }

    /** Counts and sums up what is written into it. */
    private static final class Measured extends OutputStream {
        private final CRC32 sum = new CRC32();
        private long length;

        @Override
        public void write(int one) {
            sum.update(one);
            length++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            sum.update(bytes, from, count);
            length += count;
        }
    }
}
