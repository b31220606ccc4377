package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Training;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Recurrent;
import org.netsplice.ops.Selecting;

/** A layer that runs a cell along axis 1 of (batch, steps, …). Inputs are the sequence, then initial states and a mask where the call has them. */
public interface RecurrentLayer extends ComputedLayer {
    /** The parameters of a call. */
    List<Parameter> PARAMETERS = List.of(
            Parameter.value("sequences"),
            Parameter.rest("initial_state"),
            Parameter.keyword("mask"),
            Training.PARAMETER);

    /** The cell that computes a step. */
    RecurrentCell cell();

    /** How it runs along the sequence. */
    Sequencing run();

    /** The arguments of the call. */
    Arguments call();

    /** The same layer running in the other direction. */
    RecurrentLayer reversed();

    @Override
    default Optional<String> caution() {
        return Training.cautionOfDropout(call()).or(run()::caution);
    }

    @Override
    default int outputCount() {
        return run().returnState() ? 1 + cell().stateCount() : 1;
    }

    @Override
    default List<Integer> lists() {
        return cell().lists();
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
        int steps = run().steps();
        Shape step = Shapes.without(shape, steps);
        cell().weights(List.of(TensorSpec.of(step)));
        Shape result = cell().result(step);
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of(run().returnSequences() ? Shapes.inserted(result, steps, shape.size(steps)) : result));
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

    private List<Integer> initial(int inputs) {
        List<Integer> others = call().rest("initial_state", 1, inputs);
        return others.subList(0, Math.max(0, others.size() - run().numConstants()));
    }

    @Override
    default List<WeightSpec> weights(List<TensorSpec> inputs) {
        Shape step = Shapes.without(inputs.get(0).shape(), run().steps());
        return cell().weights(List.of(TensorSpec.of(step))).stream()
                .map(spec -> spec.in("cell"))
                .toList();
    }

