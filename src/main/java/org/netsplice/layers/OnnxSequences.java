package org.netsplice.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Shapes;

/** Recurrent layers as nodes of ONNX: one node for a whole sequence where ONNX has the cell, else a Scan node with the cell inside. */
final class OnnxSequences {
    private static final Map<String, String> FUNCTIONS = Map.of("sigmoid", "Sigmoid", "tanh", "Tanh", "relu", "Relu");

    private OnnxSequences() {}

    /** The weights of a node: (1, gates · units, inputs), (1, gates · units, units), and (1, 2 · gates · units). */
    record Kernels(OnnxValue kernel, OnnxValue recurrent, OnnxValue bias) {}

    /** A node that runs along a whole sequence. */
    record Node(String type, Kernels kernels, Map<String, Object> attributes) {

        /** The activations, where ONNX has each of them in such a node. */
        static Optional<Functions> of(List<Activation> activations) {
            boolean known =
                    activations.stream().allMatch(one -> one.layer().isEmpty() && FUNCTIONS.containsKey(one.name()));
            return known
                    ? Optional.of(new Functions(activations.stream()
                            .map(one -> FUNCTIONS.get(one.name()))
                            .toList()))
                    : Optional.empty();
        }
    }

    /** Names of activations in ONNX. */
    record Functions(List<String> names) {

        /** The node with these activations. */
        Node with(String type, Kernels kernels, Map<String, Object> more) {
            Map<String, Object> all = new HashMap<>(more);
            all.put("activations", names.toArray(String[]::new));
            return new Node(type, kernels, all);
        }
    }

    /**
     * The weights of a node from kernel, recurrent kernel and perhaps bias of Keras.
     *
     * @param order the gates of Keras in ONNX' order
     */
    static Kernels kernels(OnnxBuilder onnx, List<OnnxValue> weights, int... order) {
        OnnxValue kernel = gates(onnx, weights.get(0), order);
        OnnxValue recurrent = gates(onnx, weights.get(1), order);
        int wide = (int) kernel.size(1);
        Tensor zeros = Tensor.owning(DType.FLOAT32, Shape.of(wide), new float[wide]);
        OnnxValue given = weights.size() > 2 ? weights.get(2) : onnx.constant("zeros\n" + wide, zeros);
        OnnxValue own = given.rank() == 2 ? onnx.reshape(onnx.reordered(given, 2, 0), wide) : given;
        OnnxValue other = given.rank() == 2
                ? onnx.reshape(onnx.reordered(given, 2, 1), wide)
                : onnx.constant("zeros\n" + wide, zeros);
        Tensor both = Tensor.joined(List.of(
                onnx.reordered(own, order.length, order).constant().orElseThrow(),
                onnx.reordered(other, order.length, order).constant().orElseThrow()));
        return new Kernels(
                kernel,
                recurrent,
                onnx.reshape(
                        onnx.constant(given.key() + "\nboth " + weights.get(0).key(), both), 1, 2L * wide));
    }

    private static OnnxValue gates(OnnxBuilder onnx, OnnxValue kernel, int... order) {
        OnnxValue turned = onnx.reordered(onnx.transpose(kernel, 1, 0), order.length, order);
        return onnx.reshape(turned, 1, turned.size(0), turned.size(1));
    }

    /** {@code x · kernel + bias}; the bias may be null. */
    static OnnxValue dense(OnnxBuilder onnx, OnnxValue x, OnnxValue kernel, OnnxValue bias) {
        OnnxValue product = onnx.matmul(x, kernel);
        return bias == null ? product : onnx.add(product, bias);
    }

    /** Columns {@code part · units} to {@code (part + 1) · units} of the last axis. */
    static OnnxValue part(OnnxBuilder onnx, OnnxValue gates, int part, int units) {
        return onnx.slice(gates, gates.rank() - 1, (long) part * units, (part + 1L) * units);
    }

    /** The result and the states of long short-term memory, from gates in the order i, f, c, o. */
    static List<OnnxValue> longShortTerm(
            OnnxBuilder onnx, OnnxValue gates, OnnxValue carried, Activation activation, Activation recurrent) {
        int units = (int) (gates.size(-1) / 4);
        OnnxValue input = recurrent.write(onnx, part(onnx, gates, 0, units));
        OnnxValue forget = recurrent.write(onnx, part(onnx, gates, 1, units));
        OnnxValue candidate = activation.write(onnx, part(onnx, gates, 2, units));
        OnnxValue output = recurrent.write(onnx, part(onnx, gates, 3, units));
        OnnxValue carry = onnx.add(onnx.multiply(forget, carried), onnx.multiply(input, candidate));
        OnnxValue result = onnx.multiply(output, activation.write(onnx, carry));
        return List.of(result, result, carry);
    }

