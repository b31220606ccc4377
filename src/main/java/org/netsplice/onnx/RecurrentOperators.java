package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.Arguments;

/** Recurrent layers. ONNX' data are (steps, batch, features) unless {@code layout} is 1. */
final class RecurrentOperators {
    static final Map<String, Operator> ALL = Map.of(
            "LSTM", call -> new RecurrentOperators(call, "LSTM", 4, 0, 2, 3, 1).translate(),
            "GRU", call -> new RecurrentOperators(call, "GRU", 3, 0, 1, 2).translate(),
            "RNN", call -> new RecurrentOperators(call, "SimpleRNN", 1, 0).translate());

    private final Call call;
    private final String kind;
    private final int gates;
    private final int[] order;
    private final int units;
    private final String direction;
    private final boolean batchFirst;
    private final boolean resetAfter;

    /**
     * A call.
     *
     * @param order where Keras' gates stand among ONNX'
     */
    private RecurrentOperators(Call call, String kind, int gates, int... order) {
        this.call = call;
        this.kind = kind;
        this.gates = gates;
        this.order = order;
        this.units = call.required("hidden_size");
        this.direction = call.text("direction", "forward").toLowerCase(Locale.ROOT);
        this.batchFirst = call.integer("layout", 0) == 1;
        this.resetAfter = call.integer("linear_before_reset", 0) != 0;
    }

    private int directions() {
        return direction.equals("bidirectional") ? 2 : 1;
    }

    private List<Value> translate() {
        if (call.has("clip") || call.integer("input_forget", 0) != 0) {
            throw new Untranslatable("it has cells that Keras does not have (clip or input_forget)");
        }
        if (call.knownOr(7)
                .map(peepholes -> IntStream.range(0, peepholes.length()).anyMatch(i -> peepholes.at(i) != 0))
                .orElse(false)) {
            throw new Untranslatable("it has peepholes, which Keras' cells do not have");
        }
        long[] sizes = call.known(2).shape().sizes();
        if (sizes.length != 3 || sizes[0] != directions() || sizes[2] != units) {
            throw new Untranslatable("its weights are not those of " + units + " units");
        }
        Value data = batchFirst ? call.in(0) : ShapeOperators.permuted(call.in(0), 1, 0, 2);
        long steps = data.shape()[1];
        call.knownOr(4).ifPresent(lengths -> {
            for (int i = 0; i < lengths.length(); i++) {
                if (lengths.wholeAt(i) != steps) {
                    throw new Untranslatable("its rows have sequences of different lengths");
                }
            }
        });
        List<Value> operands = new ArrayList<>(List.of(data));
        operands.addAll(states());
        List<Tensor> weights = new ArrayList<>();
        for (int i = 0; i < directions(); i++) {
            weights.addAll(weights(i));
        }
        if (directions() == 1) {
            Map<String, Object> config = cell(0);
            config.put("return_state", true);
            config.put("go_backwards", direction.equals("reverse"));
            return results(run(kind, config, weights, operands));
        }
        Map<String, Object> forward = cell(0);
        forward.put("return_state", true);
        Map<String, Object> backward = cell(1);
        backward.put("return_state", true);
        backward.put("go_backwards", true);
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("layer", Map.of("class_name", kind, "config", forward));
        both.put("backward_layer", Map.of("class_name", kind, "config", backward));
        both.put("merge_mode", "concat");
        return bothResults(run("Bidirectional", both, weights, operands));
    }

    private List<Value> run(String layer, Map<String, Object> config, List<Tensor> weights, List<Value> operands) {
        if (operands.size() == 1) {
            return call.weightedAll(layer, config, weights, operands.get(0));
        }
        List<Object> states = IntStream.range(1, operands.size())
                .mapToObj(index -> (Object) Arguments.input(index))
                .toList();
        Map<String, Object> given = Map.of("sequences", Arguments.input(0), "initial_state", states);
        List<Tensor> floats = weights.stream().map(Tensors::floats).toList();
        return call.to().called(Kinds.named(layer), config, floats, given, operands);
    }