    /** Counts the products with the kernels in every step; a convolution applies its kernel at every position of the result. */
    @Override
    default long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Shape sequence = inputs.get(0).shape();
        Shape result = cell().result(Shapes.without(sequence, run().steps()));
        long places = Layer.product(result.elementsPerRow()) / Math.max(1, result.last());
        long numbers = 0;
        for (WeightSpec spec : weights(inputs)) {
            numbers = Math.addExact(
                    numbers, spec.shape().rank() < 2 ? 0 : spec.shape().elements());
        }
        return Layer.product(2, sequence.size(run().steps()), numbers, result.rank() == 2 ? 1 : places);
    }

    /** The products of all steps with the kernels of the inputs, which are made before the first step. */
    @Override
    default long heldNumbers(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Shape sequence = inputs.get(0).shape();
        Shape result = cell().result(Shapes.without(sequence, run().steps()));
        long places = Layer.product(result.elementsPerRow()) / Math.max(1, result.last());
        List<WeightSpec> weights = weights(inputs);
        long gates = weights.isEmpty() ? 0 : weights.get(0).shape().last();
        return Layer.product(sequence.size(run().steps()), gates, result.rank() == 2 ? 1 : places);
    }

    @Override
    default List<String> functions(WeightSpec weight) {
        return cell().functions(weight);
    }

    @Override
    default boolean readsMasks() {
        return true;
    }

    @Override
    default MaskRule masks() {
        return run().returnSequences() ? MaskRule.given(call()) : MaskRule.DROPPED;
    }

    @Override
    default Axes axes(List<TensorSpec> inputs) {
        if (inputs.get(0).shape().rank() != 3) {
            return Axes.FIXED;
        }
        Shape step = Shapes.without(inputs.get(0).shape(), run().steps());
        List<TensorSpec> given = new ArrayList<>(List.of(TensorSpec.of(step)));
        cell().states(step).forEach(state -> given.add(TensorSpec.of(state)));
        List<Axes.Bond> bonds = new ArrayList<>();
        for (Axes.Bond bond : cell().axes(given).bonds()) {
            List<Axes.Place> places = new ArrayList<>();
            bond.places().forEach(place -> placed(place, initial(inputs.size()), places));
            bonds.add(new Axes.Bond(bond.size(), places));
        }
        return new Axes(bonds);
    }

    /** A place of the cell's step as one of the whole sequence; none for states that the layer neither is given nor returns. */
    private void placed(Axes.Place place, List<Integer> initial, List<Axes.Place> into) {
        boolean sequence = place.index() == 0
                && (place.of() == Axes.Of.INPUT || (place.of() == Axes.Of.OUTPUT && run().returnSequences()));
        if (place.of() == Axes.Of.WEIGHT) {
            into.add(place);
        } else if (sequence) {
            into.add(place.of().at(0, 2));
        } else if (place.of() == Axes.Of.INPUT && !initial.isEmpty()) {
            into.add(Axes.Of.INPUT.at(initial.get(place.index() - 1), 1));
        } else if (place.of() == Axes.Of.OUTPUT && (place.index() == 0 || run().returnState())) {
            into.add(place);
        }
    }

    @Override
    default List<Array> forward(List<Array> inputs, List<Array> weights) {
        return forward(inputs, List.of(), weights);
    }

    @Override
    default List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        List<Array> states = initial(inputs.size()).stream().map(inputs::get).toList();
        return along(inputs.get(0), states, mask(call(), run().maskPolicy(), states, inputs, masks), weights);
    }

    @Override
    default List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return write(onnx, inputs, List.of(), weights);
    }

    @Override
    default List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        List<OnnxValue> states =
                initial(inputs.size()).stream().map(inputs::get).toList();
        Optional<OnnxValue> mask = mask(call(), run().maskPolicy(), states, inputs, masks);
        return OnnxSequences.along(onnx, this, inputs.get(0), states, mask, weights);
    }

    /** The mask given in the call, otherwise the one that travels with the sequence, which Keras 3 ignores when initial states are given. */
    static <T> Optional<T> mask(
            Arguments call, MaskPolicy policy, List<T> states, List<T> inputs, List<Optional<T>> masks) {
        boolean seen = states.isEmpty() || policy.old();
        return call.mask(inputs, seen ? masks : List.of());
    }

    /**
     * Runs the cell along a sequence.
     *
     * @param initial the states before the first step; zeros when empty
     * @param mask has the axes of batch and steps in the order of the sequence
     */
    default List<Array> along(Array given, List<Array> initial, Optional<Array> mask, List<Array> weights) {
        Array sequence = stepsSecond(given);
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
                new Recurrent.Run(mask.map(this::stepsSecond), run().goBackwards(), run().zeroOutputForMask());
        List<Array> states = initial.isEmpty() ? zeros(sizes) : initial;
        Recurrent.Result result =
                Recurrent.run(prepared.reshape(stepped), states, how, (x, before) -> cell().step(x, before, weights));
        List<Array> outputs = new ArrayList<>();
        outputs.add(run().returnSequences() ? stepsSecond(result.sequence()) : result.last());
        if (run().returnState()) {
            outputs.addAll(result.states());
        }
        return outputs;
    }

    /** Like {@link #along}, but masked steps of a full sequence are 0, as in Keras' Bidirectional. */
    default List<Array> zeroed(Array sequence, List<Array> initial, Optional<Array> mask, List<Array> weights) {
        List<Array> results = new ArrayList<>(along(sequence, initial, mask, weights));
        if (mask.isPresent() && run().returnSequences()) {
            int steps = run().steps();
            Array counted = run().goBackwards() ? Arranging.reversed(mask.get(), steps) : mask.get();
            long[] open = new long[results.get(0).rank()];
            Arrays.fill(open, 1);
            System.arraycopy(counted.sizes(), 0, open, 0, 2);
            results.set(0, Selecting.where(counted.reshape(open), results.get(0), Array.zeros(1)));
        }
        return results;
    }

    /** Swaps batch and steps if the steps come first. */
    private Array stepsSecond(Array x) {
        if (!run().timeMajor()) {
            return x;
        }
        int[] order = IntStream.range(0, x.rank()).toArray();
        order[0] = 1;
        order[1] = 0;
        return Arranging.permute(x, order);
    }

    private List<Array> zeros(long... sizes) {
        return cell().states(Shapes.without(Shape.of(sizes), 1)).stream()
                .map(state -> Array.zeros(state.sizes()))
                .toList();
    }
}
