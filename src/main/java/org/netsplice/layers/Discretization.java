package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;
import org.netsplice.ops.Tape;

/** The number of the interval a value lies in: {@code Discretization([0, 1])} turns (None, 4) into (None, 4) with numbers from 0 to 2. */
public record Discretization(List<Double> binBoundaries, Encoding outputMode) implements ComputedLayer {
    static final Kind<Discretization> KIND = Kind.of(
                    "Discretization",
                    Discretization.class,
                    Kind.Family.PREPROCESSING,
                    "Replaces values by the indices of their intervals.",
                    new Kind.Example("bin_boundaries=[-1, 0, 1]", "(None, 3)"))
            .settings(
                    Setting.list("bin_boundaries", List.of(0.0), "Boundaries of the intervals, in ascending order."),
                    Setting.choice("output_mode", Encoding.INT, Encoding.PLAIN, Encoding.HELP))
            .neverWrites("trainable")
            .requires("bin_boundaries")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        TensorSpec spec = outputMode.spec(inputs.get(0).shape(), binBoundaries.size() + 1);
        return List.of(outputMode == Encoding.INT ? new TensorSpec(spec.shape(), DType.INT32) : spec);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        float[] limits = new float[binBoundaries.size()];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = binBoundaries.get(i).floatValue();
        }
        Arrays.sort(limits);
        Array numbers = inputs.get(0).map(v -> {
            int below = 0;
            while (below < limits.length && limits[below] <= v) {
                below++;
            }
            return below;
        });
        Tape.obstacle("finding intervals", numbers, inputs.get(0));
        return List.of(outputMode.encode(numbers, limits.length + 1, Optional.empty()));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        double[] limits =
                binBoundaries.stream().mapToDouble(Double::floatValue).sorted().toArray();
        OnnxValue x = onnx.real(inputs.get(0));
        OnnxValue reached = onnx.compare(
                "GreaterOrEqual", onnx.insert(x, x.rank()), onnx.numbers(x.type(), Shape.of(limits.length), limits));
        OnnxValue numbers = limits.length == 0
                ? onnx.scale(x, 0, 0)
                : onnx.reduce("ReduceSum", onnx.cast(reached, DType.INT64), false, x.rank());
        return List.of(outputMode.write(onnx, numbers, limits.length + 1, Optional.empty()));
    }
}
