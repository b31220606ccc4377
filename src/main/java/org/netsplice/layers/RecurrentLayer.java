package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.ops.Array;
import org.netsplice.ops.Recurrent;

/** A layer that runs a cell along axis 1 of (batch, steps, …). Inputs are the sequence, then initial states and a mask where the call has them. */
public interface RecurrentLayer extends ComputedLayer {
    /** The parameters of a call. */
    List<String> PARAMETERS = List.of("sequences", "initial_state*", "mask");

    /** What makes a step. */
    RecurrentCell cell();

    /** How it runs. */
    Sequencing run();

    /** What it is called with. */
    Arguments call();

    /** The same layer running the other way. */
    RecurrentLayer reversed();

    @Override
    default int outputCount() {
        return run().returnState() ? 1 + cell().stateCount() : 1;
    }

    @Override
    default boolean joins() {
        return false;
    }

    @Override
    default Arity arity() {
        return call().plain() ? Arity.ONE : new Arity(call().count(), call().count());
    }

    @Override
    default List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 3);
        Shape step = step(shape);
        cell().weights(List.of(TensorSpec.of(step)));
        Shape result = cell().result(step);
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of(run().returnSequences() ? Shapes.inserted(result, 1, shape.size(1)) : result));
        List<Shape> states = cell().states(step);
        List<Integer> given = initial(inputs.size());
        if (!given.isEmpty() && given.size() != states.size()) {
            throw new Misfit("needs " + states.size() + " initial states, received " + given.size(), "");
        }
        for (int i = 0; i < given.size(); i++) {
            Shape state = inputs.get(given.get(i)).shape();
            if (!states.get(i).accepts(state)) {
                throw new Misfit("needs an initial state of shape " + states.get(i) + ", received " + state, "");
            }
        }
        if (run().returnState()) {
            states.forEach(state -> specs.add(TensorSpec.of(state)));
        }
        return specs;
    }

    private static Shape step(Shape sequence) {
        return Shapes.without(sequence, 1);
    }

    private List<Integer> initial(int inputs) {
        return call().rest("initial_state", 1, inputs);
    }

    @Override
    default List<WeightSpec> weights(List<TensorSpec> inputs) {
        return cell().weights(List.of(TensorSpec.of(step(inputs.get(0).shape())))).stream()
                .map(spec -> spec.in("cell"))
                .toList();
    }

    @Override
    default boolean readsMasks() {
        return true;
    }

    @Override
    default MaskRule masks() {
        return run().returnSequences() ? MaskRule.PASSED : MaskRule.DROPPED;
    }

    @Override
    default List<Array> forward(List<Array> inputs, List<Array> weights) {
        return forward(inputs, List.of(), weights);
    }

    @Override
    default List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        Array sequence = inputs.get(0);
        long[] sizes = sequence.sizes();
        long[] flat = new long[sizes.length - 1];
        flat[0] = sizes[0] * sizes[1];
        System.arraycopy(sizes, 2, flat, 1, flat.length - 1);
        Array prepared = cell().prepared(sequence.reshape(flat), weights);
        long[] stepped = new long[prepared.rank() + 1];
        stepped[0] = sizes[0];
        stepped[1] = sizes[1];
        System.arraycopy(prepared.sizes(), 1, stepped, 2, prepared.rank() - 1);
        Recurrent.Run how =
                new Recurrent.Run(call().mask(inputs, masks), run().goBackwards(), run().zeroOutputForMask());
        Recurrent.Result result = Recurrent.run(
                prepared.reshape(stepped), initial(inputs), how, (x, states) -> cell().step(x, states, weights));
        List<Array> outputs = new ArrayList<>();
        outputs.add(run().returnSequences() ? result.sequence() : result.last());
        if (run().returnState()) {
            outputs.addAll(result.states());
        }
        return outputs;
    }

    private List<Array> initial(List<Array> inputs) {
        List<Integer> given = initial(inputs.size());
        if (!given.isEmpty()) {
            return given.stream().map(inputs::get).toList();
        }
        Shape step = step(Shape.of(inputs.get(0).sizes()));
        return cell().states(step).stream()
                .map(state -> Array.zeros(state.sizes()))
                .toList();
    }
}
