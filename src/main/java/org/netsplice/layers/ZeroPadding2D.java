package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Zeros around an image: {@code ZeroPadding2D(1)} turns (None, 8, 8, 3) into (None, 10, 10, 3). */
public record ZeroPadding2D(List<Integer> padding, DataFormat dataFormat) implements ComputedLayer {
    static final Kind<ZeroPadding2D> KIND = Kind.of(
                    "ZeroPadding2D",
                    ZeroPadding2D.class,
                    Kind.Family.RESHAPING,
                    "Puts zeros around an image.",
                    new Kind.Example("padding=[[1, 2], [0, 3]]", "(None, 4, 5, 2)"))
            .with(
                    Setting.borders("padding", 1, "Rows above and below, columns left and right."),
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
                        image -> image.with(1, grown(image.size(1), padding.get(0), padding.get(1)))
                                .with(2, grown(image.size(2), padding.get(2), padding.get(3))))));
    }

    private static long grown(long size, int before, int after) {
        return size == Shape.UNKNOWN ? size : size + before + after;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        long[] before = {0, padding.get(0), padding.get(2), 0};
        long[] after = {0, padding.get(1), padding.get(3), 0};
        return List.of(dataFormat.compute(inputs.get(0), x -> Arranging.pad(x, before, after, 0)));
    }
}
