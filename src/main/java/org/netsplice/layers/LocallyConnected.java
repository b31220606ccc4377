package org.netsplice.layers;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Unshared;
import org.netsplice.ops.Window;

/**
 * A convolution of Keras 1 and 2 with a different kernel at every position: {@code LocallyConnected2D(4, 3)} turns (None, 8, 8, 2) into
 * (None, 6, 6, 4). Its three implementations compute the same from kernels that are stored in three ways, as
 * {@code tf_keras.layers.LocallyConnected2D} describes them.
 */
public record LocallyConnected(
        int directions,
        int filters,
        List<Integer> kernelSize,
        List<Integer> strides,
        Padding padding,
        DataFormat dataFormat,
        Activation activation,
        boolean useBias,
        int implementation)
        implements ComputedLayer {
    static final List<Kind<LocallyConnected>> KINDS =
            IntStream.rangeClosed(1, 2).mapToObj(LocallyConnected::kind).toList();

    private static final int LONGEST = 1_000_000;

    private static Kind<LocallyConnected> kind(int directions) {
        return Kind.of(
                        "LocallyConnected" + directions + "D",
                        LocallyConnected.class,
                        Kind.Family.INTERNAL,
                        "Convolves with a different kernel at every position.",
                        new Kind.Example("filters=4, kernel_size=3", Kernels.example(directions, 5, 2)))
                .constant("directions", directions)
                .settings(
                        Setting.integer("filters", 16, 1, "Number of output channels."),
                        Setting.sizes("kernel_size", directions, 3, Kernels.SIZES[directions - 1] + " of the kernels."),
                        Setting.sizes("strides", directions, 1, "Steps of the kernels."),
                        Setting.choice("padding", Padding.VALID, Padding.HELP),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP),
                        Activation.setting("activation", "Applied to the result."),
                        Setting.flag("use_bias", true, "Whether a bias is added."),
                        Setting.integer("implementation", 1, 1, "How the kernels are stored, 1, 2 or 3."))
                .requires("filters", "kernel_size")
                .shows("kernel_size", "#")
                .shows("filters", "# filters")
                .shows("strides", "stride #=")
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(directions - 1);
    }

    /** Sizes of the input without the batch, channels last. */
    private long[] image(List<TensorSpec> inputs) {
        Shape shape = dataFormat.last(Shapes.exactly(inputs, directions + 2));
        return IntStream.rangeClosed(1, directions + 1)
                .mapToLong(axis -> Shapes.known(shape, axis))
                .toArray();
    }

    private Shape moved(long... image) {
        Shape shape = Shape.of(Shape.UNKNOWN).plus(Shape.of(image));
        return Shapes.moved(shape, window()).with(-1, filters);
    }

    private Window window() {
        return Kernels.window(kernelSize, strides, Collections.nCopies(directions, 1), padding.border());
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        long[] image = image(inputs);
        if (implementation > 3 || (implementation == 1 && padding == Padding.SAME)) {
            throw new Misfit(
                    "has no implementation " + implementation + " with padding "
                            + padding.name().toLowerCase(java.util.Locale.ROOT),
                    "Choose implementation 2 or 3.");
        }
        if (Arrays.stream(image).anyMatch(size -> size > LONGEST)) {
            throw new Misfit("would have kernels at more than " + LONGEST + " places", "Use a smaller image.");
        }
        Shape batch = Shape.of(inputs.get(0).shape().size(0));
        return Shapes.floats(dataFormat.shape(
                inputs.get(0).shape(),
                any -> activation.shape(batch.plus(moved(image).axes(1, directions + 2)))));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        long[] image = image(inputs);
        long[] places = moved(image).axes(1, directions + 1).sizes();
        Shape out = Shape.of(places).plus(filters);
        Shape kernel = switch (implementation) {
            case 1 -> Shape.of(Shape.of(places).elements(), Kernels.cells(kernelSize) * image[directions], filters);
            case 2 -> stored(Shape.of(image)).plus(stored(out));
            default -> Shape.of(connections(image, places));
        };
        WeightSpec weight = WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, kernel.sizes());
        return useBias ? List.of(weight, WeightSpec.trainable("bias", Initial.ZEROS, out.sizes())) : List.of(weight);
    }

    /** Sizes without a batch in the order in which Keras stores them. */
    private Shape stored(Shape image) {
        Shape batched = Shape.of(1).plus(image);
        Shape ordered = dataFormat == DataFormat.CHANNELS_LAST ? batched : Shapes.channelsFirst(batched);
        return ordered.axes(1, ordered.rank());
    }

    private long connections(long[] image, long... places) {
        long count = Math.multiplyExact(image[directions], (long) filters);
        for (int i = 0; i < directions; i++) {
            int direction = i;
            long cells = IntStream.range(0, (int) places[i])
                    .mapToLong(place ->
                            Math.min(image[direction], (long) start(direction, place) + kernelSize.get(direction))
                                    - Math.max(0, start(direction, place)))
                    .sum();
            count = Math.multiplyExact(count, cells);
        }
        return count;
    }

    /** The first cell under the kernel of a position. With padding {@code same} the kernel is centred on the position, whatever the strides. */
    private int start(int direction, int place) {
        return place * strides.get(direction) - (padding == Padding.SAME ? kernelSize.get(direction) / 2 : 0);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        long[] image = image(Shapes.of(inputs));
        Window window = window();
        Unshared places = new Unshared(
                window.kernel(),
                window.strides(),
                IntStream.range(0, directions).map(i -> start(i, 0)).toArray(),
                image,
                moved(image).axes(1, directions + 2).sizes(),
                dataFormat == DataFormat.CHANNELS_LAST);
        Optional<Array> bias = useBias ? Optional.of(weights.get(1)) : Optional.empty();
        Array result = places.convolve(inputs.get(0), weights.get(0), bias, storage());
        return List.of(dataFormat.compute(result, activation::apply));
    }

    private Unshared.Storage storage() {
        return switch (implementation) {
            case 1 -> Unshared.Storage.DENSE;
            case 2 -> Unshared.Storage.ALL_PAIRS;
            default -> Unshared.Storage.SPARSE;
        };
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(
                2,
                Kernels.cells(kernelSize),
                image(inputs)[directions],
                outputs.get(0).shape().elementsPerRow());
    }
}
