package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** A vector as every step of a sequence: {@code RepeatVector(4)} turns (None, 32) into (None, 4, 32). */
public record RepeatVector(int n) implements ComputedLayer {
    static final Kind<RepeatVector> KIND = Kind.of(
                    "RepeatVector",
                    RepeatVector.class,
                    Kind.Family.RESHAPING,
                    "Repeats a vector as the steps of a sequence.",
                    new Kind.Example("n=3", "(None, 4)"))
            .settings(Setting.integer("n", 2, 1, "Number of repetitions."))
            .requires("n")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.exactly(inputs, 2);
        return List.of(inputs.get(0).with(Shape.of(shape.size(0), n, shape.size(1))));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array step =
                inputs.get(0).reshape(inputs.get(0).size(0), 1, inputs.get(0).size(1));
        return List.of(Arranging.repeat(step, 1, n));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = inputs.get(0);
        OnnxValue step = onnx.insert(x, 1);
        Shape shape = Shape.of(x.size(0), n, x.size(1));
        return List.of(onnx.node("Tile", Map.of(), x.type(), shape, step, onnx.integers(1, n, 1)));
    }
}
