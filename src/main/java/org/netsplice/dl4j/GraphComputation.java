package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.ops.Watch;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/**
 * DL4J's graph as an engine.
 *
 * @param given the types of the inputs, in order
 * @param types those of the outputs
 */
record GraphComputation(ComputationGraph network, List<DType> given, List<DType> types) implements Computation {

    @Override
    public List<Tensor> compute(List<Tensor> inputs, Progress progress) {
        INDArray[] results = output(inputs, progress);
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            outputs.add(Numbers.tensor(results[i], types.get(i)));
        }
        return outputs;
    }

    @Override
    public String engine() {
        return "DL4J";
    }

    private INDArray[] output(List<Tensor> inputs, Progress progress) {
        INDArray[] arrays = new INDArray[inputs.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = Numbers.array(inputs.get(i), given.get(i));
        }
        try {
            return Watch.over(() -> progress.at(-1, "Predicting"), () -> network.output(false, arrays));
        } catch (ModelException | Stopped problem) {
            throw problem;
        } catch (OutOfMemoryError | RuntimeException problem) {
            if (MemoryShortage.caused(problem) || nativeShortage(problem)) {
                throw new ModelException.CannotPredict(
                        MemoryShortage.problem(
                                Where.NOWHERE, "the engine has used up the memory", "Use a smaller batch."),
                        problem);
            }
            throw new ModelException.CannotPredict(
                    Problem.error(
                            Where.NOWHERE,
                            "the engine failed: " + problem.getMessage(),
                            "Use a smaller batch; if that does not help, report it with the model."),
                    problem);
        }
    }

    /** Whether native code got no memory. */
    private static boolean nativeShortage(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        return message.contains("bad_alloc") || message.contains("Cannot allocate");
    }
}
