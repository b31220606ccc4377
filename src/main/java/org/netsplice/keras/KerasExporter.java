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
        return "Keras 3";
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
        byte[] weights = HdfWriter.bytes(writer -> {
            model.byPath().forEach(writer::tensor);
            for (int i = 0; i < state.size(); i++) {
                writer.tensor("optimizer/vars/" + i, state.get(i));
            }
            writer.attribute("", "writer", "NetSplice");
        });
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> entry : List.of(
                Map.entry("metadata.json", bytes(Json.of(Map.of("keras_version", VERSION)))),
                Map.entry("config.json", config),
                Map.entry("model.weights.h5", weights))) {
            store(zip, entry.getKey(), entry.getValue());
        }
        zip.finish();
    }

    private static byte[] bytes(Json json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Stores an entry uncompressed, as Keras does, and without a date, so that equal documents give equal bytes. */
    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
