package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Steps added to or taken from the ends of a sequence: {@code ZeroPadding1D(1)} turns (None, 8, 3) into (None, 10, 3). */
public record Border1D(boolean adds, List<Integer> padding, List<Integer> cropping, DataFormat dataFormat)
        implements ComputedLayer {
    static final Kind<Border1D> ZERO_PADDING = Kind.of(
                    "ZeroPadding1D",
                    Border1D.class,
                    Kind.Family.RESHAPING,
                    "Puts zeros before and after a sequence.",
                    new Kind.Example("padding=[1, 2]", "(None, 4, 2)"))
            .constant("adds", true)
            .constant("cropping", List.of(0, 0))
            .with(
                    Setting.ends("padding", 1, "Steps before and after."),
                    Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP));
    static final Kind<Border1D> CROPPING = Kind.of(
                    "Cropping1D",
                    Border1D.class,
                    Kind.Family.RESHAPING,
                    "Removes steps at the ends of a sequence.",
                    new Kind.Example("cropping=[1, 2]", "(None, 6, 2)"))
            .constant("adds", false)
            .constant("padding", List.of(0, 0))
            .constant("dataFormat", DataFormat.CHANNELS_LAST)
            .with(Setting.ends("cropping", 1, "Steps at the beginning and at the end."));

    @Override
    public Kind<?> kind() {
        return adds ? ZERO_PADDING : CROPPING;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(dataFormat.shape(Shapes.exactly(inputs, 3), sequence -> {
            long steps = sequence.size(1);
            long more = padding.get(0) + padding.get(1) - cropping.get(0) - (long) cropping.get(1);
            if (steps != Shape.UNKNOWN && steps + more <= 0) {
                throw new Misfit("would remove " + -more + " of " + steps + " steps", "Crop less.");
            }
            return sequence.with(1, steps == Shape.UNKNOWN ? steps : steps + more);
        })));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            if (adds) {
                return Arranging.pad(x, new long[] {0, padding.get(0), 0}, new long[] {0, padding.get(1), 0}, 0);
            }
            long[] to = {x.size(0), x.size(1) - cropping.get(1), x.size(2)};
            return Arranging.slice(x, new long[] {0, cropping.get(0), 0}, to);
        }));
    }
}
