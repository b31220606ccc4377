package org.netsplice.editor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sample models, as files. The bundled ones are copied out of the program into a temporary folder when they are first used. */
public final class Samples {
    private static final List<String> FILES = Stream.of(
                    Stream.of(
                                    "model_a.keras",
                                    "model_b.keras",
                                    "head_weights.npz",
                                    "input_a.npy",
                                    "input_b.npy",
                                    "expected.npy")
                            .map(name -> "tutorial/" + name),
                    Stream.of("model1.keras", "model2.keras", "images.npy", "expected.npy")
                            .map(name -> "ensemble/" + name),
                    Stream.of("cnn_a.keras", "cnn_b.h5", "digits.csv", "labels.csv")
                            .map(name -> "digits/" + name),
                    Stream.iterate(0, i -> i + 1)
                            .limit(12)
                            .map(i -> String.format(java.util.Locale.ROOT, "digits/images/digit_%03d.png", i)))
            .flatMap(names -> names)
            .toList();

    private static final List<String> DATA = List.of("input_a.npy", "input_b.npy", "images.npy", "digits.csv");

    private final Path folder;

    private Samples(Path folder) {
        this.folder = folder;
    }

    /** Samples in a folder of the same structure. */
    public static Samples in(Path folder) {
        return new Samples(folder);
    }

    /** The samples that come with the program. */
    public static Samples bundled() {
        try {
            Path folder = Files.createTempDirectory("netsplice-samples");
            for (String name : FILES) {
                Path target = folder.resolve(name);
                Files.createDirectories(target.getParent());
                try (InputStream stream = Samples.class.getResourceAsStream("/assets/samples/" + name)) {
                    Files.copy(stream, target);
                }
                target.toFile().deleteOnExit();
            }
            return new Samples(folder);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The data beside a sample model that it can predict. */
    public static List<Path> dataBeside(Path model) {
        return DATA.stream()
                .map(model::resolveSibling)
                .filter(Files::isReadable)
                .toList();
    }

    /** What is right for each row of that data, where it is known. */
    public static Optional<Path> targetsBeside(Path model) {
        return Optional.of(model.resolveSibling("labels.csv")).filter(Files::isReadable);
    }

    /** A file by its path among the samples, such as {@code tutorial/model_a.keras}. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The two models of the tutorial about concatenating. */
    public List<Path> tutorial() {
        return List.of(file("tutorial/model_a.keras"), file("tutorial/model_b.keras"));
    }

    /** The two models of the tutorial about averaging. */
    public List<Path> ensemble() {
        return List.of(file("ensemble/model1.keras"), file("ensemble/model2.keras"));
    }

    /** The two trained classifiers of digits. */
    public List<Path> digits() {
        return List.of(file("digits/cnn_a.keras"), file("digits/cnn_b.h5"));
    }
}
