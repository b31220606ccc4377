package org.netsplice.dl4j;

import java.util.List;
import org.netsplice.graph.Tensor;
import org.netsplice.work.Progress;

/** An engine that computes the outputs of one network. */
@FunctionalInterface
public interface Computation {

    /**
     * Computes rows together.
     *
     * @param inputs the data of {@link CompiledNetwork#inputs}, in their order and shapes, of any type, all with as many rows
     * @return the outputs in the order of the document, of the types of {@link CompiledNetwork#outputTypes}
     * @throws org.netsplice.problem.ModelException.CannotPredict when the engine fails
     */
    List<Tensor> compute(List<Tensor> inputs, Progress progress);

    /** The engine that computed last, and why it was chosen where there was a choice, for people; empty when that is not known. */
    default String engine() {
        return "";
    }
}
