package org.netsplice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netsplice.problem.ModelException;

/** The parser keeps its bounds, and messages say where. */
class JsonReaderTest {

    private static Json parsed(String text) {
        return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), "model.keras", "config.json");
    }

    private static void assertRefused(String text, String what) {
        assertThatThrownBy(() -> parsed(text)).isInstanceOfSatisfying(ModelException.Invalid.class, problem -> {
            assertThat(problem.problem().what()).isEqualTo(what);
            assertThat(problem.problem().where().toString())
                    .contains("model.keras")
                    .contains("config.json");
            assertThat(problem.problem().remedy())
                    .isEqualTo("The file is damaged or was cut short; save or download it again.");
        });
    }

    @Test
    void depthIsBounded() {
        String deepest = "[".repeat(512) + "]".repeat(512);
        assertThat(parsed(deepest).items()).hasSize(1);
        assertRefused("[" + deepest + "]", "is JSON beyond the limits: nested more than 512 levels deep");
        assertRefused("{\"a\":".repeat(100_000), "is JSON beyond the limits: nested more than 512 levels deep");
    }

    @Test
    void sizeIsBounded() {
        byte[] large = new byte[JsonReader.LARGEST + 64];
        Arrays.fill(large, (byte) ' ');
        large[0] = '[';
        large[large.length - 1] = ']';
        assertThatThrownBy(() -> JsonReader.parse(large, "model.json", ""))
                .isInstanceOfSatisfying(
                        ModelException.Invalid.class,
                        problem -> assertThat(problem.problem().what())
                                .isEqualTo("is JSON beyond the limits: a text, a number or the whole is too long"));
    }

    @Test
    void whatIsNotJsonIsRefusedWithLineAndColumn() {
        assertRefused("", "is empty");
        assertThatThrownBy(() -> parsed("{\n  \"a\": 1,\n  \"a\": 2\n}"))
                .hasMessage(
                        "model.keras, config.json: is not valid JSON: the key \"a\" stands twice (line 3, column 8)");
        assertThatThrownBy(() -> parsed("{\"a\": 1} {}"))
                .hasMessageContaining("is not valid JSON: something follows behind its end (line 1, column ");
        assertThatThrownBy(() -> parsed("{\"a\": [1, }")).hasMessageContaining("line 1, column 11");
        assertThatThrownBy(() -> parsed("{\"a\"")).isInstanceOf(ModelException.Invalid.class);
    }

    @Test
    void valuesKnowTheirPlace() {
        Json layers = parsed("{\"config\": {\"layers\": [{\"units\": 3}, {\"units\": \"x\"}]}}")
                .get("config")
                .get("layers");
        Json units = layers.items().get(1).get("units");
        assertThat(units.where().toString()).contains("config.layers[1].units");
        assertThatThrownBy(units::integer)
                .hasMessageContaining("config.layers[1].units")
                .hasMessageContaining("expected a whole number, received \"x\"");
        assertThatThrownBy(() -> layers.items().get(0).get("name"))
                .hasMessageContaining("config.layers[0]")
                .hasMessageContaining("the key \"name\" is missing");
        assertThat(units.detached().where().toString()).doesNotContain("units");
    }

    @Test
    void longValuesAreCutInMessages() {
        assertThatThrownBy(() -> Json.of("x".repeat(1000)).integer())
                .hasMessageContaining("received \"" + "x".repeat(56) + "...")
                .hasMessageNotContaining("x".repeat(57));
    }

    @Test
    void boundsOfNumbersAndLists() {
        assertThat(Json.of(5).integer(0, 5)).isEqualTo(5);
        assertThatThrownBy(() -> Json.of(6).integer(0, 5))
                .hasMessageContaining("expected a whole number from 0 to 5, received 6");
        assertThatThrownBy(() -> Json.of(1e300).integer()).isInstanceOf(ModelException.Invalid.class);
        assertThatThrownBy(() -> parsed("123456789012345678901234567890").integer())
                .isInstanceOf(ModelException.Invalid.class);
        assertThatThrownBy(() -> Json.of(List.of(1, 2, 3)).items(2, "[x, y]"))
                .hasMessageContaining("expected [x, y], received 3 elements");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3|3",
                "-2.5|-2.5",
                "True|true",
                "None|null",
                "(1, 2)|[1,2]",
                "(1,)|[1]",
                "1, 2,3|[1,2,3]",
                "[1, null]|[1,null]",
                "relu|\"relu\"",
                "{'a': 1}|{\"a\":1}",
                "a, b|\"a, b\"",
                "''|\"\""
            })
    void whatAPersonTypes(String typed, String json) {
        assertThat(JsonReader.typed(typed).toString()).isEqualTo(json);
    }

    private static Object random(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextGaussian();
            case 4 -> "text " + (char) random.nextInt(0xD800) + '"' + '\\';
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random(random, depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("key " + i + (char) random.nextInt(0xD800), random(random, depth + 1));
                }
                yield map;
            }
        };
    }

    @Property(tries = 200)
    void writtenAndReadIsEqual(@ForAll long seed) {
        Json value = Json.of(Map.of(
                "value", List.of(random(new Random(seed), 0) == null ? 0 : random(new Random(seed), 0))));
        assertThat(parsed(value.toString())).isEqualTo(value);
        assertThat(parsed(value.pretty())).isEqualTo(value);
        assertThat(parsed(value.toString()).hashCode()).isEqualTo(value.hashCode());
    }

    @Property(tries = 200)
    void damagedTextEndsInASentence(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] text = "{\"class_name\": \"Functional\", \"config\": {\"layers\": [1, 2.5e3, null, true, \"\\u00e9\"]}}"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);
        }
        byte[] cut = Arrays.copyOf(text, 1 + random.nextInt(text.length));
        for (byte[] damaged : List.of(text, cut)) {
            try {
                assertThat(JsonReader.parse(damaged, "a.json", "").toString()).isNotEmpty();
            } catch (ModelException.Invalid refused) {
                assertThat(refused.problem().what()).startsWith("is ").doesNotContain("\n");
            }
        }
    }
}
