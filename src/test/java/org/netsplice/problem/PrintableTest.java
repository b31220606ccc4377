package org.netsplice.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatCanBeShownStays() {
        for (String text : List.of(
                "",
                "conv2d_1 (Conv2D)",
                "größe",
                "слой 层 ชั้น שכבה طبقة",
                "क्\u200Dष",
                "👩\u200D🔬",
                "≤ 3 × ∞",
                "\uE000")) {
            assertThat(Printable.text(text)).isEqualTo(text);
        }
    }

    @Test
    void whatActsOnTheTerminalIsWrittenAsJsonWritesIt() {
        assertThat(Printable.text("\u001B[2J")).isEqualTo("\\u001b[2J");
        assertThat(Printable.text("a\nb\r\tc")).isEqualTo("a\\nb\\r\\tc");
        assertThat(Printable.text("\u0000\u007F\u009B1m")).isEqualTo("\\u0000\\u007f\\u009b1m");
        assertThat(Printable.text("\u202Egnp.exe")).isEqualTo("\\u202egnp.exe");
        assertThat(Printable.text("\u2066\u2069\u200F\u061C\uFEFF\u2028"))
                .isEqualTo("\\u2066\\u2069\\u200f\\u061c\\ufeff\\u2028");
        assertThat(Printable.text("\uD800x\uDC00")).isEqualTo("\\ud800x\\udc00");
        assertThat(Printable.text(Character.toString(0xE0041))).isEqualTo("\\udb40\\udc41");
        assertThat(Printable.text("\uFFFE" + Character.toString(0x1FFFF))).isEqualTo("\\ufffe\\ud83f\\udfff");
    }

    @Test
    void longNamesLoseTheirMiddle() {
        assertThat(Printable.name("x".repeat(200))).hasSize(200);
        assertThat(Printable.name("a" + "x".repeat(2_000_000) + "z"))
                .isEqualTo("a" + "x".repeat(99) + "…" + "x".repeat(98) + "z");
        String pair = "👩";
        assertThat(Printable.name("x".repeat(99) + pair + "y".repeat(500) + pair + "z".repeat(98)))
                .isEqualTo("x".repeat(99) + "…" + "z".repeat(98));
    }

    @Property
    void everythingIsShownAndNothingTwice(@ForAll String text) {
        String shown = Printable.text(text);
        assertThat(shown.codePoints().allMatch(Printable::shows)).isTrue();
        assertThat(Printable.text(shown)).isEqualTo(shown);
        assertThat(Printable.name(text).codePoints().allMatch(Printable::shows)).isTrue();
    }

    @Test
    void problemsQuoteNothingRaw() {
        Problem problem = Problem.error(
                new Where.InFile("\u001B[2J", "a\nb"),
                "holds \"\u202E" + "x".repeat(1 << 20) + "\"",
                "Save \u0007 it.");
        assertThat(problem.text().lines()).hasSize(2);
        assertThat(problem.text())
                .startsWith("\\u001b[2J, a\\nb: holds \"\\u202exxx")
                .endsWith("Save \\u0007 it.");
        assertThat(problem.text()).hasSizeLessThan(5000);
    }
}
