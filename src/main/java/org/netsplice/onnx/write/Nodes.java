package org.netsplice.onnx.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.OnnxSink;
import org.netsplice.onnx.proto.Attribute;
import org.netsplice.onnx.proto.ElementType;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.NodeProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.onnx.proto.ValueInfoProto;
import org.netsplice.onnx.proto.ValueInfoProto.Axis;

/** The nodes and constants of an ONNX graph, each named after the layer that it belongs to. */
final class Nodes implements OnnxSink {
    private final Shared shared;
    private final List<NodeProto> nodes = new ArrayList<>();
    private final Set<String> finished = new HashSet<>();
    private final Map<String, String> renames = new HashMap<>();
    private String layer = "";

    /** What a graph shares with the graphs inside its nodes: all names, and the constants. */
    private static final class Shared {
        final Set<String> taken = new HashSet<>();
        final Map<String, String> names = new HashMap<>();
        final Map<String, Tensor> constants = new LinkedHashMap<>();
    }

    private record Inner(GraphProto graph) implements Body {}

    Nodes() {
        this(new Shared());
    }

    private Nodes(Shared shared) {
        this.shared = shared;
    }

    /** Names what follows after a layer. */
    void enter(String name) {
        layer = name;
    }

    /** Keeps a name for an input or output. */
    void take(String name) {
        shared.taken.add(name);
    }

    @Override
    public String free(String wanted) {
        String name = wanted;
        for (int i = 1; !shared.taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    @Override
    public List<String> node(String type, List<String> inputs, int outputs, Map<String, Object> attributes) {
        String name = free(layer + "/" + type);
        List<String> results = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            results.add(free(i == 0 ? name + ":0" : name + ":" + i));
        }
        Map<String, Attribute> written = new TreeMap<>();
        attributes.forEach((key, value) -> written.put(key, attribute(value)));
        nodes.add(NodeProto.of(name, type, inputs, results, written));
        return results;
    }

    @Override
    public String constant(String key, Tensor tensor) {
        return shared.names.computeIfAbsent(key, made -> {
            String name = free(made.lines().findFirst().orElse(""));
            shared.constants.put(name, tensor);
            return name;
        });
    }

    /**
     * Makes a value an output with this name, which must be free or {@linkplain #take kept}: the node that gives it is made to call it so,
     * or an Identity node does where the value is no node's or an output already.
     */
    void finish(String value, String name) {
        boolean ours = !finished.contains(value)
                && !captured(value)
                && nodes.stream().anyMatch(node -> node.outputs().contains(value));
        finished.add(name);
        if (!ours) {
            nodes.add(NodeProto.of(free(layer + "/" + SAME), SAME, List.of(value), List.of(name), Map.of()));
            return;
        }
        nodes.replaceAll(node -> new NodeProto(
                node.name(),
                node.operator(),
                node.domain(),
                node.overload(),
                renamed(node.inputs(), value, name),
                renamed(node.outputs(), value, name),
                node.attributes(),
                node.doc()));
        renames.put(value, name);
    }

    /** Whether a graph inside a node reads a value. */
    private boolean captured(String value) {
        return nodes.stream()
                .flatMap(node -> node.attributes().values().stream())
                .anyMatch(attribute -> attribute instanceof Attribute.Subgraph inner && reads(inner.value(), value));
    }

    private static boolean reads(GraphProto graph, String value) {
        return graph.nodes().stream()
                .anyMatch(node -> node.inputs().contains(value)
                        || node.attributes().values().stream()
                                .anyMatch(attribute ->
                                        attribute instanceof Attribute.Subgraph inner && reads(inner.value(), value)));
    }

    private static List<String> renamed(List<String> names, String from, String to) {
        return names.contains(from)
                ? names.stream().map(name -> name.equals(from) ? to : name).toList()
                : names;
    }

    /** What a value is called now. */
    String now(String value) {
        return renames.getOrDefault(value, value);
    }

    private static Attribute attribute(Object value) {
        if (value instanceof Integer number) {
            return new Attribute.Whole(number);
        } else if (value instanceof Long number) {
            return new Attribute.Whole(number);
        } else if (value instanceof Number number) {
            return new Attribute.Real(number.floatValue());
        } else if (value instanceof String text) {
            return new Attribute.Text(text);
        } else if (value instanceof int[] numbers) {
            return new Attribute.Wholes(IntStream.of(numbers).asLongStream().toArray());
        } else if (value instanceof long[] numbers) {
            return new Attribute.Wholes(numbers);
        } else if (value instanceof double[] numbers) {
            float[] reals = new float[numbers.length];
            for (int i = 0; i < reals.length; i++) {
                reals[i] = (float) numbers[i];
            }
            return new Attribute.Reals(reals);
        } else if (value instanceof String[] texts) {
            return new Attribute.Texts(Arrays.asList(texts));
        } else if (value instanceof Inner inner) {
            return new Attribute.Subgraph(inner.graph());
        }
        throw new IllegalArgumentException("an attribute " + value);
    }

    @Override
    public OnnxSink inner() {
        Nodes inner = new Nodes(shared);
        inner.enter(layer);
        return inner;
    }

    @Override
    public Body end(List<Named> inputs, List<Named> outputs) {
        return new Inner(graph(layer.isEmpty() ? "body" : layer + " body", inputs, outputs, List.of()));
    }

    /** The whole graph with its constants. */
    GraphProto whole(String name, List<Named> inputs, List<Named> outputs) {
        List<TensorProto> constants = new ArrayList<>();
        shared.constants.forEach((constant, tensor) -> constants.add(TensorProto.of(constant, tensor)));
        return graph(name, inputs, outputs, constants);
    }

    private GraphProto graph(String name, List<Named> inputs, List<Named> outputs, List<TensorProto> constants) {
        return new GraphProto(
                name,
                List.copyOf(nodes),
                constants,
                List.of(),
                inputs.stream().map(Nodes::value).toList(),
                outputs.stream().map(Nodes::value).toList(),
                List.of(),
                "");
    }

    private static ValueInfoProto value(Named named) {
        Shape shape = named.shape();
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            String symbol = axis == 0 ? "N" : named.name() + "_" + axis;
            axes.add(shape.size(axis) == Shape.UNKNOWN ? Axis.named(symbol) : Axis.of(shape.size(axis)));
        }
        return ValueInfoProto.tensor(named.name(), ElementType.of(named.type()), axes);
    }
}
