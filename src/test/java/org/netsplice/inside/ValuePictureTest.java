package org.netsplice.inside;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.netsplice.export.Raster;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Numbers as pictures, and what they are like. */
class ValuePictureTest {
    private static final int DARK = ValuePicture.color(0);
    private static final int LIGHT = ValuePicture.color(1);

    @Test
    void colorsGoFromDarkToLight() {
        assertThat(DARK).isEqualTo(0xFF440154);
        assertThat(LIGHT).isEqualTo(0xFFFDE725);
        assertThat(ValuePicture.color(2)).isEqualTo(LIGHT);
        assertThat(ValuePicture.color(Double.NaN)).isEqualTo(0xFF808080);
    }

    @Test
    void channelsStandSideBySideEachOverItsOwnRange() {
        Tensor last = Tensor.of(Shape.of(2, 1, 2, 2), 9, 9, 9, 9, 0, 100, 1, 300);
        Raster raster = ValuePicture.of(last, 1, false);
        assertThat(raster.width()).isEqualTo(5);
        assertThat(raster.height()).isEqualTo(1);
        assertThat(raster.pixels()).containsExactly(DARK, LIGHT, 0, DARK, LIGHT);
        Tensor first = Tensor.of(Shape.of(1, 2, 1, 2), 0, 1, 300, 100);
        assertThat(ValuePicture.of(first, 0, true).pixels()).containsExactly(DARK, LIGHT, 0, LIGHT, DARK);
    }

    @Test
    void stepsByFeaturesAreOneMapAndNumbersAStrip() {
        Tensor steps = Tensor.of(Shape.of(1, 2, 3), 0, 1, 0, 1, 0, 1);
        assertThat(ValuePicture.of(steps, 0, false).pixels()).containsExactly(DARK, LIGHT, DARK, LIGHT, DARK, LIGHT);
        Raster strip = ValuePicture.of(Tensor.of(Shape.of(1, 5), 0, 1, 0, Float.NaN, 1), 0, false);
        assertThat(strip.width() * strip.height()).isGreaterThanOrEqualTo(5);
        assertThat(strip.pixels()).startsWith(DARK, LIGHT, DARK, 0xFF808080, LIGHT);
    }

    @Test
    void axesOfSizeZeroAndScalarsGiveAPictureToo() {
        assertThat(ValuePicture.of(Tensor.of(Shape.of(1, 0, 3)), 0, false).pixels())
                .isNotEmpty();
        assertThat(ValuePicture.of(Tensor.of(Shape.of(2), 1, 2), 1, false).pixels())
                .hasSize(1);
    }

    @Test
    void aMapDarkensThePictureUnderIt() {
        Tensor picture = Tensor.of(Shape.of(1, 2, 2, 1), 0, 1, 1, 1);
        Tensor map = Tensor.of(Shape.of(1, 1, 2), 0, 1);
        Raster raster = ValuePicture.under(picture, false, map, 0, 4);
        assertThat(raster.width()).isEqualTo(4);
        assertThat(raster.pixels()[0]).isEqualTo(0xFF000000);
        assertThat(raster.pixels()[3]).isEqualTo(0xFFFFFFFF);
        assertThat(raster.pixels()[8] & 0xFF).isEqualTo(Math.round(255 * 0.15f));
    }

    @Test
    void statisticsLeaveOutWhatIsNotFinite() {
        Statistics found = Statistics.of(Tensor.of(Shape.of(1, 5), 0, 1, 2, Float.NaN, Float.POSITIVE_INFINITY));
        assertThat(found.count()).isEqualTo(5);
        assertThat(found.least()).isZero();
        assertThat(found.most()).isEqualTo(2);
        assertThat(found.mean()).isEqualTo(1);
        assertThat(found.deviation()).isCloseTo(Math.sqrt(2 / 3.0), Offset.offset(1e-12));
        assertThat(found.zeros()).isEqualTo(1);
        assertThat(found.notFinite()).isEqualTo(2);
        assertThat(found.bins()).hasSize(40).startsWith(1, 0).endsWith(0, 1);
        assertThat(Statistics.of(Tensor.of(Shape.of(1), Float.NaN)).notFinite()).isEqualTo(1);
    }
}
