package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
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
            assertThat(new String(zip.read("config.json"), StandardCharsets.UTF_8))
                    .contains("RandomFlip")
                    .doesNotContain("rng_type");
        }
    }

    @Test
    void aWrappedModelOfAnOlderKerasIsOneOfTheNewest() {
        try (ZipReader zip = ZipReader.open(written(source("found/keras2_timedistributed_model_export", "model.h5")))) {
            assertThat(new String(zip.read("config.json"), StandardCharsets.UTF_8))
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

    private String architecture(String name, String file) {
        try (ZipReader zip = ZipReader.open(written(source("found2/" + name, file)))) {
            return new String(zip.read("config.json"), StandardCharsets.UTF_8);
        }
    }

    @Test
    void inputsAndOutputsInDictionariesStayThere() {
        assertThat(architecture("hand_dict_inputs_swapped", "model.keras"))
                .contains("\"input_layers\":{\"b\":[\"b\",0,0],\"a\":[\"a\",0,0]}")
                .contains("\"args\":[{\"a\":{\"class_name\":\"__keras_tensor__\"");
        assertThat(architecture("k3_test_functional_deeply_nested_outputs_struct_losses_53f584", "model.keras"))
                .contains("\"output_layers\":{\"a\":[[\"y1\",0,0],[\"y2\",0,0]],\"b\":{\"b1\":");
    }

    /** An HDF5 file names no modules, without which Keras does not find operations. */
    @Test
    void operationsInsideAWrappedModelAreNamedInArchivesAndRefusedInHdf5() {
        String layers = "{'layers':[{'class_name':'Add','config':{'trainable':true}},{'class_name':'Add','config':{}}],"
                + "'kernel_initializer':{'class_name':'Zeros','config':{}}}";
        Json model = JsonReader.parse(layers.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "", "");
        assertThat(Json.of(FileLayer.named(model)).toString().replace('"', '\''))
                .isEqualTo(
                        "{'layers':[{'module':'keras.layers','class_name':'Add','config':{'trainable':true},'registered_name':null},"
                                + "{'module':'keras.src.ops.numpy','class_name':'Add','config':{},'registered_name':'Add'}],"
                                + "'kernel_initializer':{'class_name':'Zeros','config':{}}}");
        Document document = Fixtures.FORMATS
                .open(source("found2/hand_td_functional_mask", "model.keras"), Optional.empty(), Progress.NONE)
                .asDocument();
        assertThatThrownBy(() -> new Hdf5Exporter().write(document, folder.resolve("copy.h5"), Progress.NONE))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining(
                        "TimeDistributed cannot be written as .h5, because Keras 3 reads it wrongly: operations are taken for layers");
    }

    @Test
    void statesOfStackedCellsAreWrittenInAListForEachCell() {
        assertThat(architecture("k2_n__RNNTest__test_state_spec_with_stack_cell2_v2_eager_0b7768", "model.keras"))
                .contains("\"initial_state\":[[{\"class_name\":\"__keras_tensor__\"");
    }
}
