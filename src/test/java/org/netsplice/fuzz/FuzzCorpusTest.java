package org.netsplice.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every input that looking for weak places has collected is read to a document or a message. */
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    @TestFactory
    Stream<DynamicTest> everyCollectedInputEndsWell() {
        return Arrays.stream(Readers.values())
                .flatMap(reader -> inputs(reader)
                        .map(input -> DynamicTest.dynamicTest(reader + " " + input.getFileName(), () -> {
                            byte[] content = Files.readAllBytes(input);
                            assertThatCode(() -> reader.read(content)).doesNotThrowAnyException();
                        })));
    }

    private static Stream<Path> inputs(Readers reader) {
        try (Stream<Path> inputs = Files.list(CORPUS.resolve(reader.name().toLowerCase(Locale.ROOT)))) {
            return inputs.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
