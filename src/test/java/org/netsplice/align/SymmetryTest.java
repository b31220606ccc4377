package org.netsplice.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Units in another order predict the same, in every architecture there is. */
class SymmetryTest {
    private static final Path SAMPLES = Path.of("assets/samples");

    private static List<int[]> shuffled(Symmetry symmetry, long seed) {
        Random random = new Random(seed);
        List<int[]> orders = new ArrayList<>();
        for (int size : symmetry.sizes()) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, size).boxed().toList());
            Collections.shuffle(order, random);
            orders.add(order.stream().mapToInt(Integer::intValue).toArray());
        }
        return orders;
    }

    private static Document with(Document document, Map<WeightsId, Weights> weights) {
        return new Document(
                document.name(),
                document.graph().withWeights(weights),
                document.placement(),
                document.seed(),
                document.nextId(),
                document.origins(),
                document.kept());
    }

    private static Map<String, Tensor> predicted(Document document, Path folder) {
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        List<String> names =
                network.inputs().stream().map(CompiledNetwork.Input::name).toList();
        return network.predict(Fixtures.inputs(folder, names), 32, Progress.NONE);
    }

    @TestFactory
    Stream<DynamicTest> permutingAloneChangesNoPrediction() {
        Stream<Path> trained = Stream.of("seed_merge", "seed_ensemble", "digits", "tabular")
                .flatMap(group -> folders(Fixtures.ROOT.resolve(group)));
        return Stream.concat(trained, folders(Fixtures.layers()))
                .filter(folder -> Files.exists(folder.resolve("model.keras")))
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    Document document = Fixtures.open(folder.resolve("model.keras"));
                    Graph graph = document.graph();
                    Symmetry symmetry = Symmetry.of(graph);
                    Map<String, Tensor> before = predicted(document, folder);
                    double scale = Math.max(1, Difference.scale(before));
                    Map<WeightsId, Weights> ordered = symmetry.ordered(graph.weights(), shuffled(symmetry, 3));
                    assertThat(Difference.largest(before, predicted(with(document, ordered), folder)) / scale)
                            .isLessThan(1e-5);
                }));
    }

    private static Stream<Path> folders(Path group) {
        try (Stream<Path> folders = Files.list(group)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Test
    void thePredictionsOfTheSamplesStay() {
        for (String[] sample : new String[][] {
            {"ensemble/model1.keras", "ensemble/images.npy"},
            {"ensemble/model2.keras", "ensemble/images.npy"},
            {"tutorial/model_a.keras", "tutorial/input_a.npy"},
            {"tutorial/model_b.keras", "tutorial/input_b.npy"}
        }) {
            Document document = Fixtures.open(SAMPLES.resolve(sample[0]));
            Symmetry symmetry = Symmetry.of(document.graph());
            assertThat(symmetry.sizes()).isNotEmpty();
            Document other = with(document, symmetry.ordered(document.graph().weights(), shuffled(symmetry, 5)));
            assertThat(other.graph().weights()).isNotEqualTo(document.graph().weights());
            Tensor rows = Fixtures.npy(SAMPLES.resolve(sample[1]));
            List<Map<String, Tensor>> results = Stream.of(document, other)
                    .map(one -> Compiler.compile(one, Progress.NONE))
                    .map(network ->
                            network.predict(Map.of(network.inputs().get(0).name(), rows), 32, Progress.NONE))
                    .toList();
            assertThat(Difference.largest(results.get(0), results.get(1))).isLessThan(1e-5);
        }
    }

    @TestFactory
    Stream<DynamicTest> aligningRestoresANetworkThatWasPermuted() {
        return Stream.of(
                        "digits/cnn_a",
                        "digits/cnn_b",
                        "tabular/cancer_left",
                        "seed_merge/model_a",
                        "seed_merge/model_b")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Graph graph = Fixtures.open(name + "/model.keras").graph();
                    Symmetry symmetry = Symmetry.of(graph);
                    Map<WeightsId, Weights> moved = symmetry.ordered(graph.weights(), shuffled(symmetry, 11));
                    assertThat(moved).isNotEqualTo(graph.weights());
                    List<int[]> orders = WeightMatching.of(symmetry, graph.weights(), moved, 1, Progress.NONE);
                    assertThat(symmetry.ordered(moved, orders)).isEqualTo(graph.weights());
                }));
    }
}
