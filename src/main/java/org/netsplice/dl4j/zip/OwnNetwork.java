package org.netsplice.dl4j.zip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Layers;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Makes a graph of the vertices this program writes: each names a layer of the catalogue and its settings as text, and has weights
 * {@code w0}, {@code w1}, … in Keras' order and layout. Vertices that only give masks, or only stand for an output, are no layers.
 */
final class OwnNetwork {
    /** The class of the vertices, which is compared as text. */
    static final String TYPE = "org.netsplice.dl4j.LayerVertex";

    /** What stands behind the name of a vertex that only stands for an output. */
    private static final String OUTPUT = " (output)";

    private final Configuration configuration;
    private final Description description;
    private final String file;
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<WeightsId, Weights> weights = new TreeMap<>();
    private final Map<Long, NodeId> shared = new HashMap<>();
    private final Map<String, Port> ports = new HashMap<>();
    private long next = 1;

    private OwnNetwork(Configuration configuration, Description description, String file) {
        this.configuration = configuration;
        this.description = description;
        this.file = file;
    }

    /** Whether all vertices of a network are this program's own. */
    static boolean is(Configuration configuration) {
        return configuration.vertices().stream()
                .allMatch(vertex -> vertex.type().equals(TYPE));
    }

    /**
     * The graph of a network.
     *
     * @param numbers all weights in the order of the vertices
     * @param description what the file says beside the network
     * @throws ModelException when the vertices are not as this program writes them
     */
    static Graph of(Configuration configuration, Tensor numbers, Description description, String file) {
        return new OwnNetwork(configuration, description, file).read(numbers);
    }

    private Graph read(Tensor numbers) {
        List<NodeId> inputs = new ArrayList<>();
        List<NodeId> open = new ArrayList<>();
        for (String name : configuration.inputs()) {
            Optional<InputLayer> known = description.input(name);
            NodeId id =
                    add(name, known.orElse(new InputLayer(Shape.of(Shape.UNKNOWN), DType.FLOAT32)), List.of(), true);
            inputs.add(id);
            if (known.isEmpty()) {
                open.add(id);
            }
        }
        Parameters parameters = new Parameters(numbers, 0, numbers.length());
        for (Configuration.Vertex vertex : configuration.vertices()) {
            add(vertex, parameters);
        }
        if (parameters.left() > 0) {
            throw Guard.invalid(
                    file,
                    Coefficients.ENTRY,
                    "holds " + numbers.length() + " numbers, and the layers have only "
                            + (numbers.length() - parameters.left()));
        }
        Graph graph = new Graph(nodes, Map.of(), weights, inputs, outputs());
        return scalars(OpenShapes.found(graph, open));
    }

    private NodeId add(String name, Layer layer, List<Port> read, boolean trainable) {
        NodeId id = new NodeId(next++);
        WeightsId own = new WeightsId(id.number());
        Policy policy = layer instanceof InputLayer ? Policy.FLOAT32 : description.policy(name);
        nodes.put(id, new Node(id, name, layer, read, own, trainable, policy));
        ports.put(name, Port.of(id));
        return id;
    }

