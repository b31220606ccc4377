package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.onnx.proto.ElementType;
import org.netsplice.onnx.proto.ValueInfoProto;

/** The nodes made so far, and the sizes of what they give. What depends on numbers of the file alone is computed at once. */
final class Translation {
    /** How many numbers stand as settings of an operation; more are weights. */
    private static final int MOST_SETTINGS = 256;

    /** The place of a value that is only told about. */
    static final Port NOWHERE = Port.of(new NodeId(0));

    private static final int MOST_LITERALS = 1 << 20;

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<WeightsId, Weights> weights = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private boolean opaque;
    private final List<Node> fresh = new ArrayList<>();
    private final Sizes sizes = new Sizes();
    private final Views views = new Views(this);
    private final Literals literals = new Literals(sizes);
    private Optional<Value.Computed> rows = Optional.empty();
    private long fixedRows;
    private long next = 1;

    /** The numbers that stand for unknown sizes. */
    Sizes sizes() {
        return sizes;
    }

    /** Tells for how many rows the file was made; a negative number when for any. */
    void rows(long fixed) {
        fixedRows = fixedRows == 0 || fixedRows == fixed ? fixed : -1;
    }

    /** For how many rows the file was made; not positive when for any number. */
    long fixedRows() {
        return fixedRows;
    }

    /** Whether something is kept that cannot be computed. */
    boolean hasOpaque() {
        return opaque;
    }

    /** What the file says of a value. */
    Value.Computed told(ValueInfoProto value) {
        DType dtype = ElementType.numbered(value.element())
                .flatMap(ElementType::dtype)
                .orElse(DType.FLOAT32);
        Optional<long[]> shape = value.axes().map(axes -> {
            long[] all = new long[axes.size()];
            for (int axis = 0; axis < all.length; axis++) {
                ValueInfoProto.Axis one = axes.get(axis);
                boolean row = axis == 0 && one.size() >= 0 && one.size() == fixedRows;
                all[axis] = row ? Sizes.BATCH : sizes.of(one);
            }
            return all;
        });
        return new Value.Computed(NOWHERE, shape, dtype);
    }

    /** The nodes by identity, in their order. */
    Map<NodeId, Node> nodes() {
        return nodes;
    }

    /** The weights of the nodes. */
    Map<WeightsId, Weights> weights() {
        return weights;
    }

    /** Adds an input. */
    Value.Computed input(String name, DType dtype, long... shape) {
        InputLayer layer = new InputLayer(sizes.real(shape), dtype);
        NodeId id = new NodeId(next++);
        nodes.put(id, new Node(id, unique(name), layer, List.of(), new WeightsId(id.number()), true));
        Value.Computed value = new Value.Computed(Port.of(id), Optional.of(shape), dtype);
        if (rows.isEmpty() && shape[0] == Sizes.BATCH) {
            rows = Optional.of(value);
        }
        return value;
    }

    /** A layer of a kind, applied to its operands. */
    List<Value> layer(Kind<?> kind, Map<String, Object> config, List<Tensor> given, List<Value> operands) {
        List<Value> all = operands.stream()
                .map(operand -> plain(operand, kind.isOperation()))
                .toList();
        if (all.stream().allMatch(Value.Known.class::isInstance)) {
            return Folding.folded(Kinds.made(kind, config, Arguments.PLAIN), given, all);
        }
        List<Value> placed = new ArrayList<>();
        for (Value one : all) {
            boolean weights = one instanceof Value.Known known && (!kind.isOperation() || tooLarge(known));
            placed.add(weights ? constant((Value.Known) one, all) : one);
        }
        List<Value.Computed> inputs = placed.stream()
                .filter(Value.Computed.class::isInstance)
                .map(Value.Computed.class::cast)
                .toList();
        ComputedLayer layer = Kinds.made(kind, config, literals.call(kind, placed, inputs.size() < placed.size()));
        return applied(layer, given, inputs);
    }

    /** A layer whose call gives inputs to parameters that are no list of operands. */
    List<Value> called(
            Kind<?> kind,
            Map<String, Object> config,
            List<Tensor> given,
            Map<String, Object> call,
            List<Value> operands) {
        List<Value.Computed> inputs = operands.stream().map(views::settled).toList();
        return applied(Kinds.made(kind, config, new Arguments(Json.of(call))), given, inputs);
    }

