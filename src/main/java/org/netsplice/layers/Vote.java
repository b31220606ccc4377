package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Arity;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Tape;

/** The share of its inputs for which a class is the largest: three classifiers (None, 10) give votes (None, 10) of 0, 1/3, 2/3 or 1. */
public record Vote() implements WrittenAsSteps {
    static final Kind<Vote> KIND = Kind.of(
                    "Vote",
                    Vote.class,
                    Kind.Family.MERGE,
                    "Each input votes for its class with the largest score.",
                    new Kind.Example("", "(None, 4)", "(None, 4)", "(None, 4)"))
            .notInKeras()
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return Arity.TWO_OR_MORE;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.PROBABILITIES);
    }

    @Override
    public MaskRule masks() {
        return new Merged(MaskPolicy.KERAS_3);
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
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        long classes = Shapes.known(inputs.get(0).shape(), inputs.get(0).shape().rank() - 1);
        List<Submodel.Step> steps = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            steps.add(StepBuilder.step("Argmax", Map.of("axis", -1, "keepdims", false), new Submodel.Place(-1, i)));
            steps.add(StepBuilder.step(
                    "OneHot",
                    Map.of("num_classes", classes, "axis", -1, "dtype", "float32", "sparse", false),
                    new Submodel.Place(steps.size() - 1, 0)));
            steps.add(StepBuilder.scaled(new Submodel.Place(steps.size() - 1, 0), 1.0 / inputs.size()));
        }
        return Optional.of(StepBuilder.added(steps));
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
        return List.of(Tape.obstacle("voting", Array.of(votes, inputs.get(0).sizes()), inputs.toArray(Array[]::new)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue sum = null;
        for (OnnxValue x : inputs) {
            int last = x.rank() - 1;
            OnnxValue best = onnx.node(
                    "ArgMax", Map.of("axis", last), DType.INT64, x.shape().with(last, 1), onnx.real(x));
            long classes = Shapes.known(x.shape(), last);
            OnnxValue all =
                    onnx.integers(java.util.stream.LongStream.range(0, classes).toArray());
            OnnxValue vote = onnx.cast(onnx.compare("Equal", best, all), DType.FLOAT32);
            sum = sum == null ? vote : onnx.add(sum, vote);
        }
        return List.of(onnx.scale(sum, 1.0 / inputs.size(), 0));
    }
}
