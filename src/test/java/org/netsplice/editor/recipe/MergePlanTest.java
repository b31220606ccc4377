package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.format.Opened;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Merged models compute what Keras computed for them, and what their parts compute. */
class MergePlanTest {

    private static OpenNetwork network(String path) {
        return ((Opened.Network) Fixtures.FORMATS.open(Fixtures.path(path), Optional.empty(), Progress.NONE)).edit("");
    }

    private static MergePlan plan(
            List<String> models, boolean shared, String merge, List<String> head, Optional<Path> weights) {
        return new MergePlan(
                models.stream().map(MergePlanTest::network).toList(),
                shared,
                Set.of(),
                LayerNotation.parse(merge, Where.NOWHERE).layer(),
                head.stream()
                        .map(layer -> LayerNotation.parse(layer, Where.NOWHERE))
                        .toList(),
                weights.map(file -> Fixtures.FORMATS.weights(file, Progress.NONE)),
                "merged model",
                0);
    }

    private static Map<String, Tensor> predict(Document document, Map<String, Tensor> data) {
        return Compiler.compile(document, Progress.NONE).predict(data, 32, Progress.NONE);
    }

    @Test
    void theFirstTutorial() {
        Document document = plan(
                        List.of("seed_merge/model_a/model.keras", "seed_merge/model_b/model.h5"),
                        false,
                        "Concatenate",
                        List.of("Dense(units=16, activation=sigmoid, name=output_layer)"),
                        Optional.of(Fixtures.ROOT.resolve("seed_merge/merged/head_weights.npz")))
                .carryOut();
        Path folder = Fixtures.ROOT.resolve("seed_merge/merged");
        Map<String, Tensor> results = predict(document, Fixtures.inputs(folder, List.of("Input_a", "Input_b")));
        assertThat(Difference.largest(Fixtures.expected(folder), results)).isLessThan(1e-5);
    }

