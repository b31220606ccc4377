package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;
import org.netsplice.testing.Fixtures;

/** Operations of {@code keras.ops} compute what NumPy computes. */
class OperationTest {
    private static final Path CASES = Path.of("src/test/resources/operations.json");

    /** The operations there are cases of. */
    static Set<String> covered() {
        Set<String> covered = new TreeSet<>(List.of("ops.Sparsemax"));
        Fixtures.json(CASES)
                .items()
                .forEach(one -> covered.add("ops." + one.get("operation").text()));
        return covered;
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsComputed() {
        Engine.start();
        return Fixtures.json(CASES).items().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.get("operation").text() + " " + one.get("config")
                                + one.find("call").map(Json::toString).orElse(""),
                        () -> check(one)));
    }

    private static void check(Json one) {
        Map<String, Object> config = new LinkedHashMap<>();
        one.get("config")
                .keys()
                .forEach(key -> config.put(key, one.get("config").find(key).orElse(null)));
        one.find("call").ifPresent(call -> config.put(Kind.CALL, call));
        ComputedLayer layer =
                Layers.kind("ops." + one.get("operation").text()).orElseThrow().read(Json.of(config));
        List<Array> inputs = new ArrayList<>();
        List<TensorSpec> specs = new ArrayList<>();
        for (Json input : one.get("inputs").items()) {
            Array array = Array.of(Numbers.flat(input.get("values")), sizes(input));
            inputs.add(array);
            specs.add(TensorSpec.of(Shape.of(array.sizes())));
        }
        List<Array> results = layer.forward(inputs, List.of());
        List<TensorSpec> said = layer.outputs(specs);
        List<Json> expected = one.get("outputs").items();
        assertThat(results).hasSameSizeAs(expected);
        assertThat(layer.outputCount()).isEqualTo(expected.size());
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).sizes()).isEqualTo(sizes(expected.get(i)));
            assertThat(said.get(i).shape()).isEqualTo(Shape.of(sizes(expected.get(i))));
            float[] computed = results.get(i).values();
            float[] wanted = Numbers.flat(expected.get(i).get("values"));
            for (int k = 0; k < computed.length; k++) {
                if (Float.isFinite(wanted[k])) {
                    assertThat(computed[k]).isCloseTo(wanted[k], within(2e-6f * Math.max(1, Math.abs(wanted[k]))));
                } else {
                    assertThat(computed[k]).isEqualTo(wanted[k]);
                }
            }
        }
    }

    private static long[] sizes(Json array) {
        return array.get("shape").items().stream().mapToLong(Json::integer).toArray();
    }
}
