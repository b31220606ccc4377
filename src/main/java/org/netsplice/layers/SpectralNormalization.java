package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;

/** Wraps a layer whose kernel is normalized during training; predictions use the kernel as stored: with Dense(6) inside, (None, 4) into (None, 6). */
public record SpectralNormalization(ComputedLayer layer, int powerIterations) implements ComputedLayer {
    static final Kind<SpectralNormalization> KIND = Kind.of(
                    "SpectralNormalization",
                    SpectralNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Keeps the kernel of a layer at length 1 while training.",
                    new Kind.Example("layer={\"class_name\": \"Dense\", \"config\": {\"units\": 3}}", "(None, 2)"))
            .settings(
                    InnerLayers.layer("layer", Dense.KIND.standard(), "The layer.", (layer, json) -> layer),
                    Setting.integer("power_iterations", 1, 1, "Steps of training's estimate."))
            .requires("layer")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<TensorSpec> outputs = layer.outputs(inputs);
        weights(inputs);
        return outputs;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> inner = layer.weights(inputs);
        WeightSpec kernel = inner.stream()
                .filter(spec -> spec.name().equals("kernel") || spec.name().equals("embeddings"))
                .findFirst()
                .orElseThrow(() -> new Misfit("needs a layer with a kernel", "Choose another layer."));
        List<WeightSpec> specs = new ArrayList<>();
        inner.forEach(spec -> specs.add(spec.in("layer")));
        specs.add(WeightSpec.fixed("vector_u", Initial.ONES, 1, kernel.shape().last())
                .at(1));
        return specs;
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return layer.flops(inputs, outputs);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return layer.forward(inputs, weights.subList(0, weights.size() - 1));
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return true;
    }

    @Override
    public Optional<String> untrainable() {
        return Optional.of("renews the length of its kernel in training, which is not computed here");
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return layer.write(onnx, inputs, List.of(), weights.subList(0, weights.size() - 1));
    }
}
