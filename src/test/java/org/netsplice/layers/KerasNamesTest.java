package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.netsplice.layers.kind.Kind;

/** Every name of Keras is either supported or has a reason why not, and the user guide says the same. */
class KerasNamesTest {
    private static final Path FOLDER = Path.of("src/test/resources/keras-names");
    private static final Path DOCUMENT = Path.of("docs/supported-layers.md");

    /** Names with what stands after them: a class, a reason that begins with a colon, or nothing. */
    private static Map<String, String> names(String file) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve(file))) {
            if (!line.startsWith("#")) {
                String name = line.split("[: ]")[0];
                names.put(name, line.substring(name.length()).strip());
            }
        }
        return names;
    }

    @Test
    void everyLayerIsSupportedOrHasAReason() throws IOException {
        Set<String> listed = new HashSet<>();
        names("layers.txt").forEach((name, rest) -> {
            listed.add(name);
            boolean supported = Layers.kind(name).isPresent() || name.equals("InputLayer");
            assertThat(supported).as(name + " " + rest).isEqualTo(rest.isEmpty());
            assertThat(rest).as(name).doesNotMatch(":\\s*");
        });
        listed.addAll(Set.of("LocallyConnected1D", "LocallyConnected2D"));
        Layers.ALL.stream()
                .filter(kind -> kind.inKeras() && !kind.isOperation())
                .filter(kind -> kind.module().equals("keras.layers"))
                .forEach(kind -> assertThat(listed).contains(kind.className()));
    }

    @Test
    void everyOperationIsSupportedOrHasAReason() throws IOException {
        Set<String> classes = new HashSet<>();
        names("ops.txt").forEach((name, rest) -> {
            assertThat(rest).as(name).doesNotMatch(":?\\s*");
            if (!rest.startsWith(":")) {
                assertThat(Layers.kind("ops." + rest)).as(name).isPresent();
                classes.add(rest);
            }
        });
        Set<String> unlisted =
                Set.of("Abs", "BitwiseInvert", "Conj", "Amax", "Amin", "Signbit", "TrueDivide", "GetItem");
        Layers.ALL.stream()
                .filter(Kind::isOperation)
                .map(Kind::className)
                .filter(name -> !unlisted.contains(name))
                .forEach(name -> assertThat(classes).contains(name));
    }

    @Test
    void theDocumentIsTrue() throws IOException {
        String text = document();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("write it with mvn surefire:test -Dtest=KerasNamesTest -Ddocs.write=true")
                .isEqualTo(text);
    }

    private static String document() throws IOException {
        StringBuilder text = new StringBuilder("""
                # What is computed

                Generated from the catalogue of layers; a test compares the two. Settings that are not named here, such as initializers and regularizers,
                do not change predictions.

                ## Layers

                | layer | what it does | settings |
                |---|---|---|
                """);
        Layers.ALL.stream()
                .filter(kind -> kind.inKeras() && !kind.isOperation())
                .forEach(kind -> text.append("| ")
                        .append(kind.className())
                        .append(
                                kind.history().names().isEmpty()
                                        ? ""
                                        : " ("
                                                + String.join(
                                                        ", ", kind.history().names()) + ")")
                        .append(" | ")
                        .append(kind.summary())
                        .append(" | ")
                        .append(settings(kind))
                        .append(" |\n"));
        text.append("\n## Layers that are drawn and kept, but not computed\n\n| layer | why |\n|---|---|\n");
        names("layers.txt").forEach((name, rest) -> {
            if (rest.startsWith(":")) {
                text.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(rest.substring(1).strip())
                        .append(" |\n");
            }
        });
        text.append(
                "\nCustom layers, and other layers of Keras 1 and 2 that Keras 3 has removed, are drawn and kept too.\n");
        text.append("\n## Operations of keras.ops in a graph\n\n");
        List<String> operations = Layers.ALL.stream()
                .filter(Kind::isOperation)
                .map(Kind::className)
                .sorted()
                .toList();
        text.append(String.join(", ", operations)).append(".\n");
        return text.toString();
    }

    private static String settings(Kind<?> kind) {
        Stream<String> own = kind.settings().stream().map(setting -> "`" + setting.name() + "`: " + setting.range());
        Stream<String> limits = kind.limits().entrySet().stream()
                .map(limit -> "`" + limit.getKey() + "`: only "
                        + (limit.getValue().isEmpty() ? "null" : String.join(", ", limit.getValue())));
        return Stream.concat(own, limits).collect(Collectors.joining("; ")).replace("|", "\\|");
    }
}
