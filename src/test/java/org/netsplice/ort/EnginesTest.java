package org.netsplice.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Computation;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Engines beside each other: which computes, and that all give what Keras gave. */
class EnginesTest {
    private static final Document DIGITS = Fixtures.open("digits/cnn_a/model.keras");

    /** An engine that adds a number to each of its input's. */
    private static Computation adding(float number, List<String> calls, String name) {
        return (inputs, progress) -> {
            calls.add(name);
            float[] values = inputs.get(0).toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] += number;
            }
            return List.of(Tensor.of(inputs.get(0).shape(), values));
        };
    }

    private static float first(Engines.Checked checked, float value) {
        return checked.compute(List.of(Tensor.of(Shape.of(1, 1), value)), Progress.NONE)
                .get(0)
                .at(0);
    }

    @Test
    void theSecondEngineComputesAsSoonAsItAgrees() {
        List<String> calls = new ArrayList<>();
        Engines.Checked checked =
                new Engines.Checked(adding(1, calls, "first"), () -> adding(1.000001f, calls, "second"));
        assertThat(first(checked, 1)).isEqualTo(2);
        assertThat(checked.switched()).isFalse();
        first(checked, 2);
        first(checked, 3);
        assertThat(checked.switched()).isTrue();
        assertThat(checked.engine()).isEqualTo("ONNX Runtime, which gave for the first batch what DL4J gave");
        assertThat(calls).containsExactly("first", "second", "second", "second");
    }

    @Test
    void anEngineThatDiffersIsNotAskedAgain() {
        List<String> calls = new ArrayList<>();
        Engines.Checked checked = new Engines.Checked(adding(1, calls, "first"), () -> adding(1.1f, calls, "second"));
        for (int i = 0; i < 4; i++) {
            assertThat(first(checked, i)).isEqualTo(i + 1);
        }
        assertThat(calls).containsExactly("first", "second", "first", "first", "first");
        assertThat(checked.engine()).isEqualTo("DL4J, because ONNX Runtime gave other numbers for the first batch");
    }

    @Test
    void oneBatchPreparesNoSecondEngineAndAFailureFallsBack() {
        List<String> calls = new ArrayList<>();
        boolean[] fails = new boolean[1];
        Engines.Checked checked = new Engines.Checked(adding(1, calls, "first"), () -> (inputs, progress) -> {
            if (fails[0]) {
                throw new ModelException.CannotPredict(Problem.error(Where.NOWHERE, "broken", ""));
            }
            return adding(1, calls, "second").compute(inputs, progress);
        });
        first(checked, 1);
        assertThat(calls).containsExactly("first");
        assertThat(checked.engine()).isEqualTo("DL4J; ONNX Runtime would compute from the second batch on");
        first(checked, 1);
        fails[0] = true;
        assertThat(first(checked, 5)).isEqualTo(6);
        assertThat(checked.switched()).isFalse();
        assertThat(calls).containsExactly("first", "second", "second", "first");
    }

    @Test
    void anEngineThatCannotBePreparedChangesNothing() {
        List<String> calls = new ArrayList<>();
        Engines.Checked checked = new Engines.Checked(adding(1, calls, "first"), () -> {
            throw new ModelException.CannotExport(Problem.error(Where.NOWHERE, "no form", ""));
        });
        first(checked, 1);
        assertThat(first(checked, 2)).isEqualTo(3);
        assertThat(checked.engine()).isEqualTo("DL4J, because ONNX Runtime cannot compute this: no form");
    }

    @Test
    void anEngineWithoutRoomChangesNothing() {
        List<String> calls = new ArrayList<>();
        Engines.Checked checked = new Engines.Checked(adding(1, calls, "first"), () -> {
            throw new OutOfMemoryError("no room for the weights");
        });
        first(checked, 1);
        assertThat(first(checked, 2)).isEqualTo(3);
    }

    @Test
    void manyBatchesOfARealNetworkAreThoseOfOneEngineAlone() {
        Tensor rows = Fixtures.npy(Fixtures.path("digits/cnn_a/input.npy"));
        CompiledNetwork network = Engines.AUTO.compile(DIGITS, Progress.NONE);
        Map<String, Tensor> data = Map.of(network.inputs().get(0).name(), rows);
        Map<String, Tensor> expected =
                Engines.DL4J.compile(DIGITS, Progress.NONE).predict(data, 32, Progress.NONE);
        assertThat(Difference.largest(expected, network.predict(data, 7, Progress.NONE)))
                .isLessThan(1e-6);
        assertThat(network.graph()).isPresent();
        CompiledNetwork alone = Engines.ONNX.compile(DIGITS, Progress.NONE);
        assertThat(alone.graph()).isEmpty();
        assertThat(Difference.largest(expected, alone.predict(data, 50, Progress.NONE)))
                .isLessThan(1e-6);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeTheEngineSeesIt() {
        CompiledNetwork alone = Engines.ONNX.compile(DIGITS, Progress.NONE);
        String input = alone.inputs().get(0).name();
        assertThatThrownBy(() -> alone.predict(Map.of(input, Tensor.of(Shape.of(1, 3), 1, 2, 3)), 8, Progress.NONE))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessageContaining("expects data of shape");
    }

    @TestFactory
    Stream<DynamicTest> fixturesWithAFormInOnnxGiveWhatKerasGave() throws IOException {
        Set<String> without = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/onnx/without-form.txt"))) {
            without.add(line.substring(0, Math.max(0, line.indexOf(": "))));
        }
        try (Stream<Path> folders = Files.list(Fixtures.layers())) {
            return folders.filter(folder -> Files.exists(folder.resolve("model.keras"))).sorted().toList().stream()
                    .filter(folder -> !without.contains("layers/" + folder.getFileName()))
                    .map(folder -> DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> check(folder)));
        }
    }

    private static void check(Path folder) {
        Document document = Fixtures.open(folder.resolve("model.keras"));
        CompiledNetwork network = Engines.ONNX.compile(document, Progress.NONE);
        Map<String, Tensor> inputs = Fixtures.inputs(
                folder,
                network.inputs().stream().map(CompiledNetwork.Input::name).toList());
        Map<String, Tensor> expected = new LinkedHashMap<>(Fixtures.expected(folder));
        Map<String, Tensor> found = network.predict(inputs, Integer.MAX_VALUE, Progress.NONE);
        assertThat(Difference.largest(expected, found) / Difference.scale(expected))
                .isLessThan(1e-5);
    }
}