    /** Runs a layer along a sequence, as {@link RecurrentLayer#along} does. */
    static List<OnnxValue> along(
            OnnxBuilder onnx,
            RecurrentLayer layer,
            OnnxValue given,
            List<OnnxValue> initial,
            Optional<OnnxValue> mask,
            List<OnnxValue> weights) {
        Sequencing run = layer.run();
        OnnxValue sequence = stepsSecond(onnx, run, onnx.real(given));
        Optional<Node> node = mask.isPresent() || sequence.type() != DType.FLOAT32
                ? Optional.empty()
                : layer.cell().node(onnx, weights);
        List<OnnxValue> results = node.isPresent()
                ? whole(onnx, layer, node.get(), sequence, initial)
                : steps(onnx, layer, sequence, initial, mask.map(one -> stepsSecond(onnx, run, one)), weights);
        List<OnnxValue> outputs = new ArrayList<>();
        outputs.add(run.returnSequences() ? stepsSecond(onnx, run, results.get(0)) : results.get(1));
        outputs.addAll(results.subList(2, run.returnState() ? results.size() : 2));
        return outputs;
    }

    /** Like {@link #along}, but masked steps of a full sequence are 0, as in Keras' Bidirectional. */
    static List<OnnxValue> zeroed(
            OnnxBuilder onnx,
            RecurrentLayer layer,
            OnnxValue sequence,
            List<OnnxValue> initial,
            Optional<OnnxValue> mask,
            List<OnnxValue> weights) {
        List<OnnxValue> results = new ArrayList<>(along(onnx, layer, sequence, initial, mask, weights));
        if (mask.isPresent() && layer.run().returnSequences()) {
            OnnxValue counted = layer.run().goBackwards()
                    ? onnx.reverse(mask.get(), layer.run().steps())
                    : mask.get();
            OnnxValue result = results.get(0);
            OnnxValue wide = opened(onnx, counted, result.rank());
            results.set(0, onnx.where(wide, result, onnx.number(0, result.type())));
        }
        return results;
    }

    /** A mask with axes of size 1 behind its own. */
    private static OnnxValue opened(OnnxBuilder onnx, OnnxValue mask, int rank) {
        OnnxValue wide = onnx.cast(mask, DType.BOOL);
        while (wide.rank() < rank) {
            wide = onnx.insert(wide, wide.rank());
        }
        return wide;
    }

    private static OnnxValue stepsSecond(OnnxBuilder onnx, Sequencing run, OnnxValue x) {
        return run.timeMajor() ? swapped(onnx, x) : x;
    }

    private static OnnxValue swapped(OnnxBuilder onnx, OnnxValue x) {
        int[] order = IntStream.range(0, x.rank()).toArray();
        order[0] = 1;
        order[1] = 0;
        return onnx.transpose(x, order);
    }

    /** The outputs of all steps, the last one, and the states, by one node. */
    private static List<OnnxValue> whole(
            OnnxBuilder onnx, RecurrentLayer layer, Node node, OnnxValue sequence, List<OnnxValue> initial) {
        boolean backwards = layer.run().goBackwards();
        long units = node.kernels().recurrent().size(2);
        Shape last = Shape.of(1, sequence.size(0), units);
        Map<String, Object> attributes = new HashMap<>(node.attributes());
        attributes.put("hidden_size", units);
        attributes.put("direction", backwards ? "reverse" : "forward");
        List<Shape> shapes = new ArrayList<>(List.of(Shape.of(sequence.size(1), 1, sequence.size(0), units), last));
        List<OnnxValue> operands = new ArrayList<>(List.of(
                swapped(onnx, sequence),
                node.kernels().kernel(),
                node.kernels().recurrent(),
                node.kernels().bias()));
        if (!initial.isEmpty()) {
            operands.add(null);
            initial.forEach(state -> operands.add(onnx.insert(onnx.real(state), 0)));
        }
        if (layer.cell().stateCount() == 2) {
            shapes.add(last);
        }
        List<OnnxValue> results =
                onnx.nodes(node.type(), attributes, sequence.type(), shapes, operands.toArray(OnnxValue[]::new));
        List<OnnxValue> all = new ArrayList<>();
        OnnxValue steps = onnx.transpose(onnx.remove(results.get(0), 1), 1, 0, 2);
        all.add(backwards && layer.run().returnSequences() ? onnx.reverse(steps, 1) : steps);
        all.add(onnx.remove(results.get(1), 0));
        results.subList(1, results.size()).forEach(state -> all.add(onnx.remove(state, 0)));
        return all;
    }

