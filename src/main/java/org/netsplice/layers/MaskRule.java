package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.ops.Array;

/** What a layer makes of the masks that travel with its inputs; a mask is (batch, steps), 1 where a step counts and 0 where not. */
public interface MaskRule {

    /** The result has no mask; in Keras what layers do that do not support masking. */
    MaskRule DROPPED = new MaskRule() {
        @Override
        public boolean gives(List<Boolean> masked) {
            return false;
        }

        @Override
        public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
            throw new IllegalStateException("no mask");
        }
    };

    /** The first result has the mask of the first input. */
    MaskRule PASSED = new MaskRule() {
        @Override
        public boolean gives(List<Boolean> masked) {
            return !masked.isEmpty() && masked.get(0);
        }

        @Override
        public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
            return masks.get(0).orElseThrow();
        }
    };

    /** Whether the first result has a mask, when it is known which inputs have one. */
    boolean gives(List<Boolean> masked);

    /** The mask of the first result. */
    Array mask(List<Array> inputs, List<Optional<Array>> masks);
}
