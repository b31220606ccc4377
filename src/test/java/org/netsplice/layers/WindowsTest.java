package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netsplice.config.Json;
import org.netsplice.dl4j.Engine;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.PlainLoops.Cells;
import org.netsplice.layers.PlainLoops.Moves;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;

/** Convolutions and pooling against {@link PlainLoops plain loops}: every small combination along a sequence, many of images and volumes. */
@Tag("slow")
class WindowsTest {
    private static final int[] SPACINGS = {1, 3};
    private static final String[] FORMATS = {"channels_last", "channels_first"};

    @BeforeAll
    static void start() {
        Engine.start();
    }

    /** A layer and what the definition says it computes; nothing where the window does not fit. */
    private static final class Case {
        private final Random random;
        private final int[] sizes;
        private final String padding;
        private final Moves moves;
        private final Map<String, Object> config = new LinkedHashMap<>();
        private int[] outputs;

        Case(long seed, String padding, int[] sizes, int[] kernel, int[] strides, int... dilation) {
            this.random = new Random(seed);
            this.sizes = sizes;
            this.padding = padding;
            this.moves = new Moves(kernel, strides, dilation, new int[sizes.length]);
            outputs = new int[sizes.length];
            for (int i = 0; i < sizes.length && outputs != null; i++) {
                int[] found = PlainLoops.outputAndBefore(padding, sizes[i], kernel[i], strides[i], dilation[i]);
                if (found == null) {
                    outputs = null;
                } else {
                    outputs[i] = found[0];
                    moves.before()[i] = found[1];
                }
            }
            config.put("strides", boxed(strides));
            config.put("padding", padding);
            config.put("data_format", FORMATS[(int) (seed & 1)]);
        }

        private static List<Integer> boxed(int... values) {
            return Arrays.stream(values).boxed().toList();
        }

        private Cells image(int channels) {
            int[] all = new int[sizes.length + 2];
            all[0] = 2;
            System.arraycopy(sizes, 0, all, 1, sizes.length);
            all[all.length - 1] = channels;
            return Cells.random(random, all);
        }

        private Cells kernel(int... last) {
            int[] all = Arrays.copyOf(moves.kernel(), sizes.length + 2);
            System.arraycopy(last, 0, all, sizes.length, 2);
            return Cells.random(random, all);
        }

        void convolution(int groups) {
            Cells x = image(2 * groups);
            Cells kernel = kernel(2, 3 * groups);
            convolving(3 * groups);
            config.put("groups", groups);
            check("Conv", "D", x, List.of(kernel), () -> PlainLoops.convolution(x, kernel, moves, groups, outputs));
        }

        void depthwise() {
            Cells x = image(3);
            Cells kernel = kernel(3, 2);
            convolving(0);
            config.put("depth_multiplier", 2);
            check("DepthwiseConv", "D", x, List.of(kernel), () -> PlainLoops.depthwise(x, kernel, moves, outputs));
        }

        void separable() {
            Cells x = image(3);
            Cells kernel = kernel(3, 2);
            int[] point = new int[sizes.length + 2];
            Arrays.fill(point, 1);
            point[sizes.length] = 6;
            point[sizes.length + 1] = 2;
            Cells mixing = Cells.random(random, point);
            convolving(2);
            config.put("depth_multiplier", 2);
            int[] ones = new int[sizes.length];
            Arrays.fill(ones, 1);
            Moves one = new Moves(ones, ones, ones, new int[sizes.length]);
            check(
                    "SeparableConv",
                    "D",
                    x,
                    List.of(kernel, mixing),
                    () -> PlainLoops.convolution(
                            PlainLoops.depthwise(x, kernel, moves, outputs), mixing, one, 1, outputs));
        }

        void transposed(Integer more) {
            Cells x = image(3);
            Cells kernel = kernel(2, 3);
            convolving(2);
            int[] larger = new int[sizes.length];
            for (int i = 0; i < larger.length; i++) {
                int reach = (moves.kernel()[i] - 1) * moves.dilation()[i] + 1;
                int stride = moves.strides()[i];
                boolean same = padding.equals("same");
                int all = (sizes[i] - 1) * stride + reach;
                larger[i] = more == null
                        ? same ? sizes[i] * stride : sizes[i] * stride + Math.max(reach - stride, 0)
                        : all + more - (same ? 2 * (reach / 2) : 0);
                moves.before()[i] = same ? Math.max(all - larger[i], 0) / 2 : 0;
            }
            outputs = Arrays.stream(larger).allMatch(size -> size > 0) ? larger : null;
            config.put(
                    "output_padding",
                    more == null
                            ? null
                            : IntStream.of(new int[sizes.length])
                                    .map(i -> more)
                                    .boxed()
                                    .toList());
            check("Conv", "DTranspose", x, List.of(kernel), () -> PlainLoops.transposed(x, kernel, moves, outputs));
        }

