package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Files others wrote with Keras 1 and 2; they are not part of the project, so that the test is skipped where they are missing. */
class WildFilesTest {
    private static final Path WILD = Path.of("../shared/fixtures/wild");

    private record Case(Path folder, Path model, Optional<Path> weights) {
        String name() {
            return folder.getFileName() + "/" + model.getFileName();
        }
    }

    private static Stream<Case> cases() {
        try (Stream<Path> folders = Files.list(WILD)) {
            return folders.filter(folder -> Files.exists(folder.resolve("input.npy"))).sorted().toList().stream()
                    .flatMap(WildFilesTest::files);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static Stream<Case> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream()
                    .filter(file -> file.toString().matches(".*\\.(h5|hdf5|keras)") || file.endsWith("config.json"))
                    .filter(file -> !file.endsWith("weights.h5") && !file.endsWith("inputs_and_outputs.h5"))
                    .map(file -> new Case(
                            folder,
                            file,
                            file.endsWith("config.json")
                                    ? Optional.of(folder.resolve("weights.h5"))
                                    : Optional.empty()));
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Test
    void theFilesAreThere() {
        assumeTrue(
                Files.isDirectory(WILD),
                "the files of " + WILD + " are not here, so files of Keras 1 and 2 by others are not tested");
        assertThat(cases()).hasSizeGreaterThan(30);
    }

    @TestFactory
    Stream<DynamicTest> oldFilesComputeWhatTheirKerasComputed() {
        if (!Files.isDirectory(WILD)) {
            return Stream.empty();
        }
        return cases().map(one -> DynamicTest.dynamicTest(one.name(), () -> {
            Document document = Fixtures.FORMATS
                    .open(one.model(), one.weights(), Progress.NONE)
                    .asDocument();
            CompiledNetwork network = Compiler.compile(document, Progress.NONE);
            Tensor input = Fixtures.npy(one.folder().resolve("input.npy"));
            Map<String, Tensor> outputs =
                    network.predict(Map.of(network.inputs().get(0).name(), input), 32, Progress.NONE);
            Map<String, Tensor> expected = Fixtures.expected(one.folder());
            if (expected.size() == 1) {
                expected = Map.of(
                        outputs.keySet().iterator().next(),
                        expected.values().iterator().next());
            }
            assertThat(Difference.largest(expected, outputs) / Difference.scale(expected))
                    .isLessThan(1e-5);
        }));
    }
}
