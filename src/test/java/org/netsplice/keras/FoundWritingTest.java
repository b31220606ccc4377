package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.container.ZipReader;
import org.netsplice.edit.Document;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** A reduced case that is computed rightly is also written rightly, or refused with a reason, or told to differ. */
@Tag("slow")
class FoundWritingTest {
    @TempDir
    private Path folder;

    private final List<Problem> notes = new ArrayList<>();

    private Path written(Path source) {
        Document document =
                Fixtures.FORMATS.open(source, Optional.empty(), Progress.NONE).asDocument();
        Path copy = folder.resolve("copy.keras");
        notes.clear();
        notes.addAll(new KerasExporter().write(document, copy, Progress.NONE));
        return copy;
    }

    /** Whether a note tells that Keras 3 computes something else than the older Keras of the file. */
    private static boolean isOtherInKeras3(String note) {
        return note.contains("treats masks") || note.contains("Keras 3 ignores this");
    }

    private static Path source(String name, String file) {
        return Fixtures.found().resolve(name).resolve(file);
    }

    @TestFactory
    Stream<DynamicTest> whatIsComputedRightlyIsWrittenRightly() {
        return Stream.of("found", "found2", "found3")
                .flatMap(group -> FoundCasesTest.cases(Fixtures.found().resolve(group)))
                .flatMap(one -> FoundCasesTest.models(one).values().stream()
                        .filter(files -> files.size() == 1)
                        .map(files -> DynamicTest.dynamicTest(
                                FoundCasesTest.name(one) + " " + files.get(0).getFileName(), () -> {
                                    if (!FoundCasesTest.answer(one, files).equals(FoundCasesTest.EQUAL)) {
                                        return;
                                    }
                                    try {
                                        Path copy = written(files.get(0));
                                        if (notes.stream()
                                                .map(Problem::what)
                                                .noneMatch(FoundWritingTest::isOtherInKeras3)) {
                                            assertThat(FoundCasesTest.answer(one, List.of(copy)))
                                                    .isEqualTo(FoundCasesTest.EQUAL);
                                        }
                                    } catch (ModelException.CannotExport refused) {
                                        assertThat(refused.problem().remedy()).contains("Write a .splice");
                                    }
                                })));
    }

    @Test
    void settingsOfAnOlderKerasAreLeftOut() {
        try (ZipReader zip = ZipReader.open(written(source("found/keras2_augmentation_export", "model.h5")))) {
            assertThat(new String(zip.read("config.json"), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("RandomFlip")
                    .doesNotContain("rng_type");
        }
    }

    @Test
    void aWrappedModelOfAnOlderKerasIsOneOfTheNewest() {
        try (ZipReader zip = ZipReader.open(written(source("found/keras2_timedistributed_model_export", "model.h5")))) {
            assertThat(new String(zip.read("config.json"), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("keras_history")
                    .doesNotContain("batch_input_shape");
        }
    }

    @Test
    void aLayerThatKerasDoesNotHaveIsNamed() {
        Path source = FoundCasesTest.cases(Fixtures.found().resolve("found2"))
                .filter(one -> one.toString().contains("local_connected"))
                .map(one -> one.resolve("model.h5"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> written(source))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining("Keras 3 has no layer LocallyConnected");
    }
}
