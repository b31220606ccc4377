package org.netsplice.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.OnnxRun;
import org.netsplice.work.Progress;

/** Every fixture that has a form in ONNX computes there what Keras computed, by ONNX Runtime; the others are named in a list with the reason. */
class OnnxFixturesTest {
    private static final double TOLERANCE = 1e-5;
    private static final Path LIST = Path.of("src/test/resources/onnx/without-form.txt");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> fixturesComputeTheSameOrAreListed() throws IOException {
        Map<String, String> listed = listed();
        return Stream.of("layers", "digits", "seed_merge", "seed_ensemble", "tabular")
                .flatMap(OnnxFixturesTest::cases)
                .map(path -> {
                    String name = path.getParent().getFileName() + "/" + path.getFileName();
                    return DynamicTest.dynamicTest(
                            name,
                            () -> assertThat(answer(path)).as(name).isEqualTo(listed.getOrDefault(name, "equal")));
                });
    }

    @TestFactory
    Stream<DynamicTest> everyListedFixtureExists() throws IOException {
        return listed().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(Fixtures.path(name).resolve("model.keras"))
                                .exists()));
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new LinkedHashMap<>();
        for (String line : Files.readAllLines(LIST)) {
            int colon = line.indexOf(": ");
            if (!line.startsWith("#")) {
                listed.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return listed;
    }

    private static Stream<Path> cases(String group) {
        Path root = group.equals("layers") ? Fixtures.layers() : Fixtures.ROOT.resolve(group);
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(one -> Files.exists(one.resolve("model.keras"))).sorted().toList().stream();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** {@code equal}, how far the numbers differ, or why the file is not written. */
    private String answer(Path path) {
        Document document = Fixtures.open(path.resolve("model.keras"));
        Path file = folder.resolve(path.getFileName() + ".onnx");
        try {
            new OnnxExporter().write(document, file, Progress.NONE);
        } catch (ModelException.CannotExport problem) {
            return problem.getMessage();
        }
        Map<String, Tensor> inputs = Fixtures.inputs(
                path,
                document.graph().inputs().stream()
                        .map(input -> document.graph().node(input).name())
                        .toList());
        Map<String, Tensor> expected = Fixtures.expected(path);
        try (OnnxRun run = new OnnxRun(file)) {
            Map<String, Tensor> actual = new LinkedHashMap<>();
            run.predict(inputs).forEach((name, tensor) -> actual.put(told(name, expected), tensor));
            double difference = Difference.largest(expected, actual) / Difference.scale(expected);
            return difference < TOLERANCE ? "equal" : "differs by " + difference;
        }
    }

    /** The name of an output in Keras, where an input has it too. */
    private static String told(String name, Map<String, Tensor> expected) {
        String without = name.replaceFirst("_output$", "");
        return List.of(name, without).stream()
                .filter(expected::containsKey)
                .findFirst()
                .orElse(name);
    }
}
