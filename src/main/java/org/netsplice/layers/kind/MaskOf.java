package org.netsplice.layers.kind;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.netsplice.ops.Array;

/** A mask computed from the first input itself. */
public record MaskOf(UnaryOperator<Array> rule) implements MaskRule {
    @Override
    public boolean gives(List<Boolean> masked) {
        return true;
    }

    @Override
    public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
        return rule.apply(inputs.get(0));
    }
}
