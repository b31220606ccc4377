package org.netsplice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    public static Document open(String path) {
        return open(ROOT.resolve(path));
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
        return npy(ROOT.resolve(path));
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
