package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Array;

/** Where a nested model receives its input: passes (None, 28, 28, 1) on unchanged. Drawn as the InputLayer it is in the file. */
public record NestedInput() implements ComputedLayer {
    static final Kind<NestedInput> KIND = Kind.of(
                    "NestedInput",
                    NestedInput.class,
                    Kind.Family.INTERNAL,
                    "The entry of a nested model.",
                    new Kind.Example("", "(None, 4)"))
            .notInKeras()
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public String className() {
        return "InputLayer";
    }

    @Override
    public boolean returnsInput() {
        return true;
    }

    @Override
    public boolean casts() {
        return false;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return inputs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return inputs;
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return inputs;
    }
}
