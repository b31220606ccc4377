package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Array;

/** A layer applied to every step of a sequence: {@code TimeDistributed(Dense(8))} turns (None, 50, 4) into (None, 50, 8). */
public record TimeDistributed(ComputedLayer layer) implements ComputedLayer {
    static final Kind<TimeDistributed> KIND = Kind.of(
                    "TimeDistributed",
                    TimeDistributed.class,
                    Kind.Family.RECURRENT,
                    "Applies a layer to every step of a sequence.",
                    new Kind.Example("layer={\"class_name\": \"Dense\", \"config\": {\"units\": 3}}", "(None, 5, 2)"))
            .with(Inner.layer("layer", Dense.KIND.standard(), "The layer.", (layer, json) -> layer))
            .called("inputs")
            .ignores("mask")
            .oldWeights((layer, stored, origin) -> {
                ComputedLayer inner = ((TimeDistributed) layer).layer;
                return inner.kind().modern(inner, stored, origin);
            })
            .requires("layer");

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return MaskRule.PASSED;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 3);
        List<TensorSpec> results = layer.outputs(steps(inputs));
        if (results.size() != 1) {
            throw new Misfit("works with layers of one output, and " + layer.className() + " has several", "");
        }
        TensorSpec one = results.get(0);
        return List.of(one.with(Shapes.inserted(one.shape(), 1, shape.size(1))));
    }

    private static List<TensorSpec> steps(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(Shapes.without(inputs.get(0).shape(), 1)));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return layer.weights(steps(inputs)).stream()
                .map(spec -> spec.in("layer"))
                .toList();
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        long[] all = x.sizes();
        long[] flat = Arrays.copyOfRange(all, 1, all.length);
        flat[0] = all[0] * all[1];
        Array result = layer.forward(List.of(x.reshape(flat)), weights).get(0);
        long[] sizes = new long[result.rank() + 1];
        sizes[0] = all[0];
        System.arraycopy(result.sizes(), 0, sizes, 1, result.rank());
        sizes[1] = all[1];
        return List.of(result.reshape(sizes));
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        long steps = inputs.get(0).shape().size(1);
        return steps < 0 ? 0 : steps * layer.flops(steps(inputs), layer.outputs(steps(inputs)));
    }
}
