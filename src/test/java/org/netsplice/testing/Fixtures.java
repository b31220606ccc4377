package org.netsplice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.edit.Document;
import org.netsplice.format.Formats;
import org.netsplice.graph.Tensor;
import org.netsplice.keras.KerasImporter;
import org.netsplice.work.Progress;

/** The files real Keras wrote, with the outputs it computed. */
public final class Fixtures {
    public static final Path ROOT = Path.of("src/test/resources/fixtures");
    public static final Formats FORMATS = new Formats(List.of(new KerasImporter()), List.of());

    private Fixtures() {}

    /** One model for every layer and option. */
    public static Path layers() {
        return Layers.FOLDER;
    }

    /** Reduced cases of files that were once opened, computed or written wrongly, in three groups. */
    public static Path found() {
        return Found.FOLDER;
    }

    private static final class Layers {
        static final Path FOLDER = unpacked("layers.zip").resolve("layers");
    }

    private static final class Found {
        static final Path FOLDER = unpacked("found.zip");
    }

    /** Unpacks an archive of fixtures into a folder. */
    public static void unpack(String name, Path into) throws IOException {
        try (ZipFile zip = new ZipFile(ROOT.resolve(name).toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Files.copy(zip.getInputStream(entry), into.resolve(entry.getName()));
            }
        }
    }

    /** The folder of an archive's entries, which are unpacked once for each content. */
    private static Path unpacked(String name) {
        Path archive = ROOT.resolve(name);
        try {
            long stamp =
                    Files.size(archive) + Files.getLastModifiedTime(archive).toMillis();
            Path folder = Path.of("target", "fixtures-" + name.replace(".zip", "") + "-" + stamp);
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                Path fresh = Files.createTempDirectory(folder.getParent(), "fixtures");
                try (ZipFile zip = new ZipFile(archive.toFile())) {
                    for (ZipEntry entry : Collections.list(zip.entries())) {
                        Path file = fresh.resolve(entry.getName());
                        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                        if (!entry.isDirectory()) {
                            Files.copy(zip.getInputStream(entry), file);
                        }
                    }
                }
                Files.move(fresh, folder);
            }
            return folder;
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** A file by its group and case, such as {@code layers/dense/model.keras}. */
    public static Path path(String name) {
        return name.startsWith("layers/") ? layers().resolveSibling(name) : ROOT.resolve(name);
    }

    public static Document open(String path) {
        return open(path(path));
    }

    public static Document open(Path path) {
        return FORMATS.open(path, Optional.empty(), Progress.NONE).asDocument();
    }

    public static Document open(String architecture, String weights) {
        return FORMATS.open(ROOT.resolve(architecture), Optional.of(ROOT.resolve(weights)), Progress.NONE)
                .asDocument();
    }

    public static Tensor npy(Path path) {
        try {
            return Npy.read(Files.readAllBytes(path), path.toString(), "");
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    public static Tensor npy(String path) {
        return npy(path(path));
    }

    public static Json json(Path path) {
        try {
            return JsonReader.parse(Files.readAllBytes(path), path.toString(), "");
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** The inputs of a case by the names of the model's inputs; a single input has the name the model gives it. */
    public static Map<String, Tensor> inputs(Path folder, List<String> names) {
        Map<String, Tensor> arrays = arrays(folder, "input", "inputs");
        return names.size() == 1 && arrays.size() == 1
                ? Map.of(names.get(0), arrays.values().iterator().next())
                : arrays;
    }

    /** The outputs Keras computed, by the names of the model's outputs. */
    public static Map<String, Tensor> expected(Path folder) {
        return arrays(folder, "expected", "outputs");
    }

    private static Map<String, Tensor> arrays(Path folder, String stem, String key) {
        Path many = folder.resolve(stem.equals("input") ? "inputs.npz" : "expected.npz");
        if (Files.exists(many)) {
            return Npz.read(many);
        }
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        String name = json(folder.resolve("meta.json"))
                .get(key)
                .items()
                .get(0)
                .get("name")
                .text();
        arrays.put(name, npy(folder.resolve(stem + ".npy")));
        return arrays;
    }
}
