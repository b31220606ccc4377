package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;

/** The share of its inputs for which a class is the largest: three classifiers (None, 10) give votes (None, 10) of 0, 1/3, 2/3 or 1. */
public record Vote() implements ComputedLayer {
    static final Kind<Vote> KIND = Kind.of(
                    "Vote",
                    Vote.class,
                    Kind.Family.MERGE,
                    "Each input votes for its largest class.",
                    new Kind.Example("", "(None, 4)", "(None, 4)", "(None, 4)"))
            .ours();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return Arity.TWO_OR_MORE;
    }

    @Override
    public MaskRule masks() {
        return new Merged();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        for (TensorSpec input : inputs) {
            if (!shape.accepts(input.shape()) || shape.rank() < 2) {
                throw new Misfit(
                        "needs equal shapes with classes on the last axis, received " + shape + " and " + input.shape(),
                        "Vote among classifiers with the same classes.");
            }
        }
        return Shapes.floats(shape);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        int classes = (int) inputs.get(0).size(-1);
        float[] votes = new float[(int) inputs.get(0).length()];
        for (Array input : inputs) {
            float[] values = input.values();
            for (int row = 0; row < values.length; row += classes) {
                int best = row;
                for (int i = row + 1; i < row + classes; i++) {
                    best = values[i] > values[best] ? i : best;
                }
                votes[best] += 1f / inputs.size();
            }
        }
        return List.of(Array.of(votes, inputs.get(0).sizes()));
    }
}
