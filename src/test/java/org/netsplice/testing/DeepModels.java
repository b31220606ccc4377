package org.netsplice.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
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
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.Layers;
import org.netsplice.problem.Where;

/** Networks of any size with weights as before training. */
public final class DeepModels {
    private static final List<TensorSpec> READ = List.of(TensorSpec.of(Shape.of(Shape.UNKNOWN, 8)));

    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<WeightsId, Weights> weights = new LinkedHashMap<>();
    private long next = 1;

    private DeepModels() {}

    private Port add(String layer, String name, Port... inputs) {
        Layer read = layer.startsWith("Input")
                ? new InputLayer(Shape.of(Shape.UNKNOWN, 8), DType.FLOAT32)
                : LayerNotation.parse(layer, Where.NOWHERE).layer();
        NodeId id = new NodeId(next++);
        WeightsId own = new WeightsId(next++);
        nodes.put(id, new Node(id, name, read, List.of(inputs), own, true));
        List<WeightSpec> specs = read.weights(READ);
        if (!specs.isEmpty()) {
            weights.put(own, Initial.draw(1, own, specs));
        }
        return Port.of(id);
    }

    /** An input, a stem, blocks of a Dense, an Activation and an Add around both, and a head: {@code 3 + 3 · blocks} layers. */
    public static Document residual(int blocks) {
        return new OpenNetwork(graph(blocks), "residual", "", "").apply(Document.EMPTY);
    }

    /** Several of them, joined by merges of all outputs. */
    public static Document joined(int networks, int blocks) {
        Document document = Document.EMPTY;
        List<Port> outputs = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            document = new OpenNetwork(graph(blocks), "network" + i, "", "").apply(document);
        }
        document.graph().outputs().forEach(output -> outputs.add(output.port()));
        return new org.netsplice.edit.step.AddLayer(
                        Layers.kind("Concatenate").orElseThrow().standard(), "", outputs, java.util.Optional.empty())
                .apply(document);
    }

    private static Graph graph(int blocks) {
        DeepModels made = new DeepModels();
        Port input = made.add("Input", "x");
        Port present = made.add("Dense(units=8)", "stem", input);
        for (int i = 1; i <= blocks; i++) {
            Port dense = made.add("Dense(units=8)", "block" + i + "_dense", present);
            Port relu = made.add("ReLU", "block" + i + "_relu", dense);
            present = made.add("Add", "block" + i + "_add", present, relu);
        }
        Port head = made.add("Dense(units=3,activation=softmax)", "head", present);
        return new Graph(made.nodes, Map.of(), made.weights, List.of(input.node()), List.of(Output.of(head)));
    }
}
