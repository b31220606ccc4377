package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;

/**
 * A layer that is drawn, moved and kept, but cannot be computed: unknown, custom, or holding code.
 *
 * @param className the class name in the file
 * @param config the whole object of the file, never evaluated
 * @param reason why it cannot be computed
 * @param known what the file says about its outputs; empty when it says nothing
 * @param outputCount the number of outputs that other layers read
 * @param kept the shapes of the weights found for it
 */
public record Opaque(
        String className, Json config, String reason, List<TensorSpec> known, int outputCount, List<WeightSpec> kept)
        implements Layer {

    /** The same layer with weights of these shapes. */
    public Opaque holding(List<WeightSpec> specs) {
        return new Opaque(className, config, reason, known, outputCount, specs);
    }

    /** The same layer with one output of this shape and type. */
    public Opaque giving(TensorSpec output) {
        return new Opaque(className, config, reason, List.of(output), 1, kept);
    }

    @Override
    public Arity arity() {
        return Arity.ANY;
    }

    @Override
    public boolean casts() {
        return false;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (known.size() < outputCount) {
            throw new Misfit("the shape of its output is not known, because " + reason, "Replace or remove it.");
        }
        return known;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return kept;
    }

    @Override
    public Optional<String> obstacle() {
        return Optional.of(reason);
    }
}
