package org.netsplice.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.app.Main;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.recipe.MergePlan;
import org.netsplice.format.Formats;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Networks that PyTorch's two exporters wrote, and one as scikit-learn's converter writes it, give the numbers ONNX Runtime gives. */
class PytorchTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    static Path folder;

    @BeforeAll
    static void unpack() throws IOException {
        Fixtures.unpack("onnx.zip", folder);
    }

    private static Document open(String name) {
        return Main.formats()
                .open(folder.resolve(name + ".onnx"), Optional.empty(), Progress.NONE)
                .asDocument();
    }

    private static List<String> layers(String name) {
        return open(name).graph().inOrder().stream()
                .map(node -> node.name() + " " + node.layer().className())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> numbersAreThoseOfOnnxRuntime() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".onnx"))
                    .map(file -> file.replace(".onnx", ""))
                    .sorted()
                    .toList()
                    .stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> requireEqual(name)));
        }
    }

    private static void requireEqual(String name) {
        Map<String, Tensor> arrays = Npz.read(folder.resolve(name + ".npz"));
        Tensor output = only(predicted(open(name), arrays.get("x")));
        assertThat(Difference.largest(arrays.get("y"), output)).isLessThan(TOLERANCE);
    }

    @Test
    void layersAreThoseOfTheNetworkUnderItsNames() {
        assertThat(layers("lstm_script"))
                .containsExactly("x InputLayer", "cells LSTM", "cells_2 LSTM", "gather GetItem", "head Dense");
        assertThat(layers("mlp_script"))
                .containsExactly(
                        "x InputLayer",
                        "layers.0 Dense",
                        "layers.1 ELU",
                        "layers.3 Dense",
                        "layers.4 PReLU",
                        "layers.5 LayerNormalization",
                        "layers.6 Dense");
        assertThat(layers("sklearn_mlp"))
                .containsExactly("X InputLayer", "MatMul Dense", "Relu ReLU", "MatMul1 Dense", "Softmax Softmax");
        assertThat(layers("cnn_script1"))
                .contains(
                        "features.0 Conv2D",
                        "features.4_zero_padding2d ZeroPadding2D",
                        "features.7 DepthwiseConv2D",
                        "flatten Flatten",
                        "softmax Softmax");
    }

    @Test
    void aNetworkOfPytorchAndOneOfKerasShareAnInput() throws IOException {
        Formats formats = Main.formats();
        Path keras = folder.resolve("last.json");
        Files.writeString(keras, """
                {"class_name": "Sequential", "config": {"name": "last", "layers": [
                  {"class_name": "InputLayer", "config": {"batch_shape": [null, 8, 8, 1], "dtype": "float32", "name": "image"}},
                  {"class_name": "Flatten", "config": {"name": "flatten"}},
                  {"class_name": "Dense", "config": {"name": "scores", "units": 5, "activation": "linear"}}]},
                 "keras_version": "3.15.1"}""");
        List<OpenNetwork> networks = List.of(
                formats.open(folder.resolve("cnn_script1.onnx"), Optional.empty(), Progress.NONE)
                        .edit("torch_"),
                formats.open(keras, Optional.empty(), Progress.NONE).edit("keras_"));
        Document merged = new MergePlan(
                        networks,
                        true,
                        Set.of(),
                        (ComputedLayer) Layers.kind("Add").orElseThrow().standard(),
                        List.of(),
                        Optional.empty(),
                        "both",
                        1)
                .carryOut();
        assertThat(merged.graph().inputs()).hasSize(1);
        assertThat(merged.graph().inOrder().stream()
                        .filter(node -> node.layer().className().equals("Permute")))
                .hasSize(1);
        Map<String, Tensor> arrays = Npz.read(folder.resolve("cnn_script1.npz"));
        Tensor sum = only(predicted(merged, arrays.get("x")));
        Document alone = formats.open(keras, Optional.empty(), Progress.NONE).asDocument();
        assertThat(sum.shape()).isEqualTo(arrays.get("y").shape());
        assertThat(alone.graph().inputs()).hasSize(1);
    }

    private static List<Tensor> predicted(Document document, Tensor x) {
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        Map<String, Tensor> given = Map.of(network.inputs().get(0).name(), x);
        return new ArrayList<>(network.predict(given, 2, Progress.NONE).values());
    }

    private static Tensor only(List<Tensor> tensors) {
        assertThat(tensors).hasSize(1);
        return tensors.get(0);
    }
}
