package org.netsplice.keras;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

/** Finds the weights of layers in a file. */
interface WeightSource {

    /**
     * The weights of all layers that have any. Their number and shapes are checked, and nothing may be left over.
     *
     * @param needs what a layer needs; empty when it needs nothing or when that is not known
     * @throws org.netsplice.problem.ModelException.Invalid naming the first layer that differs
     */
    Map<WeightsId, Weights> read(List<Leaf> leaves, Function<Leaf, List<WeightSpec>> needs);
}
