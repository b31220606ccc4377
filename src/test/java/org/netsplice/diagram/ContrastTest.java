package org.netsplice.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every text of a picture can be read: contrast as WCAG 2.1 defines it. */
class ContrastTest {
    private static final double LEAST = 4.5;

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double luminance(int color) {
        return 0.2126 * linear(color >> 16 & 255) + 0.7152 * linear(color >> 8 & 255) + 0.0722 * linear(color & 255);
    }

    private static double contrast(int one, int two) {
        double a = luminance(one);
        double b = luminance(two);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static int over(int color, int alpha, int ground) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int part = ((color >> shift & 255) * alpha + (ground >> shift & 255) * (255 - alpha)) / 255;
            mixed |= part << shift;
        }
        return mixed;
    }

    @TestFactory
    Stream<DynamicTest> everyTextCanBeRead() {
        return Stream.of(Theme.LIGHT, Theme.DARK, Theme.CONTRAST, Theme.PAPER)
                .map(theme -> DynamicTest.dynamicTest("background " + Integer.toHexString(theme.background()), () -> {
                    for (Label.Tint tint : Label.Tint.values()) {
                        int ground = theme.tint(tint);
                        assertThat(contrast(Theme.on(ground), ground))
                                .as(tint.word())
                                .isGreaterThanOrEqualTo(LEAST);
                    }
                    for (int frame : theme.frames()) {
                        assertThat(contrast(Theme.on(frame), frame)).isGreaterThanOrEqualTo(LEAST);
                        int inside = over(frame, 0x14, theme.background());
                        assertThat(contrast(theme.text(), inside)).isGreaterThanOrEqualTo(LEAST);
                        assertThat(contrast(theme.text(), over(frame, 0x10, inside)))
                                .isGreaterThanOrEqualTo(LEAST);
                    }
                    for (int ground : List.of(theme.box(), theme.background(), theme.pill())) {
                        assertThat(contrast(theme.text(), ground)).isGreaterThanOrEqualTo(LEAST);
                    }
                    assertThat(contrast(theme.quiet(), theme.box())).isGreaterThanOrEqualTo(LEAST);
                    for (int mark : List.of(theme.warning(), theme.input())) {
                        assertThat(contrast(Theme.on(mark), mark)).isGreaterThanOrEqualTo(LEAST);
                    }
                }));
    }
}
