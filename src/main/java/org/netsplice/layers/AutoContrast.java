package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Selecting;

/** Stretches every channel of an image to the whole range of values; the shape (None, 32, 32, 3) stays. */
public record AutoContrast(List<Double> valueRange) implements ComputedLayer {
    static final Kind<AutoContrast> KIND = Kind.of(
                    "AutoContrast",
                    AutoContrast.class,
                    Kind.Family.INTERNAL,
                    "Stretches every channel to the whole range of values.",
                    new Kind.Example("", "(None, 3, 4, 2)"))
            .settings(
                    Setting.reals("value_range", List.of(0.0, 255.0), "The smallest and the largest value of images."))
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
        return Shapes.floats(Shapes.exactly(inputs, 4));
    }

    /** A channel whose values are all equal passes unchanged. */
    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        double low = valueRange.get(0);
        double width = valueRange.get(1) - low;
        Array least = Reducing.over(x, true, Reducing.MINIMUM, 1, 2);
        Array most = Reducing.over(x, true, Reducing.MAXIMUM, 1, 2);
        Array spread = Arithmetic.subtract(most, least);
        Array share = Arithmetic.divide(
                Arithmetic.subtract(x, least), spread.map(new Curve(v -> v == 0 ? 1 : v, v -> v == 0 ? 0 : 1)));
        Array stretched =
                share.map(new Curve(v -> Math.min(Math.max(v, 0), 1) * width + low, v -> v >= 0 && v <= 1 ? width : 0));
        return List.of(Selecting.where(spread, stretched, x));
    }
}
