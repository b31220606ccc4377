package org.netsplice.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.container.ZipReader;
import org.netsplice.edit.Document;
import org.netsplice.format.Head;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

class SpliceTest {
    private static final SpliceFile FORMAT = new SpliceFile();

    @TempDir
    Path folder;

    private static Document read(Path file) {
        return FORMAT.read(Head.of(file), Optional.empty(), Progress.NONE).asDocument();
    }

    @TestFactory
    Stream<DynamicTest> anOpenedDocumentEqualsTheSavedOne() {
        return Stream.of(
                        "seed_merge/merged_submodels/model.keras",
                        "digits/ensemble_average/model.h5",
                        "digits/ensemble_concat_head/model.keras",
                        "tabular/cancer_merged/model.keras",
                        "layers/shared_submodel/model.keras",
                        "layers/names_with_spaces_and_unicode/model.keras",
                        "bad/lambda_layer/model.keras",
                        "bad/custom_layer/model.keras",
                        "bad/dtype_float16/model.keras")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Document document = Fixtures.open(name);
                    Path file = folder.resolve("a.splice");
                    FORMAT.write(document, file, Progress.NONE);
                    assertThat(read(file)).isEqualTo(document);
                    byte[] first = Files.readAllBytes(file);
                    FORMAT.write(read(file), file, Progress.NONE);
                    assertThat(Files.readAllBytes(file)).as("saved again").isEqualTo(first);
                }));
    }

    private Path edited(UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve("edited.splice");
        FORMAT.write(Fixtures.open("seed_merge/model_b/model.keras"), file, Progress.NONE);
        String json;
        byte[] weights;
        try (ZipReader zip = ZipReader.open(file)) {
            json = new String(zip.read("document.json"), StandardCharsets.UTF_8);
            weights = zip.read("weights.safetensors");
        }
        String changed = change.apply(json);
        assertThat(changed).isNotEqualTo(json);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("document.json"));
            zip.write(changed.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("weights.safetensors"));
            zip.write(weights);
        }
        return file;
    }

    private void refused(UnaryOperator<String> change, Class<? extends Throwable> type, String what)
            throws IOException {
        Path file = edited(change);
        assertThatThrownBy(() -> read(file)).isInstanceOf(type).hasMessageContaining(what);
    }

    @Test
    void aNewerVersionIsRefusedInWords() throws IOException {
        refused(
                json -> json.replace("\"version\" : 1", "\"version\" : 2"),
                ModelException.Unsupported.class,
                "was saved by a newer version of this program");
    }

    @Test
    void handsOnChangesAreChecked() throws IOException {
        Class<? extends Throwable> invalid = ModelException.Invalid.class;
        refused(json -> json.replace("\"name\" : \"b_layer_1\"", "\"name\" : \"Input_b\""), invalid, "stands twice");
        refused(
                json -> json.replaceFirst("\"reads\" : \\[ \\[ \\d+", "\"reads\" : [ [ 999"),
                invalid,
                "does not exist");
        refused(json -> json.replace("\"class\" : \"Dense\"", "\"class\" : \"Denser\""), invalid, "is not known");
        refused(
                json -> json.replace("\"plain\" : [ ]", "\"plain\" : [ 999 ]"),
                invalid,
                "names layer 999, which does not exist");
        refused(
                json -> json.replace(
                        "\"notes\" : [ ]", "\"notes\" : [ {\"number\": 1, \"text\": \"x\", \"place\": [1e300, 0]} ]"),
                invalid,
                "expected a number from -10000000 to 10000000");
        refused(json -> json.replace("\"units\" : 64", "\"units\" : -64"), invalid, "expected a whole number");
        refused(json -> json.replaceFirst("\"members\" : \\[ ", "\"members\" : [ 999, "), invalid, "does not exist");
    }

    @Test
    void aFailedSaveLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("kept.splice");
        FORMAT.write(Fixtures.open("seed_merge/model_b/model.keras"), file, Progress.NONE);
        byte[] before = Files.readAllBytes(file);
        Path nowhere = folder.resolve("missing").resolve("a.splice");
        assertThatThrownBy(() -> FORMAT.write(Document.EMPTY, nowhere, Progress.NONE))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining("does not exist");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
