package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Array;
import org.netsplice.ops.Recurrent;

/** One step of a recurrent layer. A cell is a layer too: its inputs are a step and the states, its outputs the result and the new states. */
public interface RecurrentCell extends ComputedLayer {

    /** The shapes of the states for steps (batch, …) of this shape. */
    List<Shape> states(Shape step);

    /** The shape of a step's result. */
    default Shape result(Shape step) {
        return states(step).get(0);
    }

    /** Computes for all steps (batch · steps, …) at once what does not depend on the states. */
    default Array prepared(Array steps, List<Array> weights) {
        return steps;
    }

    /** Computes one step from a {@link #prepared} input. */
    Recurrent.Step step(Array prepared, List<Array> states, List<Array> weights);

    /** The number of states. */
    int stateCount();

    @Override
    default boolean joins() {
        return false;
    }

    @Override
    default Arity arity() {
        return new Arity(1 + stateCount(), 1 + stateCount());
    }

    @Override
    default int outputCount() {
        return 1 + stateCount();
    }

    @Override
    default List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape step = inputs.get(0).shape();
        List<TensorSpec> specs = new ArrayList<>(List.of(TensorSpec.of(result(step))));
        List<Shape> states = states(step);
        for (int i = 0; i < states.size(); i++) {
            if (!states.get(i).accepts(inputs.get(i + 1).shape())) {
                throw new Misfit(
                        "needs a state of shape " + states.get(i) + ", received "
                                + inputs.get(i + 1).shape(),
                        "");
            }
            specs.add(TensorSpec.of(states.get(i)));
        }
        return specs;
    }

    @Override
    default List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array prepared = prepared(inputs.get(0), weights);
        Recurrent.Step step = step(prepared, inputs.subList(1, inputs.size()), weights);
        List<Array> outputs = new ArrayList<>(List.of(step.output()));
        outputs.addAll(step.states());
        return outputs;
    }

    /** The node of ONNX that runs this cell along a whole sequence; empty where there is none for its settings. */
    default Optional<OnnxSequences.Node> node(OnnxBuilder onnx, List<OnnxValue> weights) {
        return Optional.empty();
    }
}
