package org.netsplice.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Keras' dtype policy: the types in which a layer computes and keeps its weights. {@code mixed_float16} computes in float16 with
 * weights in float32.
 *
 * @param name the name in Keras, such as {@code float32}
 * @param compute the type to which a layer casts its floating-point inputs, and which its results have
 */
public record Policy(String name, DType compute) {
    /** Keras' default. */
    public static final Policy FLOAT32 = new Policy("float32", DType.FLOAT32);

    /** The policy of this name; of a quantized policy, the one it was made from; float32 for an unknown name. */
    public static Policy named(String name) {
        String plain = name.replaceFirst("^.*_from_", "");
        return DType.named(plain.replaceFirst("^mixed_", ""))
                .filter(type -> type.floating() && type != DType.FLOAT32)
                .map(type -> new Policy(plain, type))
                .orElse(FLOAT32);
    }

    /** The inputs as a layer computes with them: floating-point inputs in the type of this policy. */
    public List<TensorSpec> given(Layer layer, List<TensorSpec> inputs) {
        return layer.casts() ? with(inputs, compute, true) : inputs;
    }

    /** The outputs in the type of this policy, where the rule of the layer says float32. */
    public List<TensorSpec> gives(Layer layer, List<TensorSpec> outputs) {
        return layer.casts() && compute != DType.FLOAT32 ? with(outputs, compute, false) : outputs;
    }

    private static List<TensorSpec> with(List<TensorSpec> specs, DType type, boolean every) {
        List<TensorSpec> changed = new ArrayList<>();
        for (TensorSpec spec : specs) {
            boolean other = every ? spec.dtype().floating() && spec.dtype() != type : spec.dtype() == DType.FLOAT32;
            changed.add(other ? new TensorSpec(spec.shape(), type) : spec);
        }
        return changed;
    }
}
