package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Every model computes what Keras computed, in every form it was saved in. */
class GoldenTest {
    private static final double TOLERANCE = 1e-5;

    @TestFactory
    Stream<DynamicTest> tutorialsAndTrainedModelsWithinAnAbsoluteTolerance() {
        return Stream.of("seed_merge", "seed_ensemble", "digits", "tabular")
                .flatMap(group -> cases(Fixtures.ROOT.resolve(group)))
                .flatMap(folder -> files(folder)
                        .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                            Document document = Fixtures.open(file);
                            assertThat(difference(document, folder)).isLessThan(TOLERANCE);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> everyLayerRelativeToTheLargestOutput() {
        return cases(Fixtures.layers())
                .flatMap(folder -> files(folder)
                        .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                            double scale = Difference.scale(Fixtures.expected(folder));
                            assertThat(difference(Fixtures.open(file), folder) / scale)
                                    .isLessThan(TOLERANCE);
                        })));
    }

    /** Keras computes in bfloat16 too, of 8 bits; here the same weights are computed with in float32. */
    @TestFactory
    Stream<DynamicTest> weightsOfHalfPrecisionAreThose() {
        Path folder = Fixtures.ROOT.resolve("bad/dtype_bfloat16");
        return files(folder)
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    Document document = Fixtures.open(file);
                    assertThat(document.graph().weights().values())
                            .flatExtracting(Weights::tensors)
                            .extracting(Tensor::dtype)
                            .isNotEmpty()
                            .containsOnly(DType.BFLOAT16);
                    assertThat(difference(document, folder)).isLessThan(0x1p-8);
                }));
    }

    @TestFactory
    Stream<DynamicTest> architecturesWithWeightsFromAnotherFile() {
        Map<String, String[]> pairs = new TreeMap<>();
        for (String member : List.of("cnn_a", "cnn_b", "cnn_a_tuned")) {
            for (String weights : List.of("model.weights.h5", "legacy_weights.h5", "model.h5", "model.keras")) {
                pairs.put("digits/" + member + " with " + weights, new String[] {
                    "digits/architecture.json", "digits/" + member + "/" + weights, "digits/" + member
                });
            }
        }
        for (int member = 1; member <= 2; member++) {
            pairs.put("seed_ensemble/model" + member, new String[] {
                "seed_ensemble/architecture.json",
                "seed_ensemble/model" + member + ".weights.h5",
                "seed_ensemble/model" + member
            });
        }
        return pairs.entrySet().stream()
                .map(pair -> DynamicTest.dynamicTest(pair.getKey(), () -> {
                    Document document = Fixtures.open(pair.getValue()[0], pair.getValue()[1]);
                    assertThat(difference(document, Fixtures.ROOT.resolve(pair.getValue()[2])))
                            .isLessThan(TOLERANCE);
                }));
    }

    @Test
    void oneChangedInputIsNoticed() {
        Path folder = Fixtures.ROOT.resolve("seed_merge/model_a");
        CompiledNetwork network = compile(Fixtures.open(folder.resolve("model.keras")));
        Map<String, Tensor> inputs = new HashMap<>(inputs(network, folder));
        inputs.replaceAll((name, tensor) -> changed(tensor));
        double difference = Difference.largest(Fixtures.expected(folder), network.predict(inputs, 32, Progress.NONE));
        assertThat(difference).isGreaterThan(TOLERANCE);
    }

    @Test
    void oneChangedWeightIsNoticed() {
        Path folder = Fixtures.ROOT.resolve("seed_merge/model_a");
        Document document = Fixtures.open(folder.resolve("model.keras"));
        Map<WeightsId, Weights> weights = new TreeMap<>(document.graph().weights());
        WeightsId last = document.graph().outputs().stream()
                .map(output -> document.graph().node(output.port().node()).weights())
                .findFirst()
                .orElseThrow();
        List<Tensor> tensors = weights.get(last).tensors();
        weights.put(last, new Weights(List.of(changed(tensors.get(0)), tensors.get(1))));
        Document wrong = new Document(
                document.name(),
                document.graph().withWeights(weights),
                document.placement(),
                document.seed(),
                document.nextId(),
                document.origins(),
                document.kept());
        assertThat(difference(wrong, folder)).isGreaterThan(TOLERANCE);
    }

    private static Tensor changed(Tensor tensor) {
        float[] values = tensor.toArray();
        values[0] += 0.01f;
        return Tensor.owning(DType.FLOAT32, tensor.shape(), values);
    }

    private static CompiledNetwork compile(Document document) {
        return Compiler.compile(document, Progress.NONE);
    }

    private static Map<String, Tensor> inputs(CompiledNetwork network, Path folder) {
        return Fixtures.inputs(
                folder,
                network.inputs().stream().map(CompiledNetwork.Input::name).toList());
    }

    private static double difference(Document document, Path folder) {
        CompiledNetwork network = compile(document);
        return Difference.largest(
                Fixtures.expected(folder), network.predict(inputs(network, folder), 32, Progress.NONE));
    }

    private static Stream<Path> cases(Path group) {
        try (Stream<Path> folders = Files.list(group)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static Stream<Path> files(Path folder) {
        return Stream.of("model.keras", "model.h5").map(folder::resolve).filter(Files::exists);
    }

    private static String name(Path file) {
        return file.subpath(file.getNameCount() - 3, file.getNameCount()).toString();
    }
}