    /** The value as an operand: a view as nodes, and one number everywhere as a number that takes any shape. */
    private Value plain(Value value, boolean spread) {
        if (value instanceof Value.View view) {
            return views.settled(view);
        }
        if (value instanceof Value.Uniform uniform && !spread && uniform.known().length > 0) {
            Value made = IndexOperators.perRow(this, uniform, uniform.known().length);
            if (made instanceof Value.Computed) {
                return made;
            }
        }
        if (!(value instanceof Value.Uniform uniform)) {
            return value;
        }
        long[] shape = uniform.known();
        boolean open = false;
        for (int axis = 0; axis < shape.length; axis++) {
            boolean unknown = sizes.unknown(shape[axis]);
            open |= unknown;
            shape[axis] = unknown ? 1 : shape[axis];
        }
        if (!open && Shape.of(shape).elements() > MOST_LITERALS) {
            throw new Untranslatable("it makes a tensor of " + Shape.of(shape));
        }
        return new Value.Known(Filling.of(uniform.number(), uniform.dtype(), shape));
    }

    private static boolean tooLarge(Value.Known known) {
        return known.tensor().length() > MOST_SETTINGS;
    }

    /** What a node gives, for a value that is not known now. */
    Value.Computed settled(Value value) {
        return views.settled(value);
    }

    /** Parts of a tensor, as a key of Python's indexing names them. */
    Value indexed(Value data, List<Object> key) {
        Arguments call = new Arguments(Json.of(Map.of("x", Arguments.input(0), "key", key)));
        ComputedLayer layer = Kinds.made(Kinds.named("ops.GetItem"), Map.of(), call);
        if (data instanceof Value.Known known) {
            return Folding.folded(layer, List.of(), List.of(known)).get(0);
        }
        return applied(layer, List.of(), List.of(views.settled(data))).get(0);
    }

    /** Numbers as weights, with an axis for the rows before them where all operands have it. */
    private Value constant(Value.Known known, List<Value> operands) {
        int rank = operands.stream()
                .filter(Value.Computed.class::isInstance)
                .mapToInt(Value::rank)
                .max()
                .orElseThrow();
        long[] own = known.shape();
        boolean spread = own.length < rank || own[0] == 1;
        if (!spread || own.length > rank || rows.isEmpty() || !known.dtype().floating()) {
            if (known.tensor().length() > MOST_LITERALS) {
                throw new Untranslatable("it computes with " + known.tensor().length() + " fixed numbers");
            }
            return known;
        }
        return perRow(known.tensor(), rank);
    }

    /** Numbers that are the same for every row, with this many axes, of which the first is that of the rows. */
    Value perRow(Tensor tensor, int rank) {
        List<Integer> shape = new ArrayList<>();
        long[] own = tensor.shape().sizes();
        for (int axis = 1; axis < rank; axis++) {
            int at = axis - rank + own.length;
            shape.add(at < 0 ? 1 : Math.toIntExact(own[at]));
        }
        Shape whole = Shape.of(1)
                .plus(Shape.of(shape.stream().mapToLong(Integer::longValue).toArray()));
        ComputedLayer layer = Kinds.made(Kinds.named("Constant"), Map.of("shape", shape), Arguments.PLAIN);
        return applied(
                        layer,
                        List.of(Tensors.floats(tensor).reshaped(whole)),
                        List.of(rows.orElseThrow(() -> new Untranslatable("no input tells the number of rows"))))
                .get(0);
    }

    private List<Value> applied(ComputedLayer layer, List<Tensor> given, List<Value.Computed> inputs) {
        List<TensorSpec> real = inputs.stream()
                .map(input -> new TensorSpec(sizes.real(input.shape()), input.dtype()))
                .toList();
        List<TensorSpec> outputs;
        List<WeightSpec> wanted;
        try {
            outputs = layer.inferOutputs(real);
            wanted = layer.weights(real);
        } catch (Layer.Misfit misfit) {
            throw new Untranslatable("the layer " + layer.className() + " " + misfit.getMessage());
        } catch (ArithmeticException overflow) {
            throw new Untranslatable("its sizes are too large");
        }
        Kinds.check(layer, wanted, given);
        List<TensorSpec> sized = sized(layer, inputs, outputs);
        NodeId id = new NodeId(next++);
        WeightsId weightsId = new WeightsId(id.number());
        fresh.add(new Node(
                id,
                layer.className(),
                layer,
                inputs.stream().map(Value.Computed::port).toList(),
                weightsId,
                true));
        if (!given.isEmpty()) {
            weights.put(weightsId, new Weights(given));
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            long[] shape =
                    sizes.derived(outputs.get(i).shape(), sized.get(i).shape().sizes());
            values.add(new Value.Computed(
                    new Port(id, i), Optional.of(shape), outputs.get(i).dtype()));
        }
        return values;
    }

