package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;

/** Layers without weights one after the other, seen as one: a Rescaling and a Resizing turn (None, 32, 32, 3) into (None, 16, 16, 3). */
public record Pipeline(List<ComputedLayer> layers) implements ComputedLayer {
    static final Kind<Pipeline> KIND = Kind.of(
                    "Pipeline",
                    Pipeline.class,
                    Kind.Family.INTERNAL,
                    "Several layers as one.",
                    new Kind.Example(
                            "layers=[{\"class_name\": \"Rescaling\", \"config\": {\"scale\": 0.5}}]", "(None, 3)"))
            .settings(InnerLayers.layers("layers", List.of(), "The layers, the first one first."))
            .neverWrites("trainable", "dtype")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<TensorSpec> present = inputs;
        for (ComputedLayer layer : layers) {
            if (!layer.weights(present).isEmpty() || layer.outputCount() != 1) {
                throw new Misfit("holds " + layer.className() + ", and layers with weights are not supported here", "");
            }
            present = layer.outputs(present);
        }
        return present;
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return layers.stream().anyMatch(layer -> layer.differsInTraining(trainable));
    }

    @Override
    public Optional<String> untrainable() {
        return layers.stream().flatMap(layer -> layer.untrainable().stream()).findFirst();
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        List<Array> present = inputs;
        for (ComputedLayer layer : layers) {
            present = layer.forwardTraining(present, List.of(), List.of(), pass).outputs();
        }
        return Trained.of(present);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        List<Array> present = inputs;
        for (ComputedLayer layer : layers) {
            present = layer.forward(present, List.of());
        }
        return present;
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        List<OnnxValue> present = inputs;
        for (ComputedLayer layer : layers) {
            present = layer.write(onnx, present, List.of(), List.of());
        }
        return present;
    }
}