    /** The outputs of all steps, the last one, and the states, step by step. */
    private static List<OnnxValue> steps(
            OnnxBuilder onnx,
            RecurrentLayer layer,
            OnnxValue sequence,
            List<OnnxValue> initial,
            Optional<OnnxValue> mask,
            List<OnnxValue> weights) {
        RecurrentCell cell = layer.cell();
        Shape step = Shapes.without(sequence.shape(), 1);
        List<OnnxValue> states = new ArrayList<>();
        states.add(zeros(onnx, sequence, cell.result(step)));
        List<Shape> shapes = cell.states(step);
        for (int i = 0; i < shapes.size(); i++) {
            states.add(
                    initial.isEmpty()
                            ? zeros(onnx, sequence, shapes.get(i))
                            : onnx.cast(initial.get(i), sequence.type()));
        }
        List<OnnxValue> sequences = new ArrayList<>(List.of(sequence));
        mask.ifPresent(one -> sequences.add(onnx.cast(one, DType.BOOL)));
        List<OnnxValue> results = onnx.scan(states, sequences, layer.run().goBackwards(), (inner, before, slices) -> {
            List<OnnxValue> given = new ArrayList<>(List.of(slices.get(0)));
            given.addAll(before.subList(1, before.size()));
            List<OnnxValue> made = new ArrayList<>(cell.write(inner, given, weights));
            if (slices.size() > 1) {
                for (int i = 0; i < made.size(); i++) {
                    OnnxValue kept = i == 0 && layer.run().zeroOutputForMask()
                            ? inner.number(0, sequence.type())
                            : before.get(i);
                    OnnxValue present = opened(inner, slices.get(1), made.get(i).rank());
                    made.set(i, inner.where(present, made.get(i), kept));
                }
            }
            return new OnnxBuilder.Step(made, List.of(made.get(0)));
        });
        List<OnnxValue> all = new ArrayList<>(List.of(results.get(results.size() - 1)));
        all.addAll(results.subList(0, results.size() - 1));
        return all;
    }

    /** Zeros of a state's shape for as many rows as a sequence has. */
    private static OnnxValue zeros(OnnxBuilder onnx, OnnxValue sequence, Shape state) {
        if (!state.knownButBatch()) {
            throw new OnnxBuilder.Missing("has no form in ONNX where the size of its state is not known");
        }
        long[] rest = state.axes(1, state.rank()).sizes();
        OnnxValue sizes = onnx.sizes(onnx.size(sequence, 0), onnx.integers(rest));
        return onnx.stretch(onnx.number(0, sequence.type()), state, sizes);
    }

    /** Runs the two layers of a Bidirectional and joins their results. */
    static List<OnnxValue> both(
            OnnxBuilder onnx,
            Bidirectional both,
            List<OnnxValue> inputs,
            List<Optional<OnnxValue>> masks,
            List<OnnxValue> weights) {
        RecurrentLayer layer = both.layer();
        OnnxValue x = inputs.get(0);
        List<OnnxValue> states = both.call().rest("initial_state", 1, inputs.size()).stream()
                .map(inputs::get)
                .toList();
        Optional<OnnxValue> mask = RecurrentLayer.mask(both.call(), layer.run().maskPolicy(), states, inputs, masks);
        int own = layer.weights(List.of(TensorSpec.of(x.shape()))).size();
        int half = Math.min(states.size(), layer.cell().stateCount());
        List<OnnxValue> rest = states.subList(half, states.size());
        List<OnnxValue> first = zeroed(onnx, layer, x, states.subList(0, half), mask, weights.subList(0, own));
        List<OnnxValue> second = zeroed(onnx, both.backward(), x, rest, mask, weights.subList(own, weights.size()));
        OnnxValue one = first.get(0);
        OnnxValue two = layer.run().returnSequences()
                ? onnx.reverse(second.get(0), layer.run().steps())
                : second.get(0);
        List<OnnxValue> outputs = new ArrayList<>(
                switch (both.mergeMode()) {
                    case CONCAT -> List.of(onnx.concat(one.rank() - 1, List.of(one, two)));
                    case SUM -> List.of(onnx.add(one, two));
                    case MUL -> List.of(onnx.multiply(one, two));
                    case AVE -> List.of(onnx.scale(onnx.add(one, two), 0.5, 0));
                    case NONE -> List.of(one, two);
                });
        outputs.addAll(first.subList(1, first.size()));
        outputs.addAll(second.subList(1, second.size()));
        return outputs;
    }

    /** Applies a layer to every step of (batch, steps, …). */
    static OnnxValue eachStep(
            OnnxBuilder onnx,
            ComputedLayer layer,
            OnnxValue x,
            List<Optional<OnnxValue>> masks,
            List<OnnxValue> weights) {
        List<Optional<OnnxValue>> inside = masks.stream()
                .map(mask -> mask.filter(one -> one.rank() > 2).map(one -> joined(onnx, one)))
                .toList();
        OnnxValue flat =
                layer.write(onnx, List.of(joined(onnx, x)), inside, weights).get(0);
        Shape shape = Shapes.inserted(flat.shape(), 1, x.size(1)).with(0, x.size(0));
        OnnxValue rest = onnx.integers(shape.axes(2, shape.rank()).sizes());
        if (!shape.axes(2, shape.rank()).known()) {
            throw new OnnxBuilder.Missing("has no form in ONNX where the size of a step's result is not known");
        }
        return shape.size(1) == Shape.UNKNOWN
                ? onnx.node(
                        "Reshape",
                        Map.of(),
                        flat.type(),
                        shape,
                        flat,
                        onnx.sizes(onnx.size(x, 0), onnx.size(x, 1), rest))
                : onnx.reshape(flat, shape.sizes());
    }

    private static OnnxValue joined(OnnxBuilder onnx, OnnxValue x) {
        return onnx.reshape(
                x, Shapes.without(x.shape(), 1).with(0, Shape.UNKNOWN).sizes());
    }
}
