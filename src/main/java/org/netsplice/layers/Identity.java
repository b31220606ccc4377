package org.netsplice.layers;

import java.util.List;
import java.util.Set;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.ops.Array;

/** Passes its input on unchanged, and so the shape (None, 8). */
public record Identity() implements ComputedLayer {
    static final Kind<Identity> KIND = Kind.of(
                    "Identity", Identity.class, Kind.Family.CORE, "Changes nothing.", new Kind.Example("", "(None, 4)"))
            .alsoNamed("TFDIdentity")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return MaskRule.PASSED;
    }

    @Override
    public boolean returnsInput() {
        return true;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.KEEPS_PROBABILITIES);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return inputs;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return Axes.kept(inputs);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return inputs;
    }
}
