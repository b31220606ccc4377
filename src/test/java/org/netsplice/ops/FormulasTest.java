package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Formulas that are too long for a plain loop; the values are those of Keras 3.15, TensorFlow 2.21 and NumPy 2. */
class FormulasTest {
    private static final Array IMAGE = Array.of(new float[] {1, 4, 2, 8, 5, 7}, 1, 2, 3, 1);

    /** A 2 × 3 image made 3 × 2 without and with antialiasing, and the first row when it is made 4 × 6. */
    private static final Map<Resampling.Method, float[][]> RESIZED = Map.of(
            Resampling.Method.NEAREST, new float[][] {{1, 2, 8, 7, 8, 7}, {1, 2, 8, 7, 8, 7}, {1, 1, 4, 4, 2, 2}},
            Resampling.Method.BILINEAR,
                    new float[][] {
                        {1.75f, 2.5f, 4.5f, 4.5f, 7.25f, 6.5f},
                        {2.125f, 2.75f, 4.5f, 4.5f, 6.875f, 6.25f},
                        {1, 1.75f, 3.25f, 3.5f, 2.5f, 2}
                    },
            Resampling.Method.BICUBIC,
                    new float[][] {
                        {1.2327148f, 2.1744857f, 4.5f, 4.5f, 7.7672853f, 6.8255134f},
                        {1.8181773f, 2.5992026f, 4.5f, 4.5f, 7.1818247f, 6.400799f},
                        {0.0709343f, 1.1036927f, 3.2920973f, 3.6333637f, 2.0826538f, 1.3512114f}
                    },
            Resampling.Method.LANCZOS3,
                    new float[][] {
                        {0.9796872f, 2.0741773f, 4.5f, 4.5f, 8.020313f, 6.925823f},
                        {1.6075642f, 2.5138907f, 4.5f, 4.5f, 7.3924356f, 6.4861097f},
                        {-0.8608912f, 0.6901836f, 3.1081042f, 3.6381068f, 1.8746823f, 0.6150472f}
                    },
            Resampling.Method.LANCZOS5,
                    new float[][] {
                        {0.8657803f, 2.0693111f, 4.5f, 4.5f, 8.13422f, 6.9306893f},
                        {1.5161111f, 2.479512f, 4.5f, 4.5f, 7.4838896f, 6.5204883f},
                        {-1.2912407f, 0.4721146f, 3.0144699f, 3.6498787f, 1.8060143f, 0.1902071f}
                    },
            Resampling.Method.GAUSSIAN,
                    new float[][] {
                        {2.1567707f, 2.7928367f, 4.5f, 4.5f, 6.8432283f, 6.2071624f},
                        {2.4684575f, 2.9417276f, 4.5f, 4.5f, 6.531542f, 6.0582714f},
                        {1.4607636f, 2.0622766f, 3.2792015f, 3.482297f, 2.7239928f, 2.3229845f}
                    },
            Resampling.Method.MITCHELLCUBIC,
                    new float[][] {
                        {1.6935145f, 2.484171f, 4.5f, 4.5f, 7.306487f, 6.5158296f},
                        {2.1327484f, 2.760551f, 4.5f, 4.5f, 6.8672533f, 6.2394495f},
                        {0.6853495f, 1.5654572f, 3.2143233f, 3.5067906f, 2.3921905f, 1.7799357f}
                    },
            Resampling.Method.AREA,
                    new float[][] {
                        {2, 2.6666667f, 4.5f, 4.5f, 7, 6.333333f},
                        {2, 2.6666667f, 4.5f, 4.5f, 7, 6.333333f},
                        {1, 1, 4, 4, 2, 2}
                    });

    @Test
    void imagesOfOtherSizes() {
        assertThat(RESIZED).containsOnlyKeys(Resampling.Method.values());
        RESIZED.forEach((method, expected) -> {
            for (int antialias = 0; antialias < 2; antialias++) {
                assertThat(Resampling.resize(IMAGE, 3, 2, method, antialias == 1)
                                .values())
                        .as(method + " " + antialias)
                        .containsExactly(expected[antialias], within(1e-5f));
            }
            Array large = Resampling.resize(IMAGE, 4, 6, method, false);
            assertThat(large.sizes()).containsExactly(1, 4, 6, 1);
            assertThat(Arranging.part(large, 1, 0, 1).values())
                    .as(method + " larger")
                    .containsExactly(expected[2], within(1e-5f));
        });
    }

    @Test
    void contrastOfTiles() {
        float[] pixels = {10, 200, 30, 40, 50, 60, 250, 80, 90, 100, 110, 0, 130, 140, 255, 160};
        float[] expected = {
            13.371722f,
            203.45013f,
            32.117126f,
            45.48885f,
            54.861553f,
            68.23328f,
            250.31364f,
            86.97868f,
            92.35237f,
            103.72458f,
            112.52411f,
            0,
            133.8422f,
            147.21391f,
            255,
            160.47797f
        };
        assertThat(Equalizing.adaptive(Array.of(pixels, 1, 4, 4, 1), 2, 2, 4).values())
                .containsExactly(expected, within(1e-4f));
    }

    @Test
    void hashesOfTensorflow() {
        assertThat(LongStream.of(0, 1, -5, 123456789).map(v -> Hashes.bin(v, 1000, List.of())))
                .containsExactly(735L, 849L, 816L, 306L);
        assertThat(LongStream.of(0, 1, -5, 123456789).map(v -> Hashes.bin(v, 1000, List.of(7L, 9L))))
                .containsExactly(30L, 933L, 498L, 117L);
    }

    @Test
    void frequenciesOfSignals() {
        Array signal = Array.of(new float[] {1, -2, 3, 0.5f, -1, 4, 2, -3}, 1, 8);
        Array found = Spectra.magnitudes(signal, new double[] {0, 0.5, 1, 0.5}, 2, 1);
        assertThat(found.sizes()).containsExactly(1, 5, 3);
        assertThat(found.values())
                .containsExactly(
                        new float[] {
                            1,
                            1,
                            3,
                            2.25f,
                            3.25f,
                            3.75f,
                            1.25f,
                            2.0155644f,
                            3.25f,
                            2.5f,
                            4.031129f,
                            1.5f,
                            2.5f,
                            4.031129f,
                            1.5f
                        },
                        within(1e-5f));
        assertThat(Spectra.melWeights(5, 3, 8000, 100, 3000).values())
                .containsExactly(
                        new float[] {0, 0, 0, 0.0312546f, 0.9687454f, 0, 0, 0, 0.8229475f, 0, 0, 0, 0, 0, 0},
                        within(1e-5f));
    }

    @Test
    void specialFunctions() {
        assertThat(Bessel.i0(0)).isEqualTo(1);
        assertThat(Bessel.i0(0.5)).isCloseTo(1.0634834, within(1e-7));
        assertThat(Bessel.i0(-2)).isCloseTo(2.2795853, within(1e-7));
        assertThat(Bessel.i0(10)).isCloseTo(2815.7166285, within(1e-6));
        assertThat(Erf.erf(0.5)).isCloseTo(0.5204998778, within(1e-10));
        assertThat(Erf.erfc(5)).isCloseTo(1.5374597944e-12, within(1e-21));
        assertThat(Erf.inverse(Erf.erf(0.7))).isCloseTo(0.7, within(1e-12));
    }
}
