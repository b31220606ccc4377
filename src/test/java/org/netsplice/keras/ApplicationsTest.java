package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** The architectures of {@code keras.applications}, where {@code src/test/python/applications.py} has written them. */
class ApplicationsTest {
    private static final Path FOLDER = Path.of(System.getProperty("applications", "target/applications"));

    @Test
    void theFilesAreThere() {
        assumeTrue(
                Files.isDirectory(FOLDER),
                FOLDER
                        + " is missing, so keras.applications are not tested; src/test/python/applications.py writes them");
        assertThat(FOLDER).isDirectoryContaining("glob:**");
    }

    @TestFactory
    Stream<DynamicTest> everyArchitectureComputesWhatKerasComputes() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(FOLDER)) {
            List<Path> all = folders.filter(Files::isDirectory).sorted().toList();
            return all.stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                        CompiledNetwork network =
                                Compiler.compile(Fixtures.open(folder.resolve("model.keras")), Progress.NONE);
                        Map<String, Tensor> inputs = Fixtures.inputs(
                                folder, List.of(network.inputs().get(0).name()));
                        Map<String, Tensor> expected = Fixtures.expected(folder);
                        Map<String, Tensor> outputs = network.predict(inputs, 1, Progress.NONE);
                        assertThat(Difference.largest(expected, outputs) / Difference.scale(expected))
                                .isLessThan(1e-5);
                    }));
        }
    }
}
