package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Training;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** Calls of TensorFlow's functions in a graph of Keras 2, told as calls of the operations of Keras 3. */
public final class TensorflowCalls {
    private static final String NODE = "TensorFlowOpLayer";
    private static final Set<String> CLASSES = Set.of("TFOpLambda", "SlicingOpLambda", NODE);

    /** The parameters of functions that are told by a method here and not by the {@link TensorflowFunctions table}. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "__operators__.getitem", List.of("tensor", "slice_spec", "var"),
            "strided_slice", List.of("input_", "begin", "end", "strides"),
            "slice", List.of("input_", "begin", "size"),
            "split", List.of("value", "num_or_size_splits", "axis", "num"),
            "linalg.matmul", List.of("a", "b"),
            "math.l2_normalize", List.of("x", "axis", "epsilon"));

    private TensorflowCalls() {}

    /**
     * A call of an operation.
     *
     * @param config the parameters that belong to the operation itself
     * @param args the positional arguments of the call
     * @param kwargs the named arguments of the call
     */
    public record Told(Kind<?> kind, Json config, List<Json> args, Map<String, Json> kwargs) {}

    /** The functions that are told by a method of their own. */
    static Set<String> others() {
        return OTHERS.keySet();
    }

    /** Whether a class of layer is a call of one of TensorFlow's functions. */
    public static boolean isClass(String className) {
        return CLASSES.contains(className);
    }

    /**
     * Tells a call.
     *
     * @param className one of the {@link #isClass classes}
     * @param config the layer's configuration, which names the function, or holds the node of TensorFlow's graph
     * @param args positional arguments, in which {@code {"input": 0}} stands for the first tensor
     * @param kwargs named arguments, likewise
     * @throws ModelException.Unsupported when Keras has no such operation
     */
    public static Told tell(String className, Json config, List<Json> args, Map<String, Json> kwargs) {
        if (className.equals(NODE)) {
            TensorflowNodes.Called called = TensorflowNodes.tell(config, args);
            return tell(config.replaced(Map.of("function", called.function())), called.given());
        }
        return tell(config, named(takes(config), args, kwargs));
    }

    private static Told tell(Json config, Map<String, Json> given) {
        return switch (config.get("function").text()) {
            case "__operators__.getitem" -> picked(config, given);
            case "strided_slice" -> strided(config, given);
            case "slice" -> block(config, given);
            case "split" -> split(config, given);
            case "linalg.matmul" -> product(config, given);
            case "math.l2_normalize" -> normalized(config, given);
            default -> told(config, function(config), given);
        };
    }

    private static List<String> takes(Json config) {
        String name = config.get("function").text();
        return OTHERS.containsKey(name) ? OTHERS.get(name) : function(config).takes();
    }

    private static TensorflowFunctions.Function function(Json config) {
        return TensorflowFunctions.named(config.get("function").text())
                .orElseThrow(() -> unsupported(config, "is not supported"));
    }

    /** The arguments by name; the function's first parameter takes the positional ones, several in a list. */
    private static Map<String, Json> named(List<String> takes, List<Json> args, Map<String, Json> kwargs) {
        Map<String, Json> given = new LinkedHashMap<>();
        boolean several = List.of("values", "inputs").contains(takes.get(0));
        given.put(takes.get(0), several && !args.get(0).isList() ? Json.of(args) : args.get(0));
        kwargs.forEach(given::put);
        List.of("name", Training.PARAMETER.name()).forEach(given::remove);
        return given;
    }

    private static Told told(Json config, TensorflowFunctions.Function function, Map<String, Json> given) {
        Kind<?> kind = Layers.kind(function.kind()).orElseThrow();
        Map<String, Json> tensors = new LinkedHashMap<>(function.inKeras(given));
        if (!kind.isOperation()) {
            return new Told(kind, Json.of(Map.of()), List.copyOf(tensors.values()), Map.of());
        }
        Map<String, Object> own = new LinkedHashMap<>();
        for (String name : List.copyOf(tensors.keySet())) {
            if (!kind.hasParameter(name)) {
                own.put(name, constant(config, name, tensors.remove(name)));
            }
        }
        return new Told(kind, Json.of(own), List.of(), tensors);
    }

    /** A value in which no tensor stands. */
    private static Json constant(Json config, String name, Json value) {
        if (holdsTensor(value)) {
            throw unsupported(config, "with " + name + " computed by another layer is not supported");
        }
        return value;
    }

    private static boolean holdsTensor(Json value) {
        if (value.isObject()) {
            return Arguments.isInput(value)
                    || value.keys().stream()
                            .anyMatch(key -> value.find(key)
                                    .filter(TensorflowCalls::holdsTensor)
                                    .isPresent());
        }
        return value.isList() && value.items().stream().anyMatch(TensorflowCalls::holdsTensor);
    }

    private static ModelException.Unsupported unsupported(Json config, String what) {
        return new ModelException.Unsupported(Problem.error(
                config.where(),
                "TensorFlow's function " + config.get("function").text() + " " + what,
                ""));
    }

    private static Told operation(String name, Map<String, Object> config, Map<String, Json> tensors) {
        return new Told(Layers.kind("ops." + name).orElseThrow(), Json.of(config), List.of(), tensors);
    }

