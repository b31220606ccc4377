package org.netsplice.format;

import java.nio.file.Files;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Tells what a file that no importer recognises most likely is, and how to get at its model. */
final class ForeignFiles {
    private static final String CONVERT = "Open it in the tool it comes from and save it from Keras as .keras.";

    private ForeignFiles() {}

    static ModelException refusal(Head head) {
        Where where = new Where.InFile(head.file(), "");
        if (!head.folder() && head.bytes().length == 0) {
            return new ModelException.Invalid(Problem.error(where, "is empty", "Save or download it again."));
        }
        String what = describe(head);
        return new ModelException.Foreign(Problem.error(
                where,
                what.isEmpty() ? "is not a file this program can open" : what,
                what.isEmpty()
                        ? "Open a .keras, .h5, architecture .json with --weights, .splice, or a DL4J .zip file."
                        : CONVERT));
    }

    private static String describe(Head head) {
        if (head.folder()) {
            return Files.exists(head.path().resolve("saved_model.pb"))
                    ? "is a TensorFlow SavedModel folder"
                    : "is a folder, not a model file";
        }
        if (head.entries().stream().anyMatch(name -> name.endsWith("data.pkl"))) {
            return "is a PyTorch model, which holds pickled Python objects";
        }
        if (head.entries().contains("configuration.json") && head.entries().contains("coefficients.bin")) {
            return "is a DL4J model, which this version writes but does not open";
        }
        if (head.startsWith((byte) 0x80, (byte) 2) || head.startsWith((byte) 0x80, (byte) 4)) {
            return "is a Python pickle, which is never opened";
        }
        if (head.bytes().length > 8 && head.text().startsWith("TFL3", 4)) {
            return "is a TensorFlow Lite model";
        }
        if (head.bytes().length > 9 && head.bytes()[8] == '{' && head.bytes()[7] == 0) {
            return "is a safetensors file, which holds weights without an architecture";
        }
        if (head.text().startsWith("ONNX")
                || (head.startsWith((byte) 8) && head.text().contains("onnx"))) {
            return "is an ONNX model";
        }
        if (head.startsWith((byte) 0x93, (byte) 'N', (byte) 'U', (byte) 'M')) {
            return "is a NumPy array, which holds numbers and no model";
        }
        if (head.isZip()) {
            return "is a zip archive without a model in it";
        }
        return "";
    }
}
