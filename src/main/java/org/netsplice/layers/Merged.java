package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/** What Keras' element-wise merge layers make of masks: a step counts when it does in any input; a single input without a mask drops all. */
final class Merged implements MaskRule {
    @Override
    public boolean gives(List<Boolean> masked) {
        return masked.stream().allMatch(one -> one);
    }

    @Override
    public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
        return Arithmetic.fold(masks.stream().map(Optional::orElseThrow).toList(), Arithmetic::maximum);
    }
}
