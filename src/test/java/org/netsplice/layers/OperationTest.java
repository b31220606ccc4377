package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.config.Json;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Numbers;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Models of one operation of {@code keras.ops} each compute what Keras computes; {@code src/test/python/operations.py} wrote them. */
class OperationTest {
    private static final Path CASES = Path.of("src/test/resources/operations.json");
    private static final double RELATIVE = 1e-5;

    @TempDir
    private static Path folder;

    /** The kinds of operations there are cases of. */
    static Set<String> covered() {
        Set<String> covered = new TreeSet<>();
        for (Json one : Fixtures.json(CASES).items()) {
            one.get("model").get("config").get("layers").items().stream()
                    .filter(layer -> layer.get("module").text().startsWith("keras.src.ops"))
                    .forEach(layer ->
                            covered.add("ops." + layer.get("class_name").text()));
        }
        return covered;
    }

    @Test
    void everyOperationHasACase() {
        Set<String> missing = new TreeSet<>(Layers.ALL.stream()
                .filter(Kind::isOperation)
                .map(kind -> "ops." + kind.className())
                .toList());
        missing.removeAll(covered());
        assertThat(missing).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsComputed() {
        Engine.start();
        return Fixtures.json(CASES).items().stream()
                .map(one -> DynamicTest.dynamicTest(title(one), () -> check(one, folder)));
    }

    private static String title(Json one) {
        List<Json> layers = one.get("model").get("config").get("layers").items();
        Json last = layers.get(layers.size() - 1);
        return one.get("name").text() + " " + last.get("class_name") + " " + last.get("config");
    }

    /** Opens and computes the model of a case, of which a file is written into the folder. */
    static void check(Json one, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "case", ".json");
        Files.writeString(file, one.get("model").toString());
        CompiledNetwork network = Compiler.compile(Fixtures.open(file), Progress.NONE);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        List<Json> given = one.get("inputs").items();
        for (int i = 0; i < given.size(); i++) {
            inputs.put("x" + (i + 1), tensor(given.get(i)));
        }
        List<Tensor> results =
                List.copyOf(network.predict(inputs, tensor(given.get(0)).shape().size(0) > 0 ? 64 : 1, Progress.NONE)
                        .values());
        List<Json> expected = one.get("outputs").items();
        assertThat(results).hasSameSizeAs(expected);
        for (int i = 0; i < results.size(); i++) {
            compare(results.get(i), tensor(expected.get(i)));
        }
    }

    private static void compare(Tensor computed, Tensor wanted) {
        assertThat(computed.shape()).isEqualTo(wanted.shape());
        double scale = 1;
        for (float value : wanted.toArray()) {
            scale = Float.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
        }
        for (int k = 0; k < wanted.length(); k++) {
            if (Float.isFinite(wanted.at(k))) {
                assertThat((double) computed.at(k)).isCloseTo(wanted.at(k), within(RELATIVE * scale));
            } else {
                assertThat(computed.at(k)).isEqualTo(Float.valueOf(wanted.at(k)));
            }
        }
    }

    private static Tensor tensor(Json array) {
        DType dtype = switch (array.get("kind").text()) {
            case "i" -> DType.INT32;
            case "b" -> DType.BOOL;
            default -> DType.FLOAT32;
        };
        long[] sizes =
                array.get("shape").items().stream().mapToLong(Json::integer).toArray();
        return Tensor.owning(
                dtype,
                Shape.of(sizes),
                Numbers.array(array.get("values"), false, false).values());
    }
}
