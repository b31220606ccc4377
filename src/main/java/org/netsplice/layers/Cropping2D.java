package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** The border of an image removed: {@code Cropping2D(1)} turns (None, 8, 8, 3) into (None, 6, 6, 3). */
public record Cropping2D(List<Integer> cropping, DataFormat dataFormat) implements ComputedLayer {
    static final Kind<Cropping2D> KIND = Kind.of(
                    "Cropping2D",
                    Cropping2D.class,
                    Kind.Family.RESHAPING,
                    "Removes the border of an image.",
                    new Kind.Example("cropping=[[1, 0], [0, 2]]", "(None, 4, 5, 2)"))
            .with(
                    Setting.borders("cropping", 0, "Rows above and below, columns left and right."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP));

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0)
                .with(dataFormat.shape(
                        Shapes.exactly(inputs, 4),
                        image -> image.with(1, shrunk(image, 1, cropping.get(0) + cropping.get(1)))
                                .with(2, shrunk(image, 2, cropping.get(2) + cropping.get(3))))));
    }

    private static long shrunk(Shape image, int axis, int cells) {
        long size = image.size(axis);
        if (size != Shape.UNKNOWN && size <= cells) {
            throw new Misfit("would remove " + cells + " of " + size + " cells", "Crop less.");
        }
        return size == Shape.UNKNOWN ? size : size - cells;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            long[] from = {0, cropping.get(0), cropping.get(2), 0};
            long[] to = {x.size(0), x.size(1) - cropping.get(1), x.size(2) - cropping.get(3), x.size(3)};
            return Arranging.slice(x, from, to);
        }));
    }
}
