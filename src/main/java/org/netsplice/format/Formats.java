package org.netsplice.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.netsplice.edit.Document;
import org.netsplice.problem.Comparison;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** All formats that can be opened and written. */
public final class Formats {
    private final List<Importer> importers;
    private final List<Exporter> exporters;

    public Formats(List<Importer> importers, List<Exporter> exporters) {
        this.importers = List.copyOf(importers);
        this.exporters = List.copyOf(exporters);
    }

    /** Opens a file, with its weights from another file where one is given. */
    public Opened open(Path path, Optional<Path> weights, Progress progress) {
        progress.at(-1, "Opening " + path.getFileName());
        Head head = Head.of(path);
        for (Importer importer : importers) {
            if (importer.recognises(head)) {
                return read(importer, head, weights, progress);
            }
        }
        throw ForeignFiles.refusal(head, readable());
    }

    /** Reads the weights in a file, layer by layer: of a model, or of arrays in {@code .npy}, {@code .npz} or {@code .safetensors}. */
    public StoredWeights weights(Path path, Progress progress) {
        progress.at(-1, "Reading " + path.getFileName());
        Head head = Head.of(path);
        if (StoredWeights.areArrays(head)) {
            return guarded(head, () -> StoredWeights.ofArrays(head));
        }
        Importer importer = importers.stream()
                .filter(one -> one.recognises(head))
                .findFirst()
                .orElseThrow(() -> ForeignFiles.refusal(head, readable()));
        return guarded(head, () -> importer.weights(head, progress));
    }

    /** A comparison of what the layers of an architecture need with what a file of weights holds. */
    public Optional<Comparison> compare(Path path, Path weights) {
        Head head = Head.of(path);
        return importers.stream()
                .filter(importer -> importer.recognises(head))
                .findFirst()
                .flatMap(importer -> guarded(head, () -> importer.compare(head, weights)));
    }

    /** What a file is and holds. */
    public Contents contents(Path path) {
        Head head = Head.of(path);
        return importers.stream()
                .filter(importer -> importer.recognises(head))
                .findFirst()
                .map(importer -> guarded(head, () -> importer.contents(head)))
                .orElseGet(() -> Contents.of(head, "unknown", ""));
    }

    /** The parts of a file that are not read, each with the reason. */
    public List<String> unread(Path path) {
        Head head = Head.of(path);
        return importers.stream()
                .filter(importer -> importer.recognises(head))
                .findFirst()
                .map(importer -> importer.unread(head))
                .orElse(List.of());
    }

    private static Opened read(Importer importer, Head head, Optional<Path> weights, Progress progress) {
        return guarded(head, () -> importer.read(head, weights, progress));
    }

    private static <T> T guarded(Head head, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OutOfMemoryError problem) {
            throw new ModelException.Unsupported(
                    MemoryShortage.problem(
                            new Where.InFile(head.file(), ""), "does not fit into memory", "Use a smaller model."),
                    problem);
        } catch (StackOverflowError problem) {
            throw new ModelException.Unsupported(
                    Problem.error(
                            new Where.InFile(head.file(), ""),
                            "holds parts inside parts too deeply to be read",
                            "Use a model with fewer levels."),
                    problem);
        }
    }

    /** The exporter for a file name. */
    public Exporter exporter(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return exporters.stream()
                .filter(exporter -> name.endsWith("." + exporter.extension()))
                .findFirst()
                .orElseThrow(() -> new ModelException.CannotExport(Problem.error(
                        new Where.InFile(path.toString(), ""),
                        "this format cannot be written",
                        "Choose one of "
                                + exporters.stream()
                                        .map(exporter -> "." + exporter.extension())
                                        .collect(Collectors.joining(", "))
                                + ".")));
    }

    /** The endings of files that can be opened, without the dot, in the order in which importers are asked. */
    public List<String> readable() {
        return importers.stream()
                .flatMap(importer -> importer.extensions().stream())
                .distinct()
                .toList();
    }

    /** The endings that can be written, each with what the format is called: {@code .onnx (ONNX model), …}. */
    public String endings() {
        return exporters.stream()
                .map(exporter -> "." + exporter.extension() + " (" + exporter.description() + ")")
                .collect(Collectors.joining(", "));
    }

    /** The formats that can be written. */
    public List<Exporter> exporters() {
        return exporters;
    }

    /** Writes a document in the format that the file name asks for, and returns notes on what differs in the file. */
    public List<Problem> write(Document document, Path path, Progress progress) {
        return exporter(path).write(document, path, progress);
    }
}
