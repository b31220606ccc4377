package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.ops.Array;

/**
 * What a call gives to a layer besides its settings: for each parameter a value of JSON in which {@code {"input": 1}} stands for the
 * node's second input. An empty call gives the inputs to the parameters in order.
 */
public record Arguments(Json named) {
    /** Inputs only, in order. */
    public static final Arguments PLAIN = new Arguments(Json.of(Map.of()));

    private static final String INPUT = "input";

    /** The value that stands for an input. */
    public static Map<String, Object> input(int index) {
        return Map.of(INPUT, index);
    }

    /** The arguments of the call in a layer's configuration. */
    static Arguments of(Json config) {
        return config.find(Kind.CALL).map(Json::detached).map(Arguments::new).orElse(PLAIN);
    }

    /** A configuration with this call. */
    Json in(Json config) {
        Map<String, Object> called = new LinkedHashMap<>();
        config.keys().forEach(key -> called.put(key, config.find(key).orElse(null)));
        called.remove(Kind.CALL);
        if (!plain()) {
            called.put(Kind.CALL, named);
        }
        return config.replaced(called);
    }

    /** Whether inputs are given in order and nothing else. */
    public boolean plain() {
        return named.keys().isEmpty();
    }

    /** The inputs given for a parameter, in order; a plain call gives the one at {@code position}. */
    public List<Integer> inputs(String parameter, int position) {
        if (plain()) {
            return List.of(position);
        }
        List<Integer> found = new ArrayList<>();
        named.find(parameter).ifPresent(value -> gather(value, found));
        return found;
    }

    /** The inputs given for a parameter; a plain call gives all from {@code position} on. */
    public List<Integer> rest(String parameter, int position, int inputs) {
        return plain() ? IntStream.range(position, inputs).boxed().toList() : inputs(parameter, position);
    }

    /** The input given for a parameter that takes one tensor. */
    public Optional<Integer> input(String parameter) {
        return named.find(parameter).filter(Arguments::isInput).map(Arguments::index);
    }

    /** The number of inputs that are named; 0 for a plain call. */
    public int count() {
        List<Integer> found = new ArrayList<>();
        gather(named, found);
        return found.stream().mapToInt(index -> index + 1).max().orElse(0);
    }

    /** A value that is no tensor. */
    public Optional<Json> value(String parameter) {
        return named.find(parameter);
    }

    /** A parameter that is true or false, and false when it is not given. */
    public boolean flag(String parameter) {
        return flagIfGiven(parameter).orElse(false);
    }

    /** A parameter that is true or false, if it is given. */
    public Optional<Boolean> flagIfGiven(String parameter) {
        return named.find(parameter).filter(Json::isFlag).map(Json::flag);
    }

    /** The shape and type of a tensor parameter, which may be an input or a constant. */
    public Optional<TensorSpec> spec(String parameter, int position, List<TensorSpec> inputs) {
        if (plain()) {
            return position < inputs.size() ? Optional.of(inputs.get(position)) : Optional.empty();
        }
        return named.find(parameter).map(value -> isInput(value) ? inputs.get(index(value)) : Constant.spec(value));
    }

    /** A tensor parameter, which may be an input or a constant. */
    public Optional<Array> array(String parameter, int position, List<Array> inputs) {
        if (plain()) {
            return position < inputs.size() ? Optional.of(inputs.get(position)) : Optional.empty();
        }
        return named.find(parameter)
                .map(value -> isInput(value) ? inputs.get(index(value)) : Constant.array(value, inputs));
    }

    /** The shapes and types of the tensors of a parameter that takes several; a plain call gives all inputs. */
    public List<TensorSpec> specs(String parameter, List<TensorSpec> inputs) {
        return plain()
                ? inputs
                : named.get(parameter).items().stream()
                        .map(value -> isInput(value) ? inputs.get(index(value)) : Constant.spec(value))
                        .toList();
    }

