package org.netsplice.onnx;

import java.util.List;
import java.util.function.Function;

/** How calls of an operator of ONNX become layers. */
@FunctionalInterface
interface Operator {

    /**
     * Makes the layers of a call.
     *
     * @return its results in order; trailing ones may be missing when nothing reads them
     * @throws Untranslatable when no layers compute the same
     */
    List<Value> translate(Call call);

    /** An operator with one result. */
    static Operator one(Function<Call, Value> translation) {
        return call -> List.of(translation.apply(call));
    }
}
