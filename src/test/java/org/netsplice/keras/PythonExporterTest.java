package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.edit.Document;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Python code that builds models; {@code src/test/python/check_code.py} runs it with a real Keras. */
class PythonExporterTest {
    private static final Pattern LITERAL =
            Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4}|\\\\U[0-9a-f]{8})*\"");

    @TempDir
    Path folder;

    private String written(Document document) throws IOException {
        Path file = folder.resolve("model.py");
        new PythonExporter().write(document, file, Progress.NONE);
        assertThat(folder.resolve("model.weights.h5")).exists();
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    @Test
    void everyModelIsAFunctionAndEveryCallALine() throws IOException {
        assertThat(written(Fixtures.open("seed_merge/merged_submodels/model.keras")))
                .startsWith(
                        "# Written by NetSplice for Keras 3.\nimport os\n\nimport keras\nfrom keras import layers\n")
                .contains("\n\ndef build_model_a():\n", "\n\ndef build():\n")
                .contains("    return keras.Model(\n        inputs=[in_a, in_b],\n")
                .contains("model.load_weights(os.path.join(here, \"model.weights.h5\"))\n");
    }

    @Test
    void settingsThatKerasTakesAnywayAreLeftOut() throws IOException {
        assertThat(written(Fixtures.open("digits/cnn_a/model.keras")))
                .contains("            keras.Input(batch_shape=(None, 8, 8, 1), dtype=\"float32\", name=\"digit\"),\n")
                .contains("            layers.MaxPooling2D(strides=[2, 2], name=\"pool_1\"),\n")
                .contains("            layers.Dropout(rate=0.2, name=\"dropout\"),\n");
    }

    @Test
    void operationsAreMadeByTheirClassAndMasksHandedOver() throws IOException {
        assertThat(written(Fixtures.open(Fixtures.layers().resolve("masking_timedistributed/model.keras"))))
                .contains(
                        "not_equal = operation(\"keras.src.ops.numpy\", \"NotEqual\", name=\"not_equal\")(in_0, 0.0)\n")
                .contains("name=\"time_distributed\")(masking, mask=any_layer)\n");
    }

    @Test
    void namesOfFilesStayInsideTheirLiterals() throws IOException {
        String name = "a\\\"); import os; os.system(\\\"x\\\")\\n#\\u202e";
        String json = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"" + name + "\", \"layers\": ["
                + "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 3], \"dtype\": \"float32\", \"name\": \"in\"}},"
                + "{\"class_name\": \"Dense\", \"config\": {\"name\": \"" + name + "\", \"units\": 2,"
                + " \"x=1); import os #\": 1}}]}, \"keras_version\": \"3.0.0\", \"backend\": \"tensorflow\"}";
        Path file = folder.resolve("hostile.json");
        Files.writeString(file, json);
        String code = written(Fixtures.open(file));
        Matcher literals = LITERAL.matcher(code);
        assertThat(literals.replaceAll("S")).doesNotContain("os.system", "\"", "\\", "x=1");
    }

    @Test
    void whatOnlyItsAuthorCanMakeIsRefused() {
        Document document = Fixtures.open(Fixtures.layers().resolve("timedistributed_model/model.keras"));
        assertThatThrownBy(() -> written(document))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessage("the document holds a model inside a layer, which code cannot make");
        assertThatThrownBy(() -> PythonText.value(
                        Map.of("module", "keras.utils", "class_name", "get_file", "config", Map.of("origin", "x"))))
                .hasMessage("an object get_file of the module keras.utils");
        assertThatThrownBy(() -> PythonText.value(Map.of("module", "os", "class_name", "System", "config", Map.of())))
                .hasMessage("an object System of the module os");
        assertThat(PythonText.value(
                        Map.of("module", "keras.initializers", "class_name", "Constant", "config", Map.of("value", 2))))
                .isEqualTo("keras.initializers.Constant(value=2)");
    }

    @Test
    void valuesAreWrittenAsPythonWritesThem() {
        assertThat(PythonText.value(java.util.Arrays.asList(1, 2.5, true, null, "a\"b\\c\n😀", Double.NaN)))
                .isEqualTo("[1, 2.5, True, None, \"a\\\"b\\\\c\\u000a\\U0001f600\", float(\"NaN\")]");
        assertThat(PythonText.tuple(List.of(3))).isEqualTo("(3,)");
    }

    @Property
    void anyTextIsOneLiteral(@ForAll String text) {
        String literal = PythonText.text(text);
        assertThat(LITERAL.matcher(literal).matches()).isTrue();
        StringBuilder read = new StringBuilder();
        Matcher parts = Pattern.compile("\\\\u([0-9a-f]{4})|\\\\U([0-9a-f]{8})|\\\\(.)|(.)")
                .matcher(literal.substring(1, literal.length() - 1));
        while (parts.find()) {
            String number = parts.group(1) != null ? parts.group(1) : parts.group(2);
            read.append(
                    number != null
                            ? Character.toString(Integer.parseInt(number, 16))
                            : parts.group(3) != null ? parts.group(3) : parts.group(4));
        }
        assertThat(read.toString()).isEqualTo(text);
    }

    @Property
    void anyNameBecomesAVariable(@ForAll String name) {
        assertThat(PythonText.variable(name))
                .matches("[A-Za-z_][A-Za-z0-9_]*")
                .isNotIn("class", "keras", "layers", "os");
    }
}
