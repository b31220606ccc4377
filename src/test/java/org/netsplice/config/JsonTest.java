package org.netsplice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.netsplice.problem.ModelException;

class JsonTest {

    @Test
    void theTextOfAMapIsTheSameInEveryRun() {
        assertThat(Json.of(Map.of("f", 1, "b", 2, "e", 3, "a", 4, "d", 5, "c", 6))
                        .toString())
                .isEqualTo("{\"a\":4,\"b\":2,\"c\":6,\"d\":5,\"e\":3,\"f\":1}");
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("z", 1);
        ordered.put("a", 2);
        assertThat(Json.of(ordered).toString()).isEqualTo("{\"z\":1,\"a\":2}");
    }

    @Test
    void looseValuesAreReadAsPythonReadsThem() {
        assertThat(Json.of(1).flag()).isTrue();
        assertThat(Json.of(0).flag()).isFalse();
        assertThat(Json.of(64.0).integer()).isEqualTo(64);
        assertThat(Json.of("0.5").number()).isEqualTo(0.5);
        assertThat(Json.of("-1e-3").number()).isEqualTo(-0.001);
        assertThat(Json.of("-Infinity").number()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void whatIsNoSuchValueIsWrong() {
        assertWrong(() -> Json.of("True").flag(), "expected true or false, received \"True\"");
        assertWrong(() -> Json.of("64").integer(), "expected a whole number, received \"64\"");
        assertWrong(() -> Json.of(0.5).integer(), "expected a whole number, received 0.5");
        assertWrong(() -> Json.of("0x10").number(), "expected a number, received \"0x10\"");
        assertWrong(() -> Json.of("1f").number(), "expected a number, received \"1f\"");
        assertWrong(() -> Json.of("").number(), "expected a number, received \"\"");
    }

    private static void assertWrong(ThrowingCallable reading, String what) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ModelException.Invalid.class,
                        problem -> assertThat(problem.problem().what()).isEqualTo(what));
    }

    @Test
    void jsonThatWasEncodedTwiceIsReadOnceMore() {
        assertThat(parsed("\"{\\\"a\\\": 1}\"").get("a").integer()).isEqualTo(1);
        assertThat(parsed("\"a text\"").text()).isEqualTo("a text");
        assertThatThrownBy(() -> parsed("\"{a\"")).isInstanceOf(ModelException.Invalid.class);
    }

    private static Json parsed(String text) {
        return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), "file.json", "");
    }
}
