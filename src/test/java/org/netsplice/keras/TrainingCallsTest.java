package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.problem.Problem;
import org.netsplice.testing.Fixtures;

/** A layer that Keras 2 calls for training says so, whatever model it stands in. */
class TrainingCallsTest {
    private static final String DROPS =
            "drop: is called with training=True: Keras 2 then drops values at random when it predicts; here they pass unchanged";

    @TempDir
    private Path folder;

    private static List<String> warnings(Path file) {
        return Report.of(Fixtures.open(file).graph()).problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .map(Problem::line)
                .toList();
    }

    private Path model(Object... layers) throws IOException {
        Map<String, Object> model = Map.of(
                "class_name",
                "Functional",
                "keras_version",
                "2.15.0",
                "config",
                Map.of(
                        "name",
                        "model",
                        "layers",
                        List.of(layers),
                        "input_layers",
                        List.of(List.of("x", 0, 0)),
                        "output_layers",
                        List.of(List.of("drop", 0, 0))));
        return Files.writeString(folder.resolve("model.json"), Json.of(model).toString());
    }

    private static Object layer(String className, Map<String, Object> config, Object... calls) {
        return Map.of(
                "class_name", className, "config", config, "name", config.get("name"), "inbound_nodes", List.of(calls));
    }

    private static final Object INPUT =
            layer("InputLayer", Map.of("name", "x", "batch_input_shape", List.of(1, 2), "dtype", "float32"));
    private static final Map<String, Object> DROPOUT = Map.of("name", "drop", "rate", 0.5, "dtype", "float32");

    @Test
    void batchNormalizationByTheBatch() {
        assertThat(warnings(Fixtures.found().resolve("found/keras2_called_with_training_true/model.h5")))
                .anyMatch(line -> line.contains(
                        ": is called with training=True: it normalizes by the mean and the variance of the batch"));
    }

    @Test
    void whatKeras2SaysCounts() throws IOException {
        assertThat(warnings(model(
                        INPUT, layer("Dropout", DROPOUT, List.of(List.of("x", 0, 0, Map.of("training", true)))))))
                .containsExactly(DROPS);
        assertThat(warnings(model(
                        INPUT, layer("Dropout", DROPOUT, List.of(List.of("x", 0, 0, Map.of("training", false)))))))
                .isEmpty();
    }

    @Test
    void statefulLayersGoOnInKeras() throws IOException {
        Object sequence =
                layer("InputLayer", Map.of("name", "x", "batch_input_shape", List.of(1, 3, 2), "dtype", "float32"));
        Map<String, Object> lstm = Map.of("name", "drop", "units", 2, "stateful", true);
        assertThat(warnings(model(sequence, layer("LSTM", lstm, List.of(List.of("x", 0, 0, Map.of()))))))
                .containsExactly(
                        "drop: is stateful: Keras goes on from batch to batch with the states of the one before, while here every"
                                + " row starts anew, so that predictions are Keras' for its first batch after a reset only");
    }

    @Test
    void recurrentLayersAndAttentionMayDropValues() throws IOException {
        Object sequence =
                layer("InputLayer", Map.of("name", "x", "batch_input_shape", List.of(1, 3, 2), "dtype", "float32"));
        String consequence = ": is called with training=True: Keras 2 then drops values at random when it predicts,"
                + " where the layer has dropout; here nothing is dropped";
        Map<String, Object> lstm = Map.of("name", "drop", "units", 2, "dropout", 0.5);
        assertThat(warnings(model(
                        sequence, layer("LSTM", lstm, List.of(List.of("x", 0, 0, Map.of("training", true)))))))
                .containsExactly("drop" + consequence);
        assertThat(warnings(model(sequence, layer("LSTM", lstm, List.of(List.of("x", 0, 0, Map.of()))))))
                .isEmpty();
        assertThat(warnings(model(
                        sequence,
                        layer(
                                "Attention",
                                Map.of("name", "drop", "dropout", 0.5),
                                List.of(
                                        List.of("x", 0, 0, Map.of("training", true)),
                                        List.of("x", 0, 0, Map.of("training", true)))))))
                .containsExactly("drop" + consequence);
    }

    @Test
    void whatKeras3SaysDoesNot() throws IOException {
        Map<String, Object> tensor = Map.of(
                "class_name",
                "__keras_tensor__",
                "config",
                Map.of("shape", List.of(1, 2), "dtype", "float32", "keras_history", List.of("x", 0, 0)));
        assertThat(warnings(model(
                        INPUT,
                        layer(
                                "Dropout",
                                DROPOUT,
                                Map.of("args", List.of(tensor), "kwargs", Map.of("training", true))))))
                .isEmpty();
    }

    @Test
    void layersOfANestedModelAreCalledAsItIs() throws IOException {
        Map<String, Object> inner = Map.of(
                "name",
                "drop",
                "layers",
                List.of(INPUT, layer("Dropout", DROPOUT, List.of(List.of("x", 0, 0, Map.of())))),
                "input_layers",
                List.of(List.of("x", 0, 0)),
                "output_layers",
                List.of(List.of("drop", 0, 0)));
        assertThat(warnings(model(
                        INPUT, layer("Functional", inner, List.of(List.of("x", 0, 0, Map.of("training", true)))))))
                .containsExactly(DROPS);
    }
}