    /** The tensors of a parameter that takes several; a plain call gives all inputs. */
    public List<Array> arrays(String parameter, List<Array> inputs) {
        return plain()
                ? inputs
                : named.get(parameter).items().stream()
                        .map(value -> isInput(value) ? inputs.get(index(value)) : Constant.array(value, inputs))
                        .toList();
    }

    /** A tensor parameter as a value of ONNX, which may be an input or a constant. */
    public Optional<OnnxValue> value(OnnxBuilder onnx, String parameter, int position, List<OnnxValue> inputs) {
        if (plain()) {
            return position < inputs.size() ? Optional.of(inputs.get(position)) : Optional.empty();
        }
        return named.find(parameter)
                .map(value -> isInput(value) ? inputs.get(index(value)) : Constant.value(onnx, value, inputs));
    }

    /** The tensors of a parameter that takes several, as values of ONNX. */
    public List<OnnxValue> values(OnnxBuilder onnx, String parameter, List<OnnxValue> inputs) {
        return plain()
                ? inputs
                : named.get(parameter).items().stream()
                        .map(value -> isInput(value) ? inputs.get(index(value)) : Constant.value(onnx, value, inputs))
                        .toList();
    }

    /** One of several masks given in the call; each may be missing. */
    public <T> Optional<T> maskAt(String parameter, int index, List<T> inputs) {
        return named.find(parameter)
                .filter(value -> value.isList() && index < value.items().size())
                .map(value -> value.items().get(index))
                .filter(Arguments::isInput)
                .map(value -> inputs.get(index(value)));
    }

    /** The mask given in the call, otherwise the one that travels with the first input. */
    public <T> Optional<T> mask(List<T> inputs, List<Optional<T>> masks) {
        Optional<T> given = input("mask").map(inputs::get);
        return given.isPresent() || masks.isEmpty() ? given : masks.get(0);
    }

    /** Whether a value stands for an input. */
    public static boolean isInput(Json value) {
        return value.isObject() && value.find(INPUT).filter(Json::isNumber).isPresent();
    }

    /** The index of the input that a value stands for. */
    public static int index(Json value) {
        return Math.toIntExact(value.get(INPUT).integer());
    }

    private static void gather(Json value, List<Integer> into) {
        if (isInput(value)) {
            into.add(index(value));
        } else if (value.isList()) {
            value.items().forEach(item -> gather(item, into));
        } else if (value.isObject()) {
            value.keys().forEach(key -> value.find(key).ifPresent(item -> gather(item, into)));
        }
    }

    /** Constants in a call: numbers, lists, and Keras' objects that hold a tensor's value. */
    private static final class Constant {
        private Constant() {}

        private static Json content(Json value) {
            return value.isObject() ? value.get("config").get("value") : value;
        }

        static TensorSpec spec(Json value) {
            Optional<DType> named = value.isObject()
                    ? value.get("config").find("dtype").map(Json::text).flatMap(DType::named)
                    : Optional.empty();
            DType dtype = named.orElse(Numbers.dtype(content(value)));
            return new TensorSpec(Shape.of(Numbers.sizes(content(value))), dtype);
        }

        static OnnxValue value(OnnxBuilder onnx, Json value, List<OnnxValue> inputs) {
            TensorSpec spec = spec(value);
            boolean wide =
                    spec.dtype() == DType.FLOAT64 || inputs.stream().anyMatch(input -> input.type() == DType.FLOAT64);
            DType type = !spec.dtype().floating() ? DType.INT64 : wide ? DType.FLOAT64 : DType.FLOAT32;
            return onnx.numbers(type, spec.shape(), Numbers.doubles(content(value)));
        }

        /** The constant, in double precision if an input has it. */
        static Array array(Json value, List<Array> inputs) {
            DType type = spec(value).dtype();
            boolean wide = type == DType.FLOAT64 || Array.form(inputs) == Array.Form.DOUBLE;
            return Numbers.array(content(value), ElementTypes.form(type) == Array.Form.WHOLE, wide);
        }
    }
}
