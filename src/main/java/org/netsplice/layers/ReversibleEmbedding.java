package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Linear;

/** An embedding that also goes back: (None, 20) becomes (None, 20, 64), and called with {@code reverse} (None, 20, 64) becomes scores (None, 20, 1000). */
public record ReversibleEmbedding(
        int inputDim,
        int outputDim,
        boolean maskZero,
        boolean tieWeights,
        Optional<Double> logitSoftCap,
        Arguments call)
        implements ComputedLayer {
    static final Kind<ReversibleEmbedding> KIND = Kind.of(
                    "ReversibleEmbedding",
                    ReversibleEmbedding.class,
                    Kind.Family.CORE,
                    "Replaces whole numbers by learned vectors, and vectors by scores.",
                    new Kind.Example("input_dim=5, output_dim=3", "(None, 4)"))
            .settings(
                    Setting.integer(
                            "input_dim", 1000, 1, "How many numbers there are; each is 0 or more and below this."),
                    Setting.integer("output_dim", 64, 1, "Size of the vectors."),
                    Setting.flag("mask_zero", false, "Whether the number 0 marks a step to skip."),
                    Setting.flag("tie_weights", true, "Whether both directions use the same table."),
                    Setting.optionalReal("logit_soft_cap", "Soft limit of the scores; empty for none."))
            .parameters(Parameter.values("inputs", "reverse"))
            .requires("input_dim", "output_dim")
            .build();

    private Embedding forwards() {
        return new Embedding(inputDim, outputDim, maskZero);
    }

    private boolean reverse() {
        return call.flag("reverse");
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return reverse() ? MaskRule.DROPPED : forwards().masks();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (!reverse()) {
            return forwards().outputs(inputs);
        }
        Shape shape = Shapes.atLeast(inputs, 2);
        if (shape.last() != outputDim) {
            throw new Misfit("needs vectors of size " + outputDim + " to go back, received " + shape, "");
        }
        return Shapes.floats(shape.with(-1, inputDim));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>(forwards().weights(inputs));
        if (!tieWeights) {
            specs.add(WeightSpec.trainable("reverse_embeddings", Initial.UNIFORM, outputDim, inputDim));
        }
        return specs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        if (!reverse()) {
            return forwards().forward(inputs, weights);
        }
        Array kernel = tieWeights ? Arranging.permute(weights.get(0), 1, 0) : weights.get(1);
        Array scores = Linear.dense(inputs.get(0), kernel, Optional.empty());
        return List.of(logitSoftCap
                .map(cap -> scores.map(
                        new Curve(v -> Math.tanh(v / cap) * cap, v -> 1 - Math.tanh(v / cap) * Math.tanh(v / cap))))
                .orElse(scores));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        if (!reverse()) {
            return forwards().write(onnx, inputs, weights);
        }
        OnnxValue kernel = tieWeights ? onnx.transpose(weights.get(0), 1, 0) : weights.get(1);
        OnnxValue scores = onnx.matmul(onnx.real(inputs.get(0)), kernel);
        return List.of(logitSoftCap
                .map(cap -> onnx.scale(onnx.each("Tanh", onnx.scale(scores, 1 / cap, 0)), cap, 0))
                .orElse(scores));
    }
}
