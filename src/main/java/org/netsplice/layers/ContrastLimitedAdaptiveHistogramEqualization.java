package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Equalizing;

/**
 * Equalizes the contrast of the tiles of an image; the shape (None, 32, 32, 3) stays. Values are truncated to whole levels from 0 to 255
 * first.
 */
public record ContrastLimitedAdaptiveHistogramEqualization(
        List<Double> valueRange, double clipLimit, List<Integer> tileGridSize, DataFormat dataFormat)
        implements ComputedLayer {
    private static final float LEVELS = 255;

    static final Kind<ContrastLimitedAdaptiveHistogramEqualization> KIND = Kind.of(
                    "ContrastLimitedAdaptiveHistogramEqualization",
                    ContrastLimitedAdaptiveHistogramEqualization.class,
                    Kind.Family.INTERNAL,
                    "Equalizes the contrast of the tiles of an image.",
                    new Kind.Example("tile_grid_size=[2, 2]", "(None, 4, 6, 2)"))
            .settings(
                    Setting.reals("value_range", List.of(0.0, 255.0), "The smallest and the largest value of images."),
                    Setting.real("clip_limit", 4, 0, "Limit of the contrast; 0 for none."),
                    Setting.sizes("tile_grid_size", 2, 8, "Tiles from top to bottom and from left to right."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (valueRange.size() != 2) {
            throw new Misfit("needs a range of two values", "Set value_range.");
        }
        Shape image = dataFormat.last(Shapes.exactly(inputs, 4));
        if (!inputs.get(0).dtype().floating()) {
            throw new Misfit("needs images of floating-point numbers", "Change the dtype of the input to float32.");
        }
        for (int axis = 1; axis <= 2; axis++) {
            int tiles = tileGridSize.get(axis - 1);
            long size = image.size(axis);
            long beyond = (size + tiles - 1) / tiles * tiles - size;
            if (size > 0 && beyond > size) {
                throw new Misfit("has more tiles than the image " + image + " has pixels", "Lower tile_grid_size.");
            }
        }
        return Shapes.floats(inputs.get(0).shape());
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        float low = valueRange.get(0).floatValue();
        float width = valueRange.get(1).floatValue() - low;
        if (low == 0 && width == LEVELS) {
            return List.of(equalized(inputs.get(0)));
        }
        Array levels = inputs.get(0).map(v -> ((float) v - low) / width * LEVELS);
        return List.of(equalized(levels).map(v -> (float) v / LEVELS * width + low));
    }

    private Array equalized(Array images) {
        return dataFormat.compute(
                images, x -> Equalizing.adaptive(x, tileGridSize.get(0), tileGridSize.get(1), clipLimit));
    }
}