    private Map<String, Object> cell(int index) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("units", units);
        config.put("return_sequences", true);
        int functions = kind.equals("LSTM") ? 3 : kind.equals("GRU") ? 2 : 1;
        List<String> names = call.texts("activations").orElse(List.of());
        List<String> own = names.size() < functions * (index + 1)
                ? List.of()
                : names.subList(functions * index, functions * (index + 1));
        if (functions == 1) {
            config.put("activation", own.isEmpty() ? "tanh" : function(own.get(0)));
            return config;
        }
        config.put("recurrent_activation", own.isEmpty() ? "sigmoid" : function(own.get(0)));
        config.put("activation", own.isEmpty() ? "tanh" : function(own.get(1)));
        if (own.size() == 3 && !function(own.get(1)).equals(function(own.get(2)))) {
            throw new Untranslatable("its cells use two different activations");
        }
        if (kind.equals("GRU")) {
            config.put("reset_after", resetAfter);
        }
        return config;
    }

    private static String function(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sigmoid" -> "sigmoid";
            case "tanh" -> "tanh";
            case "relu" -> "relu";
            case "softsign" -> "softsign";
            case "softplus" -> "softplus";
            default -> throw new Untranslatable("its cells use the activation " + name);
        };
    }

    private List<Tensor> weights(int index) {
        Tensor kernel = Tensors.part(call.known(1), index);
        Tensor recurrent = Tensors.part(call.known(2), index);
        List<Tensor> weights = new ArrayList<>();
        weights.add(Tensors.permuted(Tensors.blocks(kernel, units, order), 1, 0));
        weights.add(Tensors.permuted(Tensors.blocks(recurrent, units, order), 1, 0));
        Tensor both = call.knownOr(3)
                .map(bias -> Tensors.part(bias, index))
                .orElseGet(() -> Filling.of(0, DType.FLOAT32, 2L * gates * units));
        Tensor own = Tensors.blocks(both.rows(0, (long) gates * units), units, order);
        Tensor other = Tensors.blocks(both.rows((long) gates * units, 2L * gates * units), units, order);
        if (kind.equals("GRU") && resetAfter) {
            weights.add(Tensor.joined(
                    List.of(own.reshaped(Shape.of(1, own.length())), other.reshaped(Shape.of(1, other.length())))));
        } else {
            float[] sum = own.toArray();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other.at(i);
            }
            weights.add(ShapeOperators.floats(sum));
        }
        return weights;
    }

    /** The initial states, forwards and then backwards; none when all are 0. */
    private List<Value> states() {
        List<Optional<Value>> given = new ArrayList<>(List.of(call.maybe(5)));
        if (kind.equals("LSTM")) {
            given.add(call.maybe(6));
        }
        if (given.stream().allMatch(state -> state.map(RecurrentOperators::zero).orElse(true))) {
            return List.of();
        }
        List<Value> states = new ArrayList<>();
        for (int i = 0; i < directions(); i++) {
            for (Optional<Value> state : given) {
                states.add(state.map(this::states)
                        .orElseThrow(() -> new Untranslatable("only one of its two initial states is given"))
                        .get(i));
            }
        }
        return states;
    }

    private static boolean zero(Value value) {
        if (value instanceof Value.Uniform uniform) {
            return uniform.number() == 0;
        }
        return value instanceof Value.Known known
                && IntStream.range(0, known.tensor().length())
                        .allMatch(i -> known.tensor().at(i) == 0);
    }

    private List<Value> states(Value all) {
        int axis = batchFirst ? 1 : 0;
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < directions(); i++) {
            Value part =
                    directions() == 1 ? ShapeOperators.removed(call, all, axis) : Slicing.place(call, all, axis, i);
            parts.add(IndexOperators.perRow(call.to(), part, 2));
        }
        return parts;
    }

    private List<Value> results(List<Value> all) {
        Value sequence = all.get(0);
        if (direction.equals("reverse")) {
            sequence = call.operation("Flip", Map.of("axis", 1), sequence);
        }
        List<Value> results = new ArrayList<>();
        Value wide = ShapeOperators.inserted(sequence, 2);
        results.add(batchFirst ? wide : ShapeOperators.permuted(wide, 1, 2, 0, 3));
        for (Value state : all.subList(1, all.size())) {
            results.add(ShapeOperators.inserted(state, batchFirst ? 1 : 0));
        }
        return results;
    }

    private List<Value> bothResults(List<Value> all) {
        Value sequence = all.get(0);
        long[] sizes = sequence.shape();
        List<Value> results = new ArrayList<>();
        Value split = ShapeOperators.reshaped(call, sequence, sizes[0], sizes[1], 2, units);
        results.add(batchFirst ? split : ShapeOperators.permuted(split, 1, 2, 0, 3));
        int states = (all.size() - 1) / 2;
        for (int i = 0; i < states; i++) {
            results.add(call.operation(
                    "Stack", Map.of("axis", batchFirst ? 1 : 0), all.get(1 + i), all.get(1 + states + i)));
        }
        return results;
    }
}
