package org.netsplice.layers.kind;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.netsplice.ops.Array;

/** A mask computed from the first input itself, and how it is written in ONNX. */
public record MaskOf(UnaryOperator<Array> rule, BiFunction<OnnxBuilder, OnnxValue, OnnxValue> nodes)
        implements MaskRule {
    @Override
    public boolean gives(List<Boolean> masked) {
        return true;
    }

    @Override
    public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
        return rule.apply(inputs.get(0));
    }

    @Override
    public OnnxValue write(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
        return nodes.apply(onnx, inputs.get(0));
    }
}
