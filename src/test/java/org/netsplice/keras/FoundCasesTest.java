package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/**
 * Every reduced case of a file that was once opened or computed wrongly gives the numbers Keras gave. A case that is refused has a
 * file {@code found/GROUP-CASE.txt} among the test resources, with the answer to each of its model files, so that a refusal is as
 * exact as a number.
 */
class FoundCasesTest {
    private static final Path ANSWERS = Path.of("src/test/resources/found");
    static final String EQUAL = "equal";

    @TestFactory
    Stream<DynamicTest> everyCaseIsAnsweredRightly() {
        return Stream.of("found", "found2", "found3")
                .flatMap(group -> cases(Fixtures.found().resolve(group)))
                .map(folder -> DynamicTest.dynamicTest(
                        name(folder), () -> assertThat(answers(folder)).isEqualTo(expected(folder))));
    }

    /** A file of answers whose case is gone or was renamed would never be read. */
    @TestFactory
    Stream<DynamicTest> everyAnswerHasItsCase() throws IOException {
        try (Stream<Path> files = Files.list(ANSWERS)) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file,
                            () -> assertThat(Fixtures.found()
                                            .resolve(file.replaceFirst("-", "/").replace(".txt", "")))
                                    .isDirectory()));
        }
    }

    private static String expected(Path folder) throws IOException {
        Path file = ANSWERS.resolve(name(folder).replace('/', '-') + ".txt");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        List<String> lines = new ArrayList<>();
        models(folder).keySet().forEach(model -> lines.add(model + ": " + EQUAL));
        return String.join("\n", lines);
    }

    private static String answers(Path folder) {
        List<String> lines = new ArrayList<>();
        models(folder).forEach((name, files) -> lines.add(name + ": " + answer(folder, files)));
        return String.join("\n", lines);
    }

    /** What a user is told: that the numbers are Keras', how far they are from them, or why there are none. */
    static String answer(Path folder, List<Path> files) {
        try {
            Optional<Path> weights = files.size() == 1 ? Optional.empty() : Optional.of(files.get(1));
            Document document =
                    Fixtures.FORMATS.open(files.get(0), weights, Progress.NONE).asDocument();
            CompiledNetwork network = Compiler.compile(document, Progress.NONE);
            Map<String, Tensor> outputs = network.predict(inputs(folder, network), 32, Progress.NONE);
            return compared(expectedOutputs(folder), new ArrayList<>(outputs.values()));
        } catch (ModelException refusal) {
            return refusal.getClass().getSimpleName() + ": "
                    + refusal.problems().stream()
                            .map(Problem::line)
                            .map(line -> line.replace(folder + "/", ""))
                            .reduce((first, second) -> first + " | " + second)
                            .orElse("");
        } catch (RuntimeException fault) {
            return "a fault of the program: " + fault;
        }
    }

    /** The model files of a case by name; an architecture comes with its weights. */
    static Map<String, List<Path>> models(Path folder) {
        Map<String, List<Path>> models = new LinkedHashMap<>();
        for (String name : List.of("model.keras", "model.h5", "model_keras28_style.h5")) {
            if (Files.exists(folder.resolve(name))) {
                models.put(name, List.of(folder.resolve(name)));
            }
        }
        for (String architecture : List.of("architecture.json", "model.json", "config.json")) {
            for (String weights : List.of("weights.h5", "model.weights.h5", "legacy_weights.h5")) {
                if (Files.exists(folder.resolve(architecture)) && Files.exists(folder.resolve(weights))) {
                    models.put(
                            architecture + " with " + weights,
                            List.of(folder.resolve(architecture), folder.resolve(weights)));
                }
            }
        }
        if (models.isEmpty()) {
            for (String architecture : List.of("architecture.json", "model.json")) {
                if (Files.exists(folder.resolve(architecture))) {
                    models.put(architecture, List.of(folder.resolve(architecture)));
                }
            }
        }
        return models;
    }

    /** Arrays by the names of the inputs, or in their order where the names of the case are others. */
    private static Map<String, Tensor> inputs(Path folder, CompiledNetwork network) {
        Map<String, Tensor> arrays = arrays(folder, "input");
        List<String> names =
                network.inputs().stream().map(CompiledNetwork.Input::name).toList();
        if (arrays.keySet().containsAll(names)) {
            return arrays;
        }
        Map<String, Tensor> named = new HashMap<>();
        List<Tensor> inOrder = new ArrayList<>(arrays.values());
        for (int i = 0; i < Math.min(names.size(), inOrder.size()); i++) {
            named.put(names.get(i), inOrder.get(i));
        }
        return named;
    }

    private static List<Tensor> expectedOutputs(Path folder) {
        return new ArrayList<>(arrays(folder, "expected").values());
    }

    private static Map<String, Tensor> arrays(Path folder, String stem) {
        for (String archive : List.of(stem + "s.npz", stem + ".npz")) {
            if (Files.exists(folder.resolve(archive))) {
                return Npz.read(folder.resolve(archive));
            }
        }
        if (Files.exists(folder.resolve(stem + ".npy"))) {
            return Map.of(stem, Fixtures.npy(folder.resolve(stem + ".npy")));
        }
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (int i = 0; Files.exists(folder.resolve(stem + "_" + i + ".npy")); i++) {
            arrays.put(stem + "_" + i, Fixtures.npy(folder.resolve(stem + "_" + i + ".npy")));
        }
        return arrays;
    }

    private static String compared(List<Tensor> expected, List<Tensor> actual) {
        if (expected.size() != actual.size()) {
            return actual.size() + " outputs instead of " + expected.size();
        }
        for (int i = 0; i < expected.size(); i++) {
            String answer = compared(expected.get(i), actual.get(i));
            if (!answer.equals(EQUAL)) {
                return answer;
            }
        }
        return EQUAL;
    }

    private static String compared(Tensor expected, Tensor actual) {
        if (!expected.shape().equals(actual.shape())) {
            return "shape " + actual.shape() + " instead of " + expected.shape();
        }
        double scale = 1;
        double largest = 0;
        for (int i = 0; i < expected.length(); i++) {
            double wanted = expected.numberAt(i);
            double given = actual.numberAt(i);
            if (Double.isFinite(wanted)) {
                scale = Math.max(scale, Math.abs(wanted));
                double difference = Math.abs(wanted - given);
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            } else if (Double.compare(wanted, given) != 0) {
                largest = Double.POSITIVE_INFINITY;
            }
        }
        return largest <= 1e-5 * scale ? EQUAL : String.format(Locale.ROOT, "differs by %.1e", largest);
    }

    static Stream<Path> cases(Path group) {
        try (Stream<Path> folders = Files.list(group)) {
            return folders
                    .filter(Files::isDirectory)
                    .filter(folder -> !models(folder).isEmpty())
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    static String name(Path folder) {
        return folder.getParent().getFileName() + "/" + folder.getFileName();
    }
}
