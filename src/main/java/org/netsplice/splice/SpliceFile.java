package org.netsplice.splice;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.AtomicFile;
import org.netsplice.container.Safetensors;
import org.netsplice.container.ZipReader;
import org.netsplice.edit.Document;
import org.netsplice.format.Contents;
import org.netsplice.format.Exporter;
import org.netsplice.format.Head;
import org.netsplice.format.Importer;
import org.netsplice.format.Opened;
import org.netsplice.format.Unread;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** The project file {@code .splice}: a zip with {@code document.json} and {@code weights.safetensors}. Equal documents give equal bytes. */
public final class SpliceFile implements Importer, Exporter {
    private static final String DOCUMENT = "document.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final int BUFFER = 1 << 16;

    @Override
    public List<String> extensions() {
        return List.of(extension());
    }

    @Override
    public boolean recognises(Head head) {
        return head.entries().contains(DOCUMENT);
    }

    @Override
    public Opened read(Head head, Optional<Path> weights, Progress progress) {
        if (weights.isPresent()) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(head.file(), ""),
                    "already holds its weights",
                    "Open it without another weights file."));
        }
        try (ZipReader zip = ZipReader.open(head.path())) {
            Json json = JsonReader.parse(zip.read(DOCUMENT), head.file(), DOCUMENT);
            long version = json.get("version").integer(1, Long.MAX_VALUE);
            if (version > SpliceText.VERSION) {
                throw new ModelException.Unsupported(Problem.error(
                        new Where.InFile(head.file(), ""),
                        "was saved by a newer version of this program",
                        "Update the program, or save the document in the older version."));
            }
            progress.at(0.3, "Reading weights");
            Map<String, Tensor> tensors = Safetensors.read(zip.read(WEIGHTS), head.file(), WEIGHTS);
            return new Opened.Project(
                    SpliceText.read(json, weights(json.get("weights"), tensors), KeptText.read(json, tensors)));
        }
    }

    @Override
    public Contents contents(Head head) {
        return Contents.of(head, "NetSplice document", "NetSplice");
    }

    @Override
    public List<String> unread(Head head) {
        return Unread.entries(head, Set.of(DOCUMENT, WEIGHTS), "a document");
    }

    private static Map<WeightsId, Weights> weights(Json counts, Map<String, Tensor> tensors) {
        Map<WeightsId, Weights> all = new TreeMap<>();
        for (Json item : counts.items()) {
            List<Json> pair = item.items(2, "[weights, tensors]");
            long id = SpliceText.identity(pair.get(0));
            long count = pair.get(1).integer(0, Integer.MAX_VALUE);
            List<Tensor> own = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Tensor tensor = tensors.get(key(id, i));
                if (tensor == null) {
                    throw item.wrong("the tensor " + key(id, i) + " is missing from " + WEIGHTS);
                }
                own.add(tensor);
            }
            if (all.put(new WeightsId(id), new Weights(own)) != null) {
                throw item.wrong("the number " + id + " stands twice");
            }
        }
        return all;
    }

    private static String key(long id, int index) {
        return id + "/" + index;
    }

    @Override
    public String extension() {
        return "splice";
    }

    @Override
    public String description() {
        return "NetSplice document";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        progress.at(0, "Saving " + path.getFileName());
        AtomicFile.write(path, out -> write(document, new ZipOutputStream(out)));
        return List.of();
    }

    /**
     * Writes a document that is read soon and then removed: in little time, not packed.
     *
     * @throws ModelException.Unreadable when there is no room
     */
    public void writeCopy(Document document, Path path, Progress progress) {
        progress.at(0, "Handing over");
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            write(document, zip);
        } catch (IOException problem) {
            throw new ModelException.Unreadable(
                    Problem.error(new Where.InFile(path.toString(), ""), "cannot be written", "Make room for it."),
                    problem);
        }
    }

    private static void write(Document document, ZipOutputStream zip) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        document.graph().weights().forEach((id, weights) -> {
            for (int i = 0; i < weights.tensors().size(); i++) {
                tensors.put(key(id.number(), i), weights.tensors().get(i));
            }
        });
        tensors.putAll(KeptText.tensors(document));
        byte[] json = Json.of(SpliceText.write(document)).pretty().getBytes(StandardCharsets.UTF_8);
        entry(zip, DOCUMENT, stream -> stream.write(json));
        entry(zip, WEIGHTS, stream -> Safetensors.write(tensors, stream));
        zip.finish();
    }

    private static void entry(ZipOutputStream zip, String name, AtomicFile.Content content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        content.write(zip);
        zip.closeEntry();
    }
}
