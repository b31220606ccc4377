package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;

/** Whole numbers as ones among zeros: {@code CategoryEncoding(5)} turns (None, 3) into (None, 5). */
public record CategoryEncoding(int numTokens, Encoding outputMode, Arguments call) implements ComputedLayer {
    static final Kind<CategoryEncoding> KIND = Kind.of(
                    "CategoryEncoding",
                    CategoryEncoding.class,
                    Kind.Family.PREPROCESSING,
                    "Encodes whole numbers as one-hot or count vectors.",
                    new Kind.Example("num_tokens=4, output_mode=count", "(None, 3)"))
            .settings(
                    Setting.integer("num_tokens", 10, 1, "Number of categories."),
                    Setting.choice("output_mode", Encoding.MULTI_HOT, Encoding.VECTORS, Encoding.HELP))
            .parameters(Parameter.values("inputs", "count_weights"))
            .requires("num_tokens")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public Arity arity() {
        return new Arity(1, 2);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(outputMode.spec(inputs.get(0).shape(), numTokens));
    }

    /** An entry for each category at each place, before places are joined. */
    @Override
    public long heldNumbers(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Layer.product(inputs.get(0).shape().elementsPerRow(), numTokens);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Optional<Array> counts = call.array("count_weights", 1, inputs);
        return List.of(outputMode.encode(inputs.get(0), numTokens, counts));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return List.of(outputMode.write(onnx, inputs.get(0), numTokens, call.value(onnx, "count_weights", 1, inputs)));
    }
}