        void pooled(boolean maximum) {
            Cells x = image(2);
            config.put("pool_size", boxed(moves.kernel()));
            check(
                    maximum ? "MaxPooling" : "AveragePooling",
                    "D",
                    x,
                    List.of(),
                    () -> PlainLoops.pooled(x, maximum, moves, outputs));
        }

        private void convolving(int filters) {
            config.put("filters", filters);
            config.put("kernel_size", boxed(moves.kernel()));
            config.put("dilation_rate", boxed(moves.dilation()));
            config.put("use_bias", false);
        }

        private void check(
                String name, String end, Cells x, List<Cells> kernels, java.util.function.Supplier<Cells> definition) {
            Kind<?> kind = Layers.kind(name + sizes.length + end).orElseThrow();
            ComputedLayer layer = kind.read(Json.of(config));
            boolean first = config.get("data_format").equals("channels_first");
            Array image = array(x);
            List<TensorSpec> specs =
                    Shapes.of(List.of(first ? org.netsplice.ops.Arranging.channelsFirst(image) : image));
            String what = kind.id() + config + " of " + specs;
            if (outputs == null) {
                assertThat(refused(layer, specs)).as(what).isTrue();
                return;
            }
            Cells expected = definition.get();
            Shape shape = layer.outputs(specs).get(0).shape();
            Array result = layer.forward(
                            List.of(first ? org.netsplice.ops.Arranging.channelsFirst(image) : image),
                            kernels.stream().map(Case::array).toList())
                    .get(0);
            assertThat(result.sizes()).as(what).isEqualTo(shape.sizes());
            Array last = first ? org.netsplice.ops.Arranging.channelsLast(result) : result;
            assertThat(last.sizes()).as(what).isEqualTo(array(expected).sizes());
            float[] values = last.values();
            double scale =
                    1 + Arrays.stream(expected.values()).map(Math::abs).max().orElse(0);
            for (int i = 0; i < values.length; i++) {
                if (!(Math.abs(values[i] - expected.values()[i]) <= 1e-5 * scale)) {
                    throw new AssertionError(what + ": " + values[i] + " instead of " + expected.values()[i]);
                }
            }
        }

        private static boolean refused(ComputedLayer layer, List<TensorSpec> specs) {
            try {
                layer.outputs(specs);
                return false;
            } catch (Layer.Misfit misfit) {
                return true;
            }
        }

        private static Array array(Cells cells) {
            float[] values = new float[cells.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) cells.values()[i];
            }
            return Array.of(values, Arrays.stream(cells.sizes()).asLongStream().toArray());
        }
    }

    private interface Check {
        void of(Case one);
    }

    private static final List<Check> KINDS = List.of(
            one -> one.convolution(1),
            one -> one.convolution(2),
            Case::depthwise,
            Case::separable,
            one -> one.transposed(null),
            one -> one.transposed(0),
            one -> one.transposed(1),
            one -> one.pooled(true),
            one -> one.pooled(false));

    private static boolean apt(int kind, int directions, String padding, boolean dilated) {
        boolean convolution = kind <= 1 || kind == 3;
        return (convolution || !padding.equals("causal"))
                && (directions == 1 || !padding.equals("causal"))
                && (kind < 7 || !dilated)
                && (directions < 3 || (kind != 2 && kind != 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "same", "causal"})
    void everySmallWindowAlongASequence(String padding) {
        long seed = 0;
        for (int[] at : PlainLoops.places(9, 9, 9, SPACINGS.length)) {
            for (int kind = 0; kind < KINDS.size(); kind++) {
                int spacing = SPACINGS[at[3]];
                if (apt(kind, 1, padding, spacing > 1)) {
                    KINDS.get(kind)
                            .of(new Case(
                                    ++seed,
                                    padding,
                                    new int[] {at[0] + 1},
                                    new int[] {at[1] + 1},
                                    new int[] {at[2] + 1},
                                    spacing));
                }
            }
        }
        assertThat(seed).isGreaterThan(4_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void manyWindowsOverImagesAndVolumes(int directions) {
        Random random = new Random(directions);
        for (int i = 0; i < 1_500; i++) {
            int most = directions == 2 ? 9 : 5;
            int kind = i % KINDS.size();
            int spacing = random.nextInt(3) == 0 ? 3 : 1;
            Case one = new Case(
                    random.nextLong(),
                    random.nextBoolean() ? "same" : "valid",
                    some(random, directions, most),
                    some(random, directions, most),
                    some(random, directions, most),
                    some(random, directions, kind < 7 ? spacing : 1));
            if (apt(kind, directions, "", false)) {
                KINDS.get(kind).of(one);
            }
        }
    }

    private static int[] some(Random random, int count, int most) {
        return random.ints(count, 1, most + 1).toArray();
    }
}
