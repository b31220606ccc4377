package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;

/** Models of one call of a TensorFlow function compute what TensorFlow computes; {@code src/test/python/tensorflow_functions.py} wrote them. */
class TensorflowCallsTest {
    private static final Path CASES = Path.of("src/test/resources/tensorflow-functions.json");

    @TempDir
    private static Path folder;

    @Test
    void everyFunctionHasACase() {
        Set<String> covered = Fixtures.json(CASES).items().stream()
                .map(one -> one.get("name").text())
                .collect(Collectors.toSet());
        assertThat(TensorflowFunctions.all())
                .allMatch(function -> function.names().stream()
                        .anyMatch(name ->
                                covered.stream().anyMatch(full -> full.equals(name) || full.endsWith("." + name))));
        assertThat(covered).containsAll(TensorflowCalls.others());
    }

    @Test
    void everyFunctionIsAKindOfTheCatalogue() {
        assertThat(TensorflowFunctions.all())
                .allMatch(function -> Layers.kind(function.kind()).isPresent());
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsComputed() {
        Engine.start();
        return Fixtures.json(CASES).items().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.get("name").text(), () -> OperationTest.check(modelled(one), folder)));
    }

    /** A case with the model in which its call stands. */
    private static Json modelled(Json one) {
        List<Json> inputs = one.get("inputs").items();
        List<Object> layers = new ArrayList<>();
        List<Object> names = new ArrayList<>();
        for (Json input : inputs) {
            String name = "x" + (names.size() + 1);
            List<Object> shape = new ArrayList<>(input.get("shape").items());
            shape.set(0, null);
            String dtype = Map.of("i", "int32", "b", "bool", "f", "float32")
                    .get(input.get("kind").text());
            layers.add(
                    layer("InputLayer", Map.of("batch_input_shape", shape, "dtype", dtype, "name", name), List.of()));
            names.add(List.of(name, 0, 0));
        }
        String name = "tf." + one.get("name").text();
        layers.add(layer(
                one.get("class_name").text(),
                Map.of("name", name, "trainable", true, "dtype", "float32", "function", one.get("name")),
                List.of(one.get("inbound_node"))));
        List<Object> outputs = IntStream.range(0, one.get("outputs").items().size())
                .<Object>mapToObj(index -> List.of(name, 0, index))
                .toList();
        Map<String, Object> config =
                Map.of("name", "model", "layers", layers, "input_layers", names, "output_layers", outputs);
        Map<String, Object> model =
                Map.of("class_name", "Functional", "keras_version", "2.8.0", "backend", "tensorflow", "config", config);
        return Json.of(Map.of("model", model, "inputs", inputs, "outputs", one.get("outputs")));
    }

    private static Map<String, Object> layer(String className, Map<String, Object> config, List<Json> calls) {
        return Map.of("class_name", className, "config", config, "name", config.get("name"), "inbound_nodes", calls);
    }

    @Test
    void whatKerasLacksIsNamed() {
        Json tensor = Json.of(Arguments.input(0));
        assertRefused("signal.fft", Map.of(), "TensorFlow's function signal.fft is not supported");
        assertRefused(
                "math.cumsum",
                Map.of("reverse", Json.of(true)),
                "TensorFlow's function cumsum with reverse=true is not supported");
        assertRefused(
                "reshape",
                Map.of("shape", Json.of(List.of(tensor, 2))),
                "TensorFlow's function reshape with newshape computed by another layer is not supported");
        assertRefused("where", Map.of(), "TensorFlow's function where without x is not supported");
        assertRefused(
                "gather",
                Map.of("surprise", Json.of(1)),
                "TensorFlow's function gather with surprise is not supported");
        assertRefused("strings.split", Map.of(), "TensorFlow's function strings.split is not supported");
    }

    private static void assertRefused(String function, Map<String, Json> kwargs, String message) {
        List<Json> args = List.of(Json.of(Arguments.input(0)));
        assertThatThrownBy(() ->
                        TensorflowCalls.translate("TFOpLambda", Json.of(Map.of("function", function)), args, kwargs))
                .isInstanceOfSatisfying(
                        ModelException.Unsupported.class,
                        refusal -> assertThat(refusal.problem().what()).isEqualTo(message));
    }

    private static TensorflowCalls.Translation node(Object definition, Map<String, Object> constants, int tensors) {
        List<Json> args = IntStream.range(0, tensors)
                .mapToObj(index -> Json.of(Arguments.input(index)))
                .toList();
        Json config = Json.of(Map.of("node_def", definition, "constants", constants));
        return TensorflowCalls.translate("TensorFlowOpLayer", config, args, Map.of());
    }

    private static TensorflowCalls.Translation operation(
            String name, Map<String, Object> config, Map<String, Object> call) {
        Map<String, Json> kwargs = call.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Json.of(entry.getValue())));
        return new TensorflowCalls.Translation(
                Layers.kind("ops." + name).orElseThrow(), Json.of(config), List.of(), kwargs);
    }

    @Test
    void nodesOfTensorflowsGraphs() {
        assertThat(node("{\"op\": \"Mul\", \"attr\": {\"T\": {\"type\": \"DT_FLOAT\"}}}", Map.of("1", 2.5), 1))
                .isEqualTo(operation("Multiply", Map.of(), Map.of("x1", Arguments.input(0), "x2", 2.5)));
        assertThat(node(Map.of("op", "Sub"), Map.of("0", 1.0), 1))
                .isEqualTo(operation("Subtract", Map.of(), Map.of("x1", 1.0, "x2", Arguments.input(0))));
        assertThat(node(
                        Map.of("op", "Mean", "attr", Map.of("keep_dims", Map.of("b", true))),
                        Map.of("1", List.of(1, 2)),
                        1))
                .isEqualTo(operation(
                        "Mean", Map.of("axis", List.of(1, 2), "keepdims", true), Map.of("x", Arguments.input(0))));
        assertThat(node(Map.of("op", "ConcatV2"), Map.of("2", -1), 2))
                .isEqualTo(operation(
                        "Concatenate",
                        Map.of("axis", -1),
                        Map.of("xs", List.of(Arguments.input(0), Arguments.input(1)))));
        assertThat(node(
                        Map.of(
                                "op",
                                "Squeeze",
                                "attr",
                                Map.of("squeeze_dims", Map.of("list", Map.of("i", List.of("1"))))),
                        Map.of(),
                        1))
                .isEqualTo(operation("Squeeze", Map.of("axis", List.of(1)), Map.of("x", Arguments.input(0))));
        assertThat(node(Map.of("op", "Cast", "attr", Map.of("DstT", Map.of("type", "DT_INT32"))), Map.of(), 1))
                .isEqualTo(operation("Cast", Map.of("dtype", "int32"), Map.of("x", Arguments.input(0))));
    }

    @Test
    void nodesThatAreNotKnownAreNamed() {
        assertThatThrownBy(() -> node(Map.of("op", "FFT"), Map.of(), 1))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageContaining("TensorFlow's operation FFT is not supported");
        assertThatThrownBy(() -> node("\n\u0003mul\u0012\u0003Mul", Map.of(), 1))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageContaining("the definition of its node is not written in JSON");
    }
}
