package org.netsplice.format;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Tells what a file that no importer recognises most likely is, and how to get at its model. */
final class ForeignFiles {
    private static final byte[] CHECKPOINT = {0x57, (byte) 0xfb, (byte) 0x80, (byte) 0x8b, 0x24, 0x75, 0x47, (byte) 0xdb
    };

    /** The first bytes of gzip, 7z, rar and xz. */
    private static final List<byte[]> COMPRESSED = List.of(
            new byte[] {0x1f, (byte) 0x8b},
            new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf},
            new byte[] {'R', 'a', 'r', '!'},
            new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z'});

    /** What a file is, and what helps. */
    private record Kind(String what, String remedy) {}

    private ForeignFiles() {}

    /**
     * What is said of a file that no importer recognises.
     *
     * @param readable the endings of files that can be opened, without the dot
     */
    static ModelException refusal(Head head, List<String> readable) {
        Where where = new Where.InFile(head.file(), "");
        if (!head.folder() && head.bytes().length == 0) {
            return new ModelException.Invalid(Problem.error(where, "is empty", "Save or download it again."));
        }
        Kind kind = elsewhere(head)
                .or(() -> tensorflow(head))
                .or(() -> python(head))
                .or(() -> other(head))
                .orElse(new Kind(
                        "is not a file this program can open",
                        "Open a file of one of these kinds: ." + String.join(", .", readable) + "."));
        return new ModelException.Foreign(Problem.error(where, kind.what(), kind.remedy()));
    }

    private static Optional<Kind> when(boolean condition, String what, String remedy) {
        return condition ? Optional.of(new Kind(what, remedy)) : Optional.empty();
    }

    /** Files that are found in place of a model under its name, such as a Git LFS pointer or a web page. */
    private static Optional<Kind> elsewhere(Head head) {
        String text = head.text().replace("\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
        return when(
                        text.startsWith("version https://git-lfs.github.com/"),
                        "is a pointer of Git LFS, not the file itself",
                        "Fetch the file with \"git lfs pull\", or download it on the page of the repository.")
                .or(() -> when(
                        text.startsWith("<!doctype html") || text.startsWith("<html"),
                        "is a web page, not the file itself",
                        "Download the file itself: on most pages by a button \"Download\" or \"Raw\"."))
                .or(() -> when(
                        text.startsWith("<?xml"),
                        "is an XML text, which servers send when a download fails",
                        "Download the file again."))
                .or(() -> when(
                        COMPRESSED.stream().anyMatch(head::startsWith),
                        "is a compressed archive",
                        "Unpack it and open the model file inside."));
    }

    private static Optional<Kind> tensorflow(Head head) {
        boolean saved = (head.folder() && Files.exists(head.path().resolve("saved_model.pb")))
                || List.of("saved_model.pb", "keras_metadata.pb").contains(head.file());
        boolean index = head.text().startsWith("model_checkpoint_path:")
                || head.endsWith(CHECKPOINT)
                || head.file().matches(".*\\.data-\\d{5}-of-\\d{5}");
        return when(
                        saved,
                        head.folder()
                                ? "is a TensorFlow SavedModel folder, which holds a program and not layers"
                                : "is part of a TensorFlow SavedModel, which holds a program and not layers",
                        "In the Python that built it, call model.save(\"model.keras\") on the Keras model itself.")
                .or(() -> when(
                        head.folder(),
                        "is a folder, not a model file",
                        "Open a .keras, .h5 or .splice file inside it."))
                .or(
                        () -> when(
                                index,
                                "is part of a TensorFlow checkpoint, which holds weights without an architecture",
                                "Build the model in Keras, call model.load_weights on the checkpoint, then model.save(\"model.keras\")."))
                .or(() -> when(
                        named(head, "pb") || named(head, "pbtxt"),
                        "is a graph of TensorFlow, which holds a program and not layers",
                        "In the Python that built it, call model.save(\"model.keras\") on the Keras model itself."))
                .or(() -> when(
                        head.bytes().length > 8 && head.text().startsWith("TFL3", 4),
                        "is a TensorFlow Lite model, made for running only",
                        "Save the Keras model it was converted from with model.save(\"model.keras\")."));
    }

    private static Optional<Kind> python(Head head) {
        boolean torch = head.entries().stream().anyMatch(name -> name.endsWith("data.pkl"));
        boolean pickle = head.bytes().length > 1
                && head.bytes()[0] == (byte) 0x80
                && head.bytes()[1] >= 2
                && head.bytes()[1] <= 5;
        return when(
                        torch,
                        "is a PyTorch model, which holds pickled Python objects",
                        "Build the same layers in Keras, copy the weights, and save with model.save(\"model.keras\").")
                .or(() -> when(
                        pickle,
                        "is a Python pickle, which can run any program and is never opened",
                        "In the Python that wrote it, save the model with model.save(\"model.keras\")."))
                .or(() -> when(
                        head.startsWith((byte) 0x93, (byte) 'N', (byte) 'U', (byte) 'M'),
                        "is a NumPy array, which holds numbers and no model",
                        "Use it as data for predictions, or as weights of one layer."))
                .or(() -> when(
                        yaml(head.text()),
                        "is an architecture in YAML, which Keras no longer reads or writes",
                        "Load it in the Keras 2 that wrote it and save with model.to_json()."));
    }

    private static boolean named(Head head, String extension) {
        return !head.folder() && head.file().toLowerCase(Locale.ROOT).endsWith("." + extension);
    }

    private static boolean yaml(String text) {
        return text.startsWith("backend:") || text.startsWith("class_name:") || text.contains("!!python/");
    }

    private static Optional<Kind> other(Head head) {
        boolean safetensors = head.bytes().length > 9 && head.bytes()[8] == '{' && head.bytes()[7] == 0;
        return when(
                        safetensors,
                        "is a safetensors file, which holds weights without an architecture",
                        "Build the model in Keras, set these weights, and save with model.save(\"model.keras\").")
                .or(() -> when(
                        named(head, "onnx"),
                        "is no ONNX model, although its name says so",
                        "Export it again, or download it again."))
                .or(() -> when(
                        head.text().startsWith("MATLAB "),
                        "is a MATLAB file, which holds variables and no Keras model",
                        "Export the arrays it holds as .npy or .csv to use them as data."))
                .or(() -> when(
                        head.isZip(),
                        "is a zip archive without a model in it",
                        "Unpack it and open the model file inside."));
    }
}
