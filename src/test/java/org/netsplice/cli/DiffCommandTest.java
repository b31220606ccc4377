package org.netsplice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.testing.Fixtures;

/** Comparing two files. */
class DiffCommandTest extends CommandLineTests {
    private static final String TUNED =
            Fixtures.ROOT.resolve("digits/cnn_a_tuned/model.keras").toString();

    @Test
    void equalFilesGiveZeroAndDifferentOnesOne() {
        assertThat(run("diff", DIGITS, DIGITS))
                .isEqualTo(new Result(0, "no difference: 8 layers are equal, weights included\n", ""));
        Result result = run("diff", DIGITS, TUNED);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .hasSize(5)
                .contains("~ probabilities (Dense): kernel differs by up to 0.0350 (relative distance 0.0244);"
                        + " bias differs by up to 0.00811 (relative distance 0.0718)")
                .endsWith("4 layers are equal, 4 changed, 0 added, 0 removed");
    }

    @Test
    void jsonHoldsEveryLayer() {
        Result result = run("diff", DIGITS, TUNED, "--format", "json");
        assertThat(result.code()).isEqualTo(1);
        Json json = JsonReader.parse(result.out().getBytes(java.nio.charset.StandardCharsets.UTF_8), "", "");
        assertThat(json.get("equal").flag()).isFalse();
        assertThat(json.get("layers").items()).hasSize(8);
        Json conv = json.get("layers").items().get(1);
        assertThat(conv.get("status").text()).isEqualTo("changed");
        assertThat(conv.get("weights").items().get(0).get("greatest").number()).isBetween(0.017, 0.0172);
    }

    @Test
    void anUnknownFormatIsToldWithTheFormatsThereAre() {
        assertThat(run("diff", DIGITS, TUNED, "--format", "jsn").err())
                .startsWith("netsplice diff: --format cannot be \"jsn\"; did you mean json? Choose text, json");
    }
}
