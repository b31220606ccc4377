package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.onnx.proto.Attribute;
import org.netsplice.onnx.proto.ElementType;
import org.netsplice.onnx.proto.NodeProto;

/**
 * A call of an operator that is being translated: its arguments, its settings with ONNX' defaults, and the layers it becomes.
 *
 * @param inputs the arguments in order; empty for those that are left out
 * @param readOnce the values that only one call reads, and that are no outputs
 * @param from the file
 */
record Call(NodeProto node, List<Optional<Value>> inputs, Set<String> readOnce, OnnxFile from, Translation to) {

    /** The version of the operators in the file. */
    long opset() {
        return from.opset();
    }

    /** The name of the file. */
    String file() {
        return from.name();
    }

    /** Whether nothing but this call reads an argument. */
    boolean alone(int index) {
        return readOnce.contains(node.inputs().get(index));
    }

    /** An argument that must be given. */
    Value in(int index) {
        return maybe(index)
                .orElseThrow(() -> new Untranslatable(
                        "the operator " + node.operator() + " is not given its argument " + (index + 1)));
    }

    /** An argument that may be left out. */
    Optional<Value> maybe(int index) {
        return index < inputs.size() ? inputs.get(index) : Optional.empty();
    }

    /** All arguments that are given. */
    List<Value> all() {
        return inputs.stream().flatMap(Optional::stream).toList();
    }

    /** The numbers of an argument that must stand in the file. */
    Tensor known(int index) {
        return known(in(index), index);
    }

    private Tensor known(Value value, int index) {
        if (value instanceof Value.Known known) {
            return known.tensor();
        }
        if (value instanceof Value.Uniform uniform
                && Arrays.stream(uniform.known()).noneMatch(to.sizes()::unknown)) {
            return Filling.of(uniform.number(), uniform.dtype(), uniform.known());
        }
        throw new Untranslatable("argument " + (index + 1) + " of " + node.operator()
                + " depends on the data, and only fixed numbers are supported there");
    }

    /** The numbers of an argument that may be left out. */
    Optional<Tensor> knownOr(int index) {
        return maybe(index).map(value -> known(value, index));
    }

    /** Whether the call gives a setting. */
    boolean has(String name) {
        return node.attributes().containsKey(name);
    }

    private Untranslatable wrongForm(String name) {
        return new Untranslatable(
                "the setting " + name + " of " + node.operator() + " has another form than ONNX gives it");
    }

