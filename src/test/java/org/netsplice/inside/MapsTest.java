package org.netsplice.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.netsplice.export.Raster;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

class MapsTest {
    /** Rows of pictures whose numbers count up within each channel, so that a pixel tells its place. */
    private static Tensor pictures(int height, int width, int channels, boolean channelsFirst) {
        float[] values = new float[height * width * channels];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < height * width; i++) {
                values[channelsFirst ? channel * height * width + i : i * channels + channel] = i;
            }
        }
        return Tensor.of(
                channelsFirst ? Shape.of(1, channels, height, width) : Shape.of(1, height, width, channels), values);
    }

    @Property(tries = 100)
    void everyPixelOfTheSquareBelongsToTheMapThatIsFoundThere(
            @ForAll @IntRange(min = 1, max = 5) int height,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 9) int channels,
            @ForAll boolean channelsFirst) {
        Maps maps = Maps.of(pictures(height, width, channels, channelsFirst), 0, channelsFirst);
        assertThat(maps.count()).isEqualTo(channels);
        Raster all = maps.all();
        int seen = 0;
        for (int y = 0; y < all.height(); y++) {
            for (int x = 0; x < all.width(); x++) {
                int color = all.pixels()[y * all.width() + x];
                if (color != 0) {
                    OptionalInt map = maps.at(x, y);
                    assertThat(map).isPresent();
                    Raster one = maps.one(map.getAsInt());
                    int place = y % (height + 1) * width + x % (width + 1);
                    assertThat(one.pixels()[place]).isEqualTo(color);
                    double share = height * width == 1 ? 0.5 : place / (height * width - 1.0);
                    assertThat(color).isEqualTo(ValuePicture.color(share));
                    seen++;
                }
            }
        }
        assertThat(seen).isEqualTo(height * width * channels);
        assertThat(maps.at(all.width() + 1, 0)).isEmpty();
    }

    @Property(tries = 30)
    void enlargingMakesSquaresOfPixels(
            @ForAll @IntRange(min = 1, max = 4) int width, @ForAll @IntRange(min = 1, max = 20) int least) {
        Raster small = Maps.of(pictures(2, width, 1, false), 0, false).all();
        Raster large = ValuePicture.enlarged(small, least);
        int factor = large.width() / small.width();
        assertThat(large.width()).isGreaterThanOrEqualTo(least).isEqualTo(factor * small.width());
        for (int i = 0; i < large.pixels().length; i++) {
            int x = i % large.width() / factor;
            int y = i / large.width() / factor;
            assertThat(large.pixels()[i]).isEqualTo(small.pixels()[y * small.width() + x]);
        }
    }
}