    @TestFactory
    Stream<DynamicTest> theSecondTutorialInAllItsForms() {
        return Map.of(
                        "Average",
                        "combined_average",
                        "Concatenate",
                        "combined_concatenate",
                        "Multiply",
                        "combined_multiply")
                .entrySet()
                .stream()
                .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> {
                    Document document = plan(
                                    List.of("seed_ensemble/model1/model.keras", "seed_ensemble/model2/model.keras"),
                                    true,
                                    form.getKey(),
                                    List.of(),
                                    Optional.empty())
                            .carryOut();
                    Tensor input = Fixtures.npy("seed_ensemble/" + form.getValue() + "/input.npy");
                    Tensor expected = Fixtures.npy("seed_ensemble/" + form.getValue() + "/expected.npy");
                    Tensor result = predict(document, Map.of("image", input))
                            .values()
                            .iterator()
                            .next();
                    assertThat(Difference.largest(expected, result)).isLessThan(1e-5);
                }));
    }

    @Test
    void theDigitsEnsembleReachesTheAccuracyOfKerasToTheDigit() {
        Tensor input = Fixtures.npy("digits/X_test.npy");
        Tensor truth = Fixtures.npy("digits/y_test.npy");
        Map<String, Document> models = new HashMap<>();
        for (String name : List.of("cnn_a", "cnn_b", "cnn_a_tuned")) {
            models.put(name, Fixtures.open("digits/" + name + "/model.keras"));
        }
        models.put(
                "average_of_predictions(cnn_a, cnn_b)",
                plan(
                                List.of("digits/cnn_a/model.keras", "digits/cnn_b/model.h5"),
                                true,
                                "Average",
                                List.of(),
                                Optional.empty())
                        .carryOut());
        models.put("weight_space_average(cnn_a, cnn_b)", Fixtures.open("digits/weight_average_a_b/model.keras"));
        models.put(
                "weight_space_average(cnn_a, cnn_a_tuned)",
                Fixtures.open("digits/weight_average_a_a_tuned/model.keras"));
        models.put("concatenate + trained Dense(10) head", Fixtures.open("digits/ensemble_concat_head/model.keras"));
        var expected =
                Fixtures.json(Fixtures.ROOT.resolve("digits/results.json")).get("test_accuracy");
        assertThat(models.keySet()).containsExactlyInAnyOrderElementsOf(expected.keys());
        models.forEach((name, document) -> {
            CompiledNetwork network = Compiler.compile(document, Progress.NONE);
            Tensor result = network.predict(Map.of(network.inputs().get(0).name(), input), 32, Progress.NONE)
                    .values()
                    .iterator()
                    .next();
            int right = 0;
            for (int row = 0; row < truth.length(); row++) {
                right += Outputs.largest(result, row) == truth.at(row) ? 1 : 0;
            }
            assertThat((double) right / truth.length())
                    .as(name)
                    .isEqualTo(expected.get(name).number());
        });
    }

    @Test
    void partsInsideAMergedNetworkGiveExactlyTheirOwnPredictions() {
        Tensor input = Fixtures.npy("seed_ensemble/model1/input.npy");
        Document merged = plan(
                        List.of("seed_ensemble/model1/model.keras", "seed_ensemble/model2/model.keras"),
                        true,
                        "WeightedAverage(coefficients=[1, 3])",
                        List.of(),
                        Optional.empty())
                .carryOut();
        for (String part : List.of("probabilities", "cnn_2_probabilities")) {
            merged = new MarkOutput(
                            Port.of(merged.graph().named(part).orElseThrow().id()), true)
                    .apply(merged);
        }
        Map<String, Tensor> results = predict(merged, Map.of("image", input));
        Tensor one = predict(Fixtures.open("seed_ensemble/model1/model.keras"), Map.of("image", input))
                .get("probabilities");
        Tensor two = predict(Fixtures.open("seed_ensemble/model2/model.keras"), Map.of("image", input))
                .get("probabilities");
        assertThat(results.get("probabilities")).isEqualTo(one);
        assertThat(results.get("cnn_2_probabilities")).isEqualTo(two);
        Tensor average = results.get("weighted_average");
        for (int i = 0; i < average.length(); i++) {
            assertThat(average.at(i))
                    .isCloseTo(0.25f * one.at(i) + 0.75f * two.at(i), org.assertj.core.data.Offset.offset(1e-6f));
        }
    }

    @Test
    void oneFileTwiceIsTwoNetworksThatDoNotAffectEachOther() {
        Document document = plan(
                        List.of("seed_merge/model_b/model.keras", "seed_merge/model_b/model.keras"),
                        false,
                        "Subtract",
                        List.of(),
                        Optional.empty())
                .carryOut();
        List<String> names = new ArrayList<>();
        document.graph().groups().values().forEach(group -> names.add(group.name()));
        assertThat(names).containsExactly("model_b", "model_b_2");
        Tensor input = Fixtures.npy("seed_merge/model_b/input.npy");
        Tensor result = predict(document, Map.of("Input_b", input, "model_b_2_Input_b", input))
                .get("subtract");
        for (int i = 0; i < result.length(); i++) {
            assertThat(result.at(i)).isZero();
        }
    }

    @Test
    void whatCannotBeSharedSaysWhy() {
        MergePlan plan = plan(
                List.of("seed_ensemble/model1/model.keras", "digits/cnn_a/model.keras"),
                true,
                "Average",
                List.of(),
                Optional.empty());
        assertThatThrownBy(plan::carryOut)
                .isInstanceOf(ModelException.EditRefused.class)
                .hasMessage(
                        "digit: reads (None, 8, 8, 1) float32, but image reads (None, 28, 28, 1) float32, so they cannot share one input");
    }

    @Test
    void theSampleFilesAreTheFixtures() throws java.io.IOException {
        assertThat(Files.readAllBytes(Path.of("assets/samples/tutorial/model_a.keras")))
                .isEqualTo(Files.readAllBytes(Fixtures.ROOT.resolve("seed_merge/model_a/model.keras")));
    }
}