    /** A setting that is a whole number. */
    long whole(String name, long otherwise) {
        Attribute value = node.attributes().get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Attribute.Whole whole) {
            return whole.value();
        }
        throw wrongForm(name);
    }

    /** A setting that is a whole number of 32 bits. */
    int integer(String name, int otherwise) {
        return integer(whole(name, otherwise));
    }

    /** A whole number that fits into 32 bits. */
    static int integer(long value) {
        if (value != (int) value) {
            throw new Untranslatable("it has a setting of " + value);
        }
        return (int) value;
    }

    /** A setting that must be given. */
    int required(String name) {
        if (!has(name)) {
            throw new Untranslatable("the setting " + name + " of " + node.operator() + " is missing");
        }
        return integer(name, 0);
    }

    /** A setting that is a number. */
    double real(String name, double otherwise) {
        Attribute value = node.attributes().get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Attribute.Real real) {
            return real.value();
        }
        throw wrongForm(name);
    }

    /** A setting that is a text. */
    String text(String name, String otherwise) {
        Attribute value = node.attributes().get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Attribute.Text text) {
            return text.value();
        }
        throw wrongForm(name);
    }

    /** A setting that is a list of texts. */
    Optional<List<String>> texts(String name) {
        Attribute value = node.attributes().get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Attribute.Texts texts) {
            return Optional.of(texts.values());
        }
        throw wrongForm(name);
    }

    /** A setting that is a list of numbers. */
    Optional<float[]> reals(String name) {
        Attribute value = node.attributes().get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Attribute.Reals reals) {
            return Optional.of(reals.values());
        }
        throw wrongForm(name);
    }

    /** A setting that is a list of whole numbers. */
    Optional<long[]> wholes(String name) {
        Attribute value = node.attributes().get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Attribute.Wholes wholes) {
            return Optional.of(wholes.values());
        }
        throw wrongForm(name);
    }

    /** Whole numbers that newer versions give as an argument, and older ones as a setting. */
    Optional<long[]> wholes(String name, int argument) {
        return has(name) ? wholes(name) : knownOr(argument).map(Tensor::toWholes);
    }

    /** Sizes, one for each of some directions. */
    int[] sizes(String name, int directions, int otherwise) {
        long[] given = wholes(name).orElseGet(() -> {
            long[] equal = new long[directions];
            Arrays.fill(equal, otherwise);
            return equal;
        });
        if (given.length != directions) {
            throw new Untranslatable(
                    "the setting " + name + " has " + given.length + " numbers, and " + directions + " are needed");
        }
        return Arrays.stream(given).mapToInt(Call::integer).toArray();
    }

    /** The element type of a number. */
    static DType dtype(long number) {
        return ElementType.numbered(number)
                .flatMap(ElementType::dtype)
                .filter(type -> type != DType.STRING)
                .orElseThrow(() -> new Untranslatable("it has elements of type "
                        + ElementType.numbered(number).map(ElementType::text).orElse(String.valueOf(number))
                        + ", which cannot be computed"));
    }

    /** An axis, counted from 0, of a tensor with this many axes. */
    static int axis(long axis, int rank) {
        long counted = axis < 0 ? axis + rank : axis;
        if (counted < 0 || counted >= rank) {
            throw new Untranslatable("it names axis " + axis + " of a tensor with " + rank + " axes");
        }
        return (int) counted;
    }

    /** Axes, counted from 0 and sorted. */
    static int[] axes(long[] axes, int rank) {
        return Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).sorted().toArray();
    }

    /** An operation of {@code keras.ops} with one result. */
    Value operation(String name, Map<String, Object> config, Value... operands) {
        return to.layer(Kinds.named("ops." + name), config, List.of(), List.of(operands))
                .get(0);
    }

    /** An operation of {@code keras.ops} with several results. */
    List<Value> operations(String name, Map<String, Object> config, Value... operands) {
        return to.layer(Kinds.named("ops." + name), config, List.of(), List.of(operands));
    }

    /** A layer without weights. */
    Value layer(String name, Map<String, Object> config, Value... operands) {
        return to.layer(Kinds.named(name), config, List.of(), List.of(operands)).get(0);
    }

    /** A layer with weights in Keras' order and layout, of float32. */
    Value weighted(String name, Map<String, Object> config, List<Tensor> weights, Value... operands) {
        return weightedAll(name, config, weights, operands).get(0);
    }

    /** A layer with weights and several results. */
    List<Value> weightedAll(String name, Map<String, Object> config, List<Tensor> weights, Value... operands) {
        List<Tensor> floats = weights.stream().map(Tensors::floats).toList();
        return to.layer(Kinds.named(name), config, floats, List.of(operands));
    }

    /** A tensor known now. */
    static Value value(Tensor tensor) {
        return new Value.Known(tensor);
    }

    /** One number of a type. */
    static Value number(double number, DType dtype) {
        return new Value.Known(Filling.of(number, dtype));
    }

    /** The sizes of a value as whole numbers in a list for a configuration; unknown ones are −1. */
    List<Integer> open(long... sizes) {
        List<Integer> all = new ArrayList<>();
        for (long size : sizes) {
            all.add(to.sizes().unknown(size) ? -1 : integer(size));
        }
        return all;
    }

    /** Numbers as a list. */
    static List<Integer> list(int... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** The axes of a tensor from one on. */
    static int[] from(int first, int rank) {
        return IntStream.range(first, rank).toArray();
    }
}
