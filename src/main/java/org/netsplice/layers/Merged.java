package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/**
 * How element-wise merge layers combine masks. In Keras 3 a step counts if it counts in any input, and a single input without a mask
 * drops the mask; in Keras 2 a step must count in every input that has a mask.
 */
record Merged(MaskPolicy policy) implements MaskRule {
    @Override
    public boolean gives(List<Boolean> masked) {
        return policy.old() ? masked.contains(true) : masked.stream().allMatch(one -> one);
    }

    @Override
    public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
        List<Array> present = masks.stream().flatMap(Optional::stream).toList();
        return Arithmetic.fold(present, policy.old() ? Arithmetic::minimum : Arithmetic::maximum);
    }

    @Override
    public OnnxValue write(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
        return masks.stream()
                .flatMap(Optional::stream)
                .reduce((one, two) -> onnx.logical(policy.old() ? "And" : "Or", one, two))
                .orElseThrow();
    }
}
