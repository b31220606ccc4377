package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.netsplice.container.Half;
import org.netsplice.graph.DType;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;

/** Numbers become those of another type as NumPy and TensorFlow make them. */
class ElementTypesTest {

    private static long[] whole(DType type, double... values) {
        return ElementTypes.as(Array.of(values, values.length), type).wholes();
    }

    @Test
    void fractionsAreCutOffAndWhatDoesNotFitIsWrapped() {
        assertThat(whole(DType.UINT8, 300, -1, 2.9, -2.9)).containsExactly(44, 255, 2, 254);
        assertThat(whole(DType.INT8, 200, -129)).containsExactly(-56, 127);
        assertThat(whole(DType.INT32, 2147483647.0, 2147483648.0, Double.NaN, -2147483648.5))
                .containsExactly(Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE);
        assertThat(whole(DType.INT64, 1e18, 1e19)).containsExactly(1_000_000_000_000_000_000L, Long.MIN_VALUE);
        assertThat(whole(DType.BOOL, 0, -0.5, 2)).containsExactly(0, 1, 1);
        assertThat(ElementTypes.as(Array.of(new long[] {(1L << 40) + 5}, 1), DType.INT32)
                        .wholes())
                .containsExactly(5);
    }

    @Property
    void float16IsTheNearestOfItsNumbers(@ForAll short bits, @ForAll float value) {
        float exact = Half.toFloat(bits);
        if (!Float.isNaN(exact)) {
            assertThat(ElementTypes.float16(exact)).isEqualTo(exact);
        }
        assertThat((float) ElementTypes.float16(value)).isEqualTo(Half.toFloat(Half.of(value)));
    }

    @Test
    void roundingIsToEven() {
        assertThat(ElementTypes.float16(2049)).isEqualTo(2048);
        assertThat(ElementTypes.float16(2051)).isEqualTo(2052);
        assertThat(ElementTypes.float16(65519)).isEqualTo(65504);
        assertThat(ElementTypes.float16(65520)).isInfinite();
        assertThat(ElementTypes.float16(0x1p-25)).isZero();
        assertThat(ElementTypes.float16(0x1.8p-25)).isEqualTo(0x1p-24);
        assertThat(ElementTypes.bfloat16(257)).isEqualTo(256);
        assertThat(ElementTypes.bfloat16(259)).isEqualTo(260);
        assertThat(ElementTypes.bfloat16(Double.NEGATIVE_INFINITY)).isInfinite();
    }

    @Test
    void commonTypesAreThoseOfKeras() {
        assertThat(ElementTypes.common(DType.UINT8, DType.INT8)).isEqualTo(DType.INT16);
        assertThat(ElementTypes.common(DType.UINT32, DType.INT32)).isEqualTo(DType.INT64);
        assertThat(ElementTypes.common(DType.UINT8, DType.UINT32)).isEqualTo(DType.UINT32);
        assertThat(ElementTypes.common(DType.UINT64, DType.INT8)).isEqualTo(DType.FLOAT32);
        assertThat(ElementTypes.common(DType.INT64, DType.FLOAT16)).isEqualTo(DType.FLOAT16);
        assertThat(ElementTypes.common(DType.FLOAT16, DType.BFLOAT16)).isEqualTo(DType.FLOAT32);
        assertThat(ElementTypes.common(DType.FLOAT32, DType.FLOAT64)).isEqualTo(DType.FLOAT64);
        assertThat(ElementTypes.common(DType.BOOL, DType.INT8)).isEqualTo(DType.INT8);
    }
}
