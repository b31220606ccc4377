package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;

/** Files of other tools are recognised by their content, and the message says what they are and what helps. */
class ForeignFilesTest {
    @TempDir
    private Path folder;

    private void refused(Path file, String what) {
        ModelException.Foreign refusal = catchThrowableOfType(ModelException.Foreign.class, () -> Fixtures.open(file));
        assertThat(refusal).as(what).isNotNull();
        assertThat(refusal.problem().line()).isEqualTo(file.getFileName() + ": " + what);
        assertThat(refusal.problem().remedy()).endsWith(".");
    }

    @Test
    void aSubclassedModelIsSoundButNotSupported() throws IOException {
        Path file = text("model.json", "{\"class_name\": \"Mine\", \"config\": {}, \"keras_version\": \"3.10.0\"}");
        ModelException.Unsupported refusal =
                catchThrowableOfType(ModelException.Unsupported.class, () -> Fixtures.open(file));
        assertThat(refusal.problem().line())
                .isEqualTo("model.json, class_name: the class \"Mine\" is neither Functional nor Sequential;"
                        + " a subclassed model keeps its structure in Python code");
        assertThat(refusal.problem().remedy())
                .isEqualTo(
                        "Build the model from keras.Model(inputs, outputs) or keras.Sequential in Python, and save that.");
    }

    private Path file(String name, byte... content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private Path text(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Path zip(String name, String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(1);
            }
        }
        return file(name, bytes.toByteArray());
    }

    @Test
    void tensorflow() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        refused(saved, "is a folder, not a model file");
        Files.write(saved.resolve("saved_model.pb"), new byte[] {8, 1});
        refused(saved, "is a TensorFlow SavedModel folder, which holds a program and not layers");
        refused(text("m.tflite", "\u001c\0\0\0TFL3\0\0"), "is a TensorFlow Lite model, made for running only");
        String checkpoint = "is part of a TensorFlow checkpoint, which holds weights without an architecture";
        refused(text("checkpoint", "model_checkpoint_path: \"ckpt-1\"\n"), checkpoint);
        refused(text("ckpt.data-00000-of-00001", "numbers"), checkpoint);
        byte[] index = new byte[60];
        byte[] magic = {0x57, (byte) 0xfb, (byte) 0x80, (byte) 0x8b, 0x24, 0x75, 0x47, (byte) 0xdb};
        System.arraycopy(magic, 0, index, 52, 8);
        refused(file("ckpt.index", index), checkpoint);
    }

    @Test
    void python() throws IOException {
        refused(
                zip("model.pt", "archive/data.pkl", "archive/data/0"),
                "is a PyTorch model, which holds pickled Python objects");
        refused(
                file("model.pkl", (byte) 0x80, (byte) 4, (byte) 0x95),
                "is a Python pickle, which can run any program and is never opened");
        refused(
                text("model.yaml", "backend: tensorflow\nclass_name: Sequential\n"),
                "is an architecture in YAML, which Keras no longer reads or writes");
        refused(text("x.npy", "\u0093NUMPY\1\0"), "is a NumPy array, which holds numbers and no model");
    }

    @Test
    void others() throws IOException {
        refused(
                text("m.safetensors", " \0\0\0\0\0\0\0{\"a\": 1}"),
                "is a safetensors file, which holds weights without an architecture");
        refused(
                text("data.mat", "MATLAB 5.0 MAT-file, Platform: GLNXA64"),
                "is a MATLAB file, which holds variables and no Keras model");
        refused(
                text("data73.mat", "MATLAB 7.3 MAT-file, Platform: GLNXA64" + " ".repeat(600)),
                "is a MATLAB file, which holds variables and no Keras model");
        refused(zip("other.zip", "readme.txt"), "is a zip archive without a model in it");
        refused(text("notes.txt", "hello"), "is not a file this program can open");
    }

    @Test
    void whatStandsInPlaceOfTheFile() throws IOException {
        refused(
                text("model.h5", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
                "is a pointer of Git LFS, not the file itself");
        String page = "is a web page, not the file itself";
        refused(text("model.keras", "\n<!DOCTYPE html>\n<html lang=\"en\">"), page);
        refused(text("weights.h5", "<HTML><head>"), page);
        refused(
                text("model.json", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"),
                "is an XML text, which servers send when a download fails");
        refused(file("model.tar.gz", (byte) 0x1f, (byte) 0x8b, (byte) 8), "is a compressed archive");
    }

    @Test
    void knownByTheirNames() throws IOException {
        refused(
                file("saved_model.pb", (byte) 8, (byte) 1),
                "is part of a TensorFlow SavedModel, which holds a program and not layers");
        refused(
                file("frozen.pb", (byte) 10, (byte) 1),
                "is a graph of TensorFlow, which holds a program and not layers");
        refused(file("model.onnx", (byte) 1, (byte) 7, (byte) 18), "is no ONNX model, although its name says so");
    }

    @Test
    void otherJson() throws IOException {
        refused(
                text("model.json", "{\"format\": \"layers-model\", \"modelTopology\": {}, \"weightsManifest\": []}"),
                "is a model of TensorFlow.js");
        refused(
                text("config.json", "{\"architectures\": [\"BertModel\"], \"model_type\": \"bert\"}"),
                "is the description of a model of Hugging Face Transformers");
        refused(
                text("metadata.json", "{\"keras_version\": \"3.1.0\", \"date_saved\": \"2024-01-01@00:00:00\"}"),
                "is the metadata of a Keras archive, which tells its version only");
        refused(text("other.json", "{\"a\": 1}"), "is JSON, but not the architecture of a Keras model");
    }

    @Test
    void tablesInHdf5() throws IOException {
        byte[] table = HdfWriter.bytes(writer -> {
            writer.attribute("frame", "pandas_type", "frame");
            writer.tensor("frame/block0_values", Tensor.owning(DType.FLOAT32, Shape.of(2), new float[] {1, 2}));
        });
        refused(file("table.h5", table), "is a table written by pandas, which holds data and no model");
        byte[] plain = HdfWriter.bytes(writer ->
                writer.tensor("numbers", Tensor.owning(DType.FLOAT32, Shape.of(2), new float[] {1, 2})));
        refused(file("plain.h5", plain), "is an HDF5 file, but holds no Keras model");
    }
}
