package org.netsplice.predict;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, 0", "1, 1", "0.97312, 0.9731", "0.5, 0.5", "-0.000000012, -1.2e-8", "0.00012345, 0.0001235",
        "12.3456, 12.35", "1234.56, 1235", "123456.7, 123457", "1.5e7, 1.5e7", "-3e38, -3e38", "100, 100",
                "NaN, not a number",
        "Infinity, infinite", "-Infinity, -infinite"
    })
    void asManyAsMatter(double value, String text) {
        assertThat(Digits.of(value)).isEqualTo(text);
    }

    @Property
    void theTextIsTheNumberToFourDigits(@ForAll @DoubleRange(min = -1e12, max = 1e12) double value) {
        double read = Double.parseDouble(Digits.of(value));
        assertThat(Math.abs(read - value)).isLessThanOrEqualTo(Math.max(Math.abs(value) * 6e-4, 0));
        assertThat(Digits.of(value)).doesNotMatch("-0\\.?0*");
    }
}
