package org.netsplice.layers;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.KindBuilder;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Cells added to or taken from the border: {@code ZeroPadding2D(1)} turns (None, 8, 8, 3) into (None, 10, 10, 3). */
public record Borders(
        boolean adds, int directions, List<Integer> padding, List<Integer> cropping, DataFormat dataFormat)
        implements ComputedLayer {
    static final List<Kind<Borders>> KINDS = IntStream.rangeClosed(1, 3)
            .boxed()
            .flatMap(directions -> Stream.of(padding(directions), cropping(directions)))
            .toList();

    private static Kind<Borders> padding(int directions) {
        return Kind.of(
                        "ZeroPadding" + directions + "D",
                        Borders.class,
                        Kind.Family.RESHAPING,
                        "Puts zeros around " + (directions == 1 ? "a sequence." : "an image."),
                        new Kind.Example("padding=2", Kernels.example(directions, 4, 2)))
                .constant("adds", true)
                .constant("directions", directions)
                .constant("cropping", Collections.nCopies(2 * directions, 0))
                .settings(
                        Setting.borders("padding", directions, 1, "Cells before and after in each direction."),
                        Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP))
                .build();
    }

    private static Kind<Borders> cropping(int directions) {
        KindBuilder<Borders> kind = Kind.of(
                        "Cropping" + directions + "D",
                        Borders.class,
                        Kind.Family.RESHAPING,
                        "Cuts cells off " + (directions == 1 ? "a sequence." : "an image."),
                        new Kind.Example("cropping=1", Kernels.example(directions, 4, 2)))
                .constant("adds", false)
                .constant("directions", directions)
                .constant("padding", Collections.nCopies(2 * directions, 0))
                .settings(Setting.borders(
                        "cropping", directions, directions == 1 ? 1 : 0, "Cells before and after in each direction."));
        return (directions == 1
                        ? kind.constant("dataFormat", DataFormat.CHANNELS_LAST)
                        : kind.settings(Setting.choice("data_format", DataFormat.CHANNELS_LAST, DataFormat.HELP)))
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(2 * (directions - 1) + (adds ? 0 : 1));
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(dataFormat.shape(Shapes.exactly(inputs, directions + 2), image -> {
            Shape changed = image;
            for (int i = 0; i < directions; i++) {
                changed = changed.with(i + 1, changed(image.size(i + 1), i));
            }
            return changed;
        })));
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    private long changed(long size, int direction) {
        int before = 2 * direction;
        long more =
                padding.get(before) + padding.get(before + 1) - cropping.get(before) - (long) cropping.get(before + 1);
        if (size != Shape.UNKNOWN && size + more <= 0) {
            throw new Misfit("would remove " + -more + " of " + size + " cells", "Crop less.");
        }
        return size == Shape.UNKNOWN ? size : size + more;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(dataFormat.compute(inputs.get(0), x -> {
            long[] before = new long[directions + 2];
            long[] after = new long[directions + 2];
            long[] end = x.sizes().clone();
            List<Integer> cells = adds ? padding : cropping;
            for (int i = 0; i < directions; i++) {
                before[i + 1] = cells.get(2 * i);
                after[i + 1] = cells.get(2 * i + 1);
                end[i + 1] -= after[i + 1];
            }
            return adds ? Arranging.pad(x, before, after, 0) : Arranging.slice(x, before, end);
        }));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        List<Integer> cells = adds ? padding : cropping;
        return List.of(dataFormat.write(onnx, inputs.get(0), x -> {
            long[] before = new long[directions + 2];
            long[] after = new long[directions + 2];
            OnnxValue cut = x;
            for (int i = 0; i < directions; i++) {
                before[i + 1] = cells.get(2 * i);
                after[i + 1] = cells.get(2 * i + 1);
                long end = after[i + 1] == 0 ? Long.MAX_VALUE : -after[i + 1];
                cut = adds || before[i + 1] + after[i + 1] == 0 ? cut : onnx.slice(cut, i + 1, before[i + 1], end);
            }
            return adds ? onnx.pad(x, before, after, 0) : cut;
        }));
    }
}