    /** The outputs with numbers for unknown sizes; where the layer cannot tell them, those are new. */
    private List<TensorSpec> sized(ComputedLayer layer, List<Value.Computed> inputs, List<TensorSpec> outputs) {
        if (outputs.stream().allMatch(output -> output.shape().known())) {
            return outputs;
        }
        try {
            List<TensorSpec> sized = layer.outputs(inputs.stream()
                    .map(input -> new TensorSpec(Shape.of(input.shape()), input.dtype()))
                    .toList());
            if (sized.stream().allMatch(output -> output.shape().known())) {
                return sized;
            }
        } catch (Layer.Misfit misfit) {
            if (inputs.stream().allMatch(input -> sizes.onlyRows(input.shape()))) {
                throw new Untranslatable("the layer " + layer.className() + " " + sizes.told(misfit.getMessage()));
            }
        } catch (ArithmeticException overflow) {
            throw new Untranslatable("its sizes are too large");
        }
        return outputs.stream()
                .map(output -> output.with(Shape.of(sizes.fresh(output.shape()))))
                .toList();
    }

    /** The value with a vector added by the dense layer itself that gives it; empty when no such layer does. */
    Optional<Value> biased(Value.Computed value, Tensor bias) {
        Node node = nodes.get(value.port().node());
        boolean vector = bias.shape().rank() > 0
                && bias.shape().rank() <= value.rank()
                && bias.length() == bias.shape().last();
        if (node == null
                || !(node.layer() instanceof ComputedLayer layer)
                || !layer.className().equals("Dense")
                || !vector
                || bias.length() != value.shape()[value.rank() - 1]) {
            return Optional.empty();
        }
        Map<String, Object> config = new LinkedHashMap<>(layer.kind().config(layer));
        if (!Boolean.FALSE.equals(config.put("use_bias", true))) {
            return Optional.empty();
        }
        nodes.put(node.id(), node.withLayer(Kinds.made(layer.kind(), config, Arguments.PLAIN)));
        Tensor kernel = weights.get(node.weights()).tensors().get(0);
        Tensor floats = Tensors.floats(bias).reshaped(Shape.of(bias.length()));
        weights.put(node.weights(), new Weights(List.of(kernel, floats)));
        return Optional.of(value);
    }

    /** A layer that is kept and not computed. */
    List<Value> opaque(
            String className,
            Map<String, Object> config,
            String reason,
            List<Value> operands,
            List<Value.Computed> says) {
        List<Port> inputs = operands.stream()
                .filter(value -> value instanceof Value.Computed || value instanceof Value.View)
                .map(value -> views.settled(value).port())
                .toList();
        boolean told = says.stream().allMatch(value -> value.sizes().isPresent());
        List<TensorSpec> known = told
                ? says.stream()
                        .map(value -> new TensorSpec(sizes.real(value.shape()), value.dtype()))
                        .toList()
                : List.of();
        opaque = true;
        Opaque layer = new Opaque(className, Json.of(config), reason, known, Math.max(1, says.size()), List.of());
        NodeId id = new NodeId(next++);
        fresh.add(new Node(id, className, layer, inputs, new WeightsId(id.number()), true));
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < says.size(); i++) {
            values.add(new Value.Computed(
                    new Port(id, i), says.get(i).sizes(), says.get(i).dtype()));
        }
        return values;
    }

    /** Keeps the nodes made since the last call under a name; all but the last have their class in it, too. */
    void keep(String name) {
        for (int i = 0; i < fresh.size(); i++) {
            Node node = fresh.get(i);
            String own = i == fresh.size() - 1
                    ? name
                    : name + "_" + SnakeCase.of(node.layer().className());
            nodes.put(node.id(), node.withName(unique(own)));
        }
        fresh.clear();
    }

    /** Forgets the nodes made since the last call of {@link #keep}. */
    void forget() {
        fresh.forEach(node -> weights.remove(node.weights()));
        views.forget(fresh);
        fresh.clear();
    }

    private String unique(String name) {
        String candidate = name;
        while (!names.add(candidate)) {
            candidate = name + "_" + (numbers.merge(name, 1, Integer::sum) + 1);
        }
        return candidate;
    }
}