    /** Python's indexing; a part is a place, a slice, nothing for a new axis, or an ellipsis. */
    private static Told picked(Json config, Map<String, Json> given) {
        Json parts = constant(config, "slice_spec", given.get("slice_spec"));
        List<Object> key = new ArrayList<>();
        for (Json part : parts.isList() ? parts.items() : List.of(parts)) {
            boolean slice = part.isObject() && part.has("start") && part.has("stop");
            key.add(slice ? slice(part) : part);
        }
        return item(given.get("tensor"), key);
    }

    private static Told item(Json tensor, List<Object> key) {
        return operation("GetItem", Map.of(), Map.of("x", tensor, "key", Json.of(key)));
    }

    private static Map<String, Object> slice(Object limits) {
        return Map.of("class_name", "__slice__", "config", limits);
    }

    private static Map<String, Object> slice(Object from, Object to, Object step) {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("start", from);
        limits.put("stop", to);
        limits.put("step", step);
        return slice(limits);
    }

    /** Slices whose limits stand in lists; a bit in a mask tells that a limit does not count. */
    private static Told strided(Json config, Map<String, Json> given) {
        List<Json> begin = constant(config, "begin", given.get("begin")).items();
        List<Json> end = constant(config, "end", given.get("end")).items();
        Json strides = constant(config, "strides", given.getOrDefault("strides", Json.of(null)));
        List<Object> key = new ArrayList<>();
        for (int i = 0; i < begin.size(); i++) {
            if (masked(given, "new_axis_mask", i)) {
                key.add(null);
            } else if (masked(given, "ellipsis_mask", i)) {
                key.add(Map.of("class_name", "__ellipsis__"));
            } else if (masked(given, "shrink_axis_mask", i)) {
                key.add(begin.get(i));
            } else {
                key.add(slice(
                        masked(given, "begin_mask", i) ? null : begin.get(i),
                        masked(given, "end_mask", i) ? null : end.get(i),
                        strides.isNull() ? null : strides.items().get(i)));
            }
        }
        return item(given.get("input_"), key);
    }

    private static boolean masked(Map<String, Json> given, String mask, int bit) {
        Json bits = given.getOrDefault(mask, Json.of(0));
        return !bits.isNull() && ((bits.integer() >> bit) & 1) == 1;
    }

    /** A block that begins somewhere and has a size; -1 is all the rest. */
    private static Told block(Json config, Map<String, Json> given) {
        List<Json> begin = constant(config, "begin", given.get("begin")).items();
        List<Json> size = constant(config, "size", given.get("size")).items();
        List<Object> key = new ArrayList<>();
        for (int i = 0; i < begin.size(); i++) {
            long from = begin.get(i).integer();
            long count = size.get(i).integer();
            key.add(slice(from, count < 0 ? null : from + count, null));
        }
        return item(given.get("input_"), key);
    }

    /** Keras cuts at places, TensorFlow into sizes. */
    private static Told split(Json config, Map<String, Json> given) {
        Json cuts = constant(config, "num_or_size_splits", given.get("num_or_size_splits"));
        List<Object> places = new ArrayList<>();
        if (cuts.isList()) {
            long place = 0;
            for (Json size : cuts.items().subList(0, Math.max(0, cuts.items().size() - 1))) {
                if (size.integer() < 0) {
                    throw unsupported(config, "with a size of -1 is not supported");
                }
                place += size.integer();
                places.add(place);
            }
        }
        Json axis = constant(config, "axis", given.getOrDefault("axis", Json.of(0)));
        return operation(
                "Split",
                Map.of("indices_or_sections", cuts.isList() ? places : cuts, "axis", axis),
                Map.of("x", given.get("value")));
    }

    /** A product of matrices, where TensorFlow can turn either of them first. */
    private static Told product(Json config, Map<String, Json> given) {
        List<String> others = given.keySet().stream()
                .filter(name -> !List.of("a", "b", "transpose_a", "transpose_b").contains(name))
                .filter(name -> !given.get(name).isNull() && !given.get(name).equals(Json.of(false)))
                .toList();
        if (!others.isEmpty()) {
            throw unsupported(config, "with " + others.get(0) + " is not supported");
        }
        boolean first = given.getOrDefault("transpose_a", Json.of(false)).flag();
        boolean second = given.getOrDefault("transpose_b", Json.of(false)).flag();
        if (!first && !second) {
            return operation("Matmul", Map.of(), Map.of("x1", given.get("a"), "x2", given.get("b")));
        }
        String equation = (first ? "...ji," : "...ij,") + (second ? "...kj" : "...jk") + "->...ik";
        return operation(
                "Einsum",
                Map.of("subscripts", equation),
                Map.of("operands", Json.of(List.of(given.get("a"), given.get("b")))));
    }

    /** TensorFlow bounds the sum of squares from below, Keras the length. */
    private static Told normalized(Json config, Map<String, Json> given) {
        Json axis = constant(config, "axis", given.getOrDefault("axis", Json.of(null)));
        if (axis.isNull()) {
            throw unsupported(config, "over all axes is not supported");
        }
        double least = given.containsKey("epsilon") ? given.get("epsilon").number() : 1e-12;
        return operation(
                "Normalize",
                Map.of("axis", axis, "order", 2, "epsilon", Math.sqrt(least)),
                Map.of("x", given.get("x")));
    }
}