    private void add(Configuration.Vertex vertex, Parameters numbers) {
        Json settings = vertex.settings();
        List<Tensor> own = weights(settings, numbers);
        if (settings.find("mask").map(Json::flag).orElse(false)) {
            return;
        }
        List<Json> picks = settings.get("picks").items();
        int count = settings.get("masks").items().size();
        if (picks.size() != vertex.read().size() || count > picks.size()) {
            throw settings.wrong("reads " + vertex.read().size() + " vertices and names another number of them");
        }
        List<Port> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(port(vertex.read().get(i), picks.get(i)));
        }
        Layer layer = layer(settings, vertex.name());
        if (layer instanceof NestedInput && read.size() == 1) {
            ports.put(vertex.name(), read.get(0));
            return;
        }
        boolean frozen = settings.find("frozen").map(Json::flag).orElse(false);
        NodeId id = add(vertex.name(), layer, read, own.isEmpty() || !frozen);
        Node node = nodes.get(id);
        if (node.policy().equals(Policy.FLOAT32)) {
            nodes.put(id, node.withPolicy(policy(settings)));
        }
        if (!own.isEmpty()) {
            weights.put(node.weights(), new Weights(own));
        }
        share(vertex.name(), nodes.get(id));
    }

    /** Calls of one layer have one set of weights; what only claims to be one keeps its own. */
    private void share(String name, Node node) {
        Optional<Long> number = description.shared(name);
        if (number.isEmpty()) {
            return;
        }
        Node first = nodes.get(shared.computeIfAbsent(number.get(), any -> node.id()));
        boolean equal = first.layer().equals(node.layer())
                && Objects.equals(weights.get(first.weights()), weights.get(node.weights()));
        if (equal && !first.id().equals(node.id())) {
            weights.remove(node.weights());
            nodes.put(node.id(), node.withWeights(first.weights()));
        }
    }

    private static Policy policy(Json settings) {
        String type = settings.find("computeType").map(Json::text).orElse("");
        return type.equals(DType.FLOAT64.text()) ? Policy.named(type) : Policy.named("mixed_" + type);
    }

    private Port port(String name, Json pick) {
        Port port = ports.get(name);
        if (port == null) {
            throw pick.wrong("reads the mask \"" + name + "\" as data");
        }
        int outputs = nodes.get(port.node()).layer().outputCount();
        long index = pick.integer(-1, Integer.MAX_VALUE);
        if (index >= outputs) {
            throw pick.wrong("reads output " + index + " of the layer \"" + name + "\", which has " + outputs);
        }
        return index < 0 ? port : new Port(port.node(), (int) index);
    }

    private Layer layer(Json settings, String name) {
        String type = settings.get("layerClass").text();
        Kind<?> kind = Layers.kind(type)
                .orElseThrow(() -> new ModelException.Unsupported(Problem.error(
                        new Where.InFile(file, Configuration.ENTRY),
                        "the layer \"" + name + "\" is of the class \"" + type + "\", which this version does not know",
                        "Update the program.")));
        byte[] text = settings.get("settings").text().getBytes(StandardCharsets.UTF_8);
        return kind.read(JsonReader.parse(text, file, Configuration.ENTRY + " " + name));
    }

    /** The weights of a vertex; those without numbers are not stored. */
    private List<Tensor> weights(Json settings, Parameters numbers) {
        boolean wide = settings.find("computeType").map(Json::text).orElse("").equals(DType.FLOAT64.text());
        List<Tensor> own = new ArrayList<>();
        for (Json sizes : settings.get("shapes").items()) {
            Shape shape = Shape.of(sizes.items().stream()
                    .mapToLong(size -> size.integer(0, Integer.MAX_VALUE))
                    .toArray());
            if (shape.elements() > numbers.left()) {
                throw Guard.invalid(file, Coefficients.ENTRY, "holds fewer numbers than the layers have");
            }
            own.add(wide ? numbers.exact(shape) : numbers.rows(shape.sizes()));
        }
        return own;
    }

    private List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < configuration.outputs().size(); i++) {
            String vertex = configuration.outputs().get(i);
            Port port = ports.get(vertex);
            if (port == null) {
                throw new ModelException.Invalid(Problem.error(
                        new Where.InFile(file, Configuration.ENTRY), "the output \"" + vertex + "\" is a mask", ""));
            }
            int end = vertex.lastIndexOf(OUTPUT);
            String plain = end > 0 ? vertex.substring(0, end) : vertex;
            String name = description.output(i).orElse(plain);
            boolean own = port.index() == 0 && nodes.get(port.node()).name().equals(name);
            outputs.add(new Output(port, own ? "" : name));
        }
        return outputs;
    }

    /** Weights without axes, which are stored with one of size 1. */
    private static Graph scalars(Graph graph) {
        Report report = Report.of(graph);
        Map<WeightsId, Weights> changed = new HashMap<>(graph.weights());
        for (Node node : graph.inOrder()) {
            Weights own = changed.get(node.weights());
            List<WeightSpec> specs = report.weights(node.id());
            if (own != null && !own.fit(specs) && own.tensors().size() == specs.size()) {
                List<Tensor> tensors = new ArrayList<>();
                for (int i = 0; i < specs.size(); i++) {
                    Tensor tensor = own.tensors().get(i);
                    tensors.add(
                            specs.get(i).shape().rank() == 0 && tensor.length() == 1
                                    ? tensor.reshaped(specs.get(i).shape())
                                    : tensor);
                }
                changed.put(node.weights(), new Weights(tensors));
            }
        }
        return graph.withWeights(changed);
    }
}
