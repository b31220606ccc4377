package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Shapes that an architecture does not tell are concluded from the weights in the file, and weights are counted in any case. */
class UnknownShapesTest {
    @TempDir
    private Path folder;

    /** Every form of a case, and the number of parameters Keras counts. */
    @ParameterizedTest
    @ValueSource(strings = {"layers_behind_unknown_layer_count_no_parameters", "nested_model_behind_lambda"})
    void layersBehindAnUnknownOneAreCountedFromTheFile(String name) throws IOException {
        Path place = Fixtures.found().resolve("found/" + name);
        long expected = Long.parseLong(
                Files.readString(place.resolve("expected_parameters.txt")).strip());
        Document separate = Fixtures.FORMATS
                .open(place.resolve("architecture.json"), Optional.of(place.resolve("weights.h5")), Progress.NONE)
                .asDocument();
        Stream.of(Fixtures.open(place.resolve("model.keras")), Fixtures.open(place.resolve("model.h5")), separate)
                .map(document -> Report.of(document.graph()).counts().parameters())
                .forEach(count -> assertThat(count).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dense(units=3)                                   | [null, 6]             | (None, 6)",
                "Dropout(rate=0.5) Dense(units=3)                 | [null, 6]             | (None, 6)",
                "Embedding(input_dim=9, output_dim=4) LSTM(units=2) | [null, 7]           | (None, None)",
                "LSTM(units=2)                                    | [null, 7, 5]          | (None, None, 5)",
                "Conv1D(filters=2, kernel_size=3) GlobalMaxPooling1D() | [null, 9, 5]     | (None, None, 5)",
                "Conv2D(filters=2, kernel_size=3)                 | [null, 9, 9, 5]       | (None, None, None, 5)",
                "Conv2D(filters=2, kernel_size=3, data_format=channels_first) | [null, 5, 9, 9] | (None, 5, None, None)",
                "BatchNormalization(epsilon=0.001) Conv1D(filters=2, kernel_size=1) | [null, 9, 5]     | (None, None, 5)",
                "ConvLSTM2D(filters=2, kernel_size=2)             | [null, 4, 9, 9, 5]    | (None, None, None, None, 5)",
            })
    void theFirstKernelTellsTheInputOfASequential(String layers, String shape, String expected) throws IOException {
        Graph graph = Fixtures.open(written(layers, shape)).graph();
        Node input = graph.node(graph.inputs().get(0));
        assertThat(Report.of(graph).outputs(input.id()).get(0).shape()).hasToString(expected);
        assertThat(Report.of(graph).problems()).isEmpty();
    }

    @Test
    void aShapeThatNothingTellsIsAskedFor() throws IOException {
        Path file = written("Dropout(rate=0.5)", "[null, 6]");
        assertThatThrownBy(() -> Fixtures.open(file))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessage("model.h5: does not tell the shape of the model's input, and its weights do not either");
    }

    /** A Sequential of Keras 2 whose weights are made for an input of a shape which the file does not tell. */
    private Path written(String layers, String shape) throws IOException {
        List<Object> open = new ArrayList<>();
        List<Object> shaped = new ArrayList<>();
        for (String layer : layers.strip().split("(?<=\\)) ")) {
            String type = layer.substring(0, layer.indexOf('('));
            String settings = "\"name\": \"layer" + open.size() + "\""
                    + settings(layer.substring(type.length() + 1, layer.length() - 1));
            open.add(layer(type, settings));
            shaped.add(layer(type, settings + (shaped.isEmpty() ? ", \"batch_input_shape\": " + shape : "")));
        }
        Json whole = Json.of(Map.of("class_name", "Sequential", "config", Map.of("name", "s", "layers", shaped)));
        NetworkBuilder.Built built = NetworkBuilder.build(ArchitectureReader.read(whole, new Origin(2, false)), whole);
        Report report = Report.of(built.graph());
        String config = Json.of(Map.of("class_name", "Sequential", "config", Map.of("name", "s", "layers", open)))
                .toString();
        byte[] bytes = HdfWriter.bytes(writer -> {
            writer.attribute("", "keras_version", "2.3.1");
            writer.attribute("", "model_config", config);
            writer.attribute(
                    "model_weights",
                    "layer_names",
                    built.leaves().stream().map(Leaf::name).toList());
            for (Leaf leaf : built.leaves()) {
                List<WeightSpec> specs = report.weights(leaf.node());
                String group = "model_weights/" + leaf.name();
                if (!specs.isEmpty()) {
                    writer.attribute(
                            group,
                            "weight_names",
                            specs.stream().map(WeightSpec::name).toList());
                }
                specs.forEach(spec -> writer.tensor(
                        group + "/" + spec.name(),
                        Tensor.owning(
                                DType.FLOAT32,
                                spec.shape(),
                                new float[(int) spec.shape().elements()])));
            }
        });
        return Files.write(folder.resolve("model.h5"), bytes);
    }

    private static String settings(String written) {
        StringBuilder settings = new StringBuilder();
        for (String setting : written.split(", ")) {
            if (!setting.isEmpty()) {
                String value = setting.substring(setting.indexOf('=') + 1);
                settings.append(", \"").append(setting, 0, setting.indexOf('=')).append("\": ");
                settings.append(value.matches("[a-z_]+") ? '"' + value + '"' : value);
            }
        }
        return settings.toString();
    }

    private static Object layer(String type, String settings) {
        return JsonReader.parse(
                ("{\"class_name\": \"" + type + "\", \"config\": {" + settings + "}}").getBytes(StandardCharsets.UTF_8),
                "test",
                "");
    }
}
