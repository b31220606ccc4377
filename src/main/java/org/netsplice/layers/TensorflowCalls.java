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

/** Translates calls of TensorFlow's functions in a graph of Keras 2 to operations of Keras 3. */
public final class TensorflowCalls {
    private static final String NODE = "TensorFlowOpLayer";
    private static final Set<String> CLASSES = Set.of("TFOpLambda", "SlicingOpLambda", NODE);

    /** The parameters of functions that a method here translates, and not the {@link TensorflowFunctions table}. */
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
    public record Translation(Kind<?> kind, Json config, List<Json> args, Map<String, Json> kwargs) {}

    /** The functions that a method of their own translates. */
    static Set<String> others() {
        return OTHERS.keySet();
    }

    /** Whether a class of layer is a call of one of TensorFlow's functions. */
    public static boolean isClass(String className) {
        return CLASSES.contains(className);
    }

    /**
     * Translates a call.
     *
     * @param className one of the {@link #isClass classes}
     * @param config the layer's configuration, which names the function, or holds the node of TensorFlow's graph
     * @param args positional arguments, in which {@code {"input": 0}} stands for the first tensor
     * @param kwargs named arguments, likewise
     * @throws ModelException.Unsupported when Keras has no such operation
     */
    public static Translation translate(String className, Json config, List<Json> args, Map<String, Json> kwargs) {
        if (className.equals(NODE)) {
            TensorflowNodes.Called called = TensorflowNodes.translate(config, args);
            return translate(config.replaced(Map.of("function", called.function())), called.given());
        }
        return translate(config, named(takes(config), args, kwargs));
    }

    private static Translation translate(Json config, Map<String, Json> given) {
        return switch (config.get("function").text()) {
            case "__operators__.getitem" -> picked(config, given);
            case "strided_slice" -> strided(config, given);
            case "slice" -> block(config, given);
            case "split" -> split(config, given);
            case "linalg.matmul" -> product(config, given);
            case "math.l2_normalize" -> normalized(config, given);
            default -> translated(config, function(config), given);
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

    /** Names the arguments; the function's first parameter takes the positional ones, several as a list. */
    private static Map<String, Json> named(List<String> takes, List<Json> args, Map<String, Json> kwargs) {
        Map<String, Json> given = new LinkedHashMap<>();
        boolean several = List.of("values", "inputs").contains(takes.get(0));
        given.put(takes.get(0), several && !args.get(0).isList() ? Json.of(args) : args.get(0));
        kwargs.forEach(given::put);
        List.of("name", Training.PARAMETER.name()).forEach(given::remove);
        return given;
    }

    private static Translation translated(Json config, TensorflowFunctions.Function function, Map<String, Json> given) {
        Kind<?> kind = Layers.kind(function.kind()).orElseThrow();
        Map<String, Json> tensors = new LinkedHashMap<>(function.inKeras(given));
        if (!kind.isOperation()) {
            return new Translation(kind, Json.of(Map.of()), List.copyOf(tensors.values()), Map.of());
        }
        Map<String, Object> own = new LinkedHashMap<>();
        for (String name : List.copyOf(tensors.keySet())) {
            if (!kind.hasParameter(name)) {
                own.put(name, constant(config, name, tensors.remove(name)));
            }
        }
        return new Translation(kind, Json.of(own), List.of(), tensors);
    }

    /** Requires a value without tensors. */
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

    private static Translation operation(String name, Map<String, Object> config, Map<String, Json> tensors) {
        return new Translation(Layers.kind("ops." + name).orElseThrow(), Json.of(config), List.of(), tensors);
    }

    /** Python's indexing; each item is an index, a slice, null for a new axis, or an ellipsis. */
    private static Translation picked(Json config, Map<String, Json> given) {
        Json parts = constant(config, "slice_spec", given.get("slice_spec"));
        List<Object> key = new ArrayList<>();
        for (Json part : parts.isList() ? parts.items() : List.of(parts)) {
            boolean slice = part.isObject() && part.has("start") && part.has("stop");
            key.add(slice ? slice(part) : part);
        }
        return item(given.get("tensor"), key);
    }

    private static Translation item(Json tensor, List<Object> key) {
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

    /** Slices with lists of limits; a set bit of a mask means that a limit is ignored. */
    private static Translation strided(Json config, Map<String, Json> given) {
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

    /** A block with a start and a size; the size -1 means the rest of the axis. */
    private static Translation block(Json config, Map<String, Json> given) {
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

    /** TensorFlow splits by sizes, Keras at positions. */
    private static Translation split(Json config, Map<String, Json> given) {
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

    /** A matrix product; TensorFlow can transpose either matrix first. */
    private static Translation product(Json config, Map<String, Json> given) {
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

    /** TensorFlow bounds the sum of squares from below, Keras bounds the norm. */
    private static Translation normalized(Json config, Map<String, Json> given) {
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
