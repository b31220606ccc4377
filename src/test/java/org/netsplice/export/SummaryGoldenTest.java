package org.netsplice.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.testing.Fixtures;

/** Summaries equal what {@code model.summary(line_length=120, expand_nested=True)} of Keras 3 prints. */
class SummaryGoldenTest {

    /** Where Keras prints something else, and why. */
    private static final Map<String, String> OTHERS = Map.of(
            "activation_glu",
            "Keras gives the shape of the input, and not the half of it that it computes",
            "bidirectional_custom_backward",
            "Keras gives twice the forward units, and not what it computes",
            "einsumdense_heads",
            "Keras does not know a size that the input has",
            "einsumdense_last",
            "Keras does not know a size that the input has",
            "digits/ensemble_concat_head",
            "its models had been called before in the Python session that printed the summary");

    @TestFactory
    Stream<DynamicTest> summariesOfLayersAreThoseOfKeras() throws IOException {
        return texts().entrySet().stream()
                .filter(one -> Files.exists(Fixtures.path("layers/" + one.getKey() + "/model.keras")))
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    String found = summary(Fixtures.path("layers/" + one.getKey() + "/model.keras"));
                    check(one.getKey(), found, one.getValue());
                }));
    }

    @TestFactory
    Stream<DynamicTest> summariesOfModelsAreThoseOfKeras() throws IOException {
        try (Stream<Path> files = Files.walk(Fixtures.ROOT)) {
            return files
                    .filter(file -> file.getFileName().toString().equals("summary.txt"))
                    .map(file -> file.resolveSibling("model.keras"))
                    .filter(Files::exists)
                    .sorted()
                    .map(file -> {
                        String name = Fixtures.ROOT
                                .relativize(file.getParent())
                                .toString()
                                .replace('\\', '/');
                        return DynamicTest.dynamicTest(
                                name,
                                () -> check(name, summary(file), Files.readString(file.resolveSibling("summary.txt"))));
                    })
                    .toList()
                    .stream();
        }
    }

    /** The exceptions are still exceptions, so that the list says what holds. */
    private static void check(String name, String found, String keras) {
        if (OTHERS.containsKey(name)) {
            assertThat(found.strip()).isNotEqualTo(keras.strip());
        } else {
            assertThat(found.strip()).isEqualTo(keras.strip());
        }
    }

    private static String summary(Path file) {
        Document document = Fixtures.open(file);
        return new Summary(Report.of(document.graph()), document, new Summary.Options(true, false, 120, false))
                .in("text");
    }

    /** All texts are in one entry, each below a line that names its case. */
    private static Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(Fixtures.ROOT.resolve("summaries.zip")))) {
            zip.getNextEntry();
            String all = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
            for (String part : all.split("(?m)^=== ")) {
                if (!part.isEmpty()) {
                    int end = part.indexOf('\n');
                    texts.put(part.substring(0, end), part.substring(end + 1));
                }
            }
        }
        return texts;
    }
}
