package org.netsplice.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every input that looking for weak places has collected is read to a document or a message. */
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src/test/resources/fuzz");

    /** Inputs that once ended badly. */
    @TestFactory
    Stream<DynamicTest> everyFoundInputEndsWell() {
        return Arrays.stream(Readers.values())
                .flatMap(reader -> found(reader)
                        .map(input -> DynamicTest.dynamicTest(reader + " " + input.getFileName(), () -> {
                            byte[] content = Files.readAllBytes(input);
                            assertThatCode(() -> reader.read(content)).doesNotThrowAnyException();
                        })));
    }

    /** Inputs that together reach all that was reached. */
    @TestFactory
    Stream<DynamicTest> everyCollectedInputEndsWell() {
        return Arrays.stream(Readers.values())
                .map(reader -> DynamicTest.dynamicTest(reader.toString(), () -> {
                    try (ZipFile corpus =
                            new ZipFile(CORPUS.resolve(folder(reader) + ".zip").toFile())) {
                        for (ZipEntry entry : Collections.list(corpus.entries())) {
                            byte[] content = corpus.getInputStream(entry).readAllBytes();
                            assertThatCode(() -> reader.read(content))
                                    .as(entry.getName())
                                    .doesNotThrowAnyException();
                        }
                    }
                }));
    }

    private static String folder(Readers reader) {
        return reader.name().toLowerCase(Locale.ROOT);
    }

    private static Stream<Path> found(Readers reader) {
        Path folder = CORPUS.resolve(folder(reader));
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> inputs = Files.list(folder)) {
            return inputs.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
