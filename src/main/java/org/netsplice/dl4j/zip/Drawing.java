package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Initial;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Opaque;

/** A graph while it is drawn, node by node. Not thread-safe. */
final class Drawing {
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<WeightsId, Weights> weights = new TreeMap<>();
    private final List<NodeId> inputs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Set<String> reserved = new HashSet<>();
    private final FreeNames taken = new FreeNames();
    private long next = 1;

    /** Keeps names for the nodes that ask for exactly these. */
    Drawing(List<String> names) {
        reserved.addAll(names);
    }

    /** The finished graph. */
    Graph graph() {
        return new Graph(nodes, Map.of(), weights, inputs, outputs);
    }

    /** The place to which {@link #undo} goes back. */
    long mark() {
        return next;
    }

    /** Removes all nodes added after a mark. */
    void undo(long mark) {
        nodes.values().stream().filter(node -> node.id().number() >= mark).forEach(node -> taken.release(node.name()));
        nodes.keySet().removeIf(id -> id.number() >= mark);
        weights.keySet().removeIf(id -> id.number() >= mark);
        next = mark;
    }

    /** Adds an input of float32 numbers. */
    Value input(String name, Shape shape, Layout layout) {
        Port port = node(name, new InputLayer(shape, DType.FLOAT32), List.of(), List.of(), true);
        inputs.add(port.node());
        return new Value(port, layout, shape);
    }

    /** Marks a value as an output of this name. */
    void output(Value value, String name) {
        outputs.add(
                new Output(value.port(), nodes.get(value.port().node()).name().equals(name) ? "" : name));
    }

    /**
     * Adds a layer of the catalogue.
     *
     * @param gives what the axes of its result mean
     * @throws org.netsplice.problem.ModelException when the kind does not take these settings
     */
    Value add(String name, Step step, Layout gives, List<Value> read, List<Tensor> own, boolean trainable) {
        Layer layer = step.kind().read(Json.of(step.settings()));
        Port port = node(name, layer, read.stream().map(Value::port).toList(), own, trainable);
        return new Value(port, gives, shape(layer, read, gives));
    }

    private static Shape shape(Layer layer, List<Value> read, Layout gives) {
        try {
            return layer.outputs(read.stream()
                            .map(value -> TensorSpec.of(value.shape()))
                            .toList())
                    .get(0)
                    .shape();
        } catch (Layer.Misfit unfit) {
            return gives.shape(Shape.UNKNOWN);
        }
    }

    /**
     * Adds a layer that is only drawn and kept.
     *
     * @param own its numbers, as one tensor with one axis; may be empty
     */
    Value opaque(String name, String className, Json config, String reason, List<Value> read, Tensor own) {
        Opaque layer = new Opaque(className, config, reason, List.of(), 1, List.of());
        List<Tensor> kept = own.length() == 0 ? List.of() : List.of(own);
        if (!kept.isEmpty()) {
            layer = layer.holding(List.of(WeightSpec.trainable("parameters", Initial.ZEROS, own.length())));
        }
        Layout layout = read.isEmpty() ? Layout.FLAT : read.get(0).layout();
        Port port = node(name, layer, read.stream().map(Value::port).toList(), kept, true);
        return new Value(port, layout, layout.shape(Shape.UNKNOWN));
    }

    private Port node(String name, Layer layer, List<Port> read, List<Tensor> own, boolean trainable) {
        NodeId id = new NodeId(next++);
        WeightsId layerId = new WeightsId(id.number());
        nodes.put(id, new Node(id, taken.take(name), layer, read, layerId, trainable));
        if (!own.isEmpty()) {
            weights.put(layerId, new Weights(own));
        }
        return Port.of(id);
    }

    /** A name made of that of a vertex, which no vertex has. */
    String beside(String vertex, String suffix) {
        String name = vertex + "_" + suffix;
        for (int number = 2; reserved.contains(name); number++) {
            name = vertex + "_" + suffix + "_" + number;
        }
        return name;
    }
}
