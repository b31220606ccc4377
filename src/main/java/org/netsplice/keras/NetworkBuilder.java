package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.Opaque;

/**
 * Makes a graph of an architecture: every call becomes a node, every call of a nested model a group, and calls of one layer
 * share their weights, also across calls of the model around it.
 */
final class NetworkBuilder {
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<GroupId, Group> groups = new TreeMap<>();
    private final Map<GroupId, Set<NodeId>> members = new HashMap<>();
    private final List<NodeId> inputs = new ArrayList<>();
    private final Set<NodeId> unshaped = new HashSet<>();
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<Json, WeightsId> objects = new IdentityHashMap<>();
    private final Map<GroupId, Json> models = new TreeMap<>();
    private long next = 1;

    /** Where a model stands: the names and the path of weights around it. */
    private record Level(List<String> names, String path, Optional<GroupId> group, boolean trainable) {}

    private NetworkBuilder() {}

    /**
     * A graph without weights.
     *
     * @param leaves its layers in the order of the file
     * @param objects the layers by their objects in the file
     * @param models the objects of nested models
     * @param unshaped inputs whose shapes the file does not tell
     */
    record Built(
            String name,
            Graph graph,
            List<Leaf> leaves,
            IdentityHashMap<Json, WeightsId> objects,
            Map<GroupId, Json> models,
            Set<NodeId> unshaped) {}

    /**
     * Makes the graph of a whole model.
     *
     * @throws org.netsplice.problem.ModelException.Unsupported when it would have too many nodes
     */
    static Built build(ModelConfig model, Json at) {
        Unfolding.check(model, at);
        NetworkBuilder builder = new NetworkBuilder();
        Level top = new Level(List.of(), "", Optional.empty(), model.trainable());
        ModelConfig functional = Sequentials.asFunctional(model, at);
        List<Output> outputs = builder.instantiate(functional, at, top, Optional.empty());
        List<NodeId> inputs = builder.inOrder(model);
        Graph graph = new Graph(builder.nodes, builder.filled(), Map.of(), inputs, outputs);
        return new Built(
                model.name(),
                graph,
                List.copyOf(builder.leaves.values()),
                builder.objects,
                builder.models,
                Set.copyOf(builder.unshaped));
    }

    private Map<GroupId, Group> filled() {
        Map<GroupId, Group> filled = new TreeMap<>();
        groups.forEach((id, group) -> filled.put(id, group.withMembers(members.getOrDefault(id, Set.of()))));
        return filled;
    }

    /** The inputs as the model lists them; then the layers that are inputs but not listed. */
    private List<NodeId> inOrder(ModelConfig model) {
        Map<String, NodeId> named = new HashMap<>();
        inputs.forEach(id -> named.putIfAbsent(nodes.get(id).name(), id));
        Set<NodeId> ordered = new LinkedHashSet<>();
        for (Reference reference : model.inputs()) {
            if (named.containsKey(reference.layer())) {
                ordered.add(named.get(reference.layer()));
            }
        }
        ordered.addAll(inputs);
        return List.copyOf(ordered);
    }

    /** What is known of a model's layers, where their weights are, and what a call gives to its inputs. */
    private record Model(Mentions mentions, Map<String, String> paths, Optional<Map<String, Port>> given) {}

    private List<Output> instantiate(ModelConfig model, Json at, Level level, Optional<Map<String, Port>> given) {
        CallOrder order = new CallOrder(model, at);
        Model present = new Model(new Mentions(model), StoredPaths.of(model, level.path()), given);
        Map<String, List<Port>> results = new HashMap<>();
        for (CallOrder.Step step : order.steps()) {
            List<Port> read = step.inputs().stream()
                    .map(reference -> port(results.get(order.key(reference)), reference))
                    .toList();
            results.put(CallOrder.key(step.layer(), step.call()), call(present, step, read, level));
        }
        List<String> names = OutputNames.of(model);
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < model.outputs().size(); i++) {
            Reference reference = model.outputs().get(i);
            List<Port> ports = results.get(order.key(reference));
            if (ports == null) {
                throw reference.at().wrong("the layer \"" + reference.layer() + "\" is an output but is never called");
            }
            outputs.add(output(port(ports, reference), names.get(i)));
        }
        return outputs;
    }

    private Output output(Port port, String name) {
        return new Output(port, nodes.get(port.node()).name().equals(name) ? "" : name);
    }

    private static Port port(List<Port> ports, Reference reference) {
        if (reference.tensor() >= ports.size()) {
            throw reference
                    .at()
                    .wrong("refers to output " + reference.tensor() + " of the layer \"" + reference.layer()
                            + "\", which has " + ports.size());
        }
        return ports.get(reference.tensor());
    }

    private List<Port> call(Model model, CallOrder.Step step, List<Port> read, Level level) {
        LayerConfig layer = step.layer();
        String path = model.paths().get(layer.name());
        if (layer.nested().isPresent()) {
            return nested(layer, step, read, path, level);
        }
        if (LayerReader.isInput(layer)) {
            return List.of(input(model, layer, level));
        }
        Mentions mentions = model.mentions();
        LayerReader.Read one = LayerReader.read(
                layer, layer.calls().get(step.call()), mentions.specs(layer), mentions.outputCount(layer));
        Layer value = one.layer();
        List<Port> inputs = one.inputs().stream().map(read::get).toList();
        Leaf leaf = leaf(layer, value, path, level);
        objects.put(layer.object(), leaf.id());
        NodeId id = new NodeId(next++);
        String name = unique(layer.name(), step.call(), level);
        Policy policy = LayerReader.policy(layer);
        add(new Node(id, name, value, inputs, leaf.id(), leaf.trainable(), policy), level);
        List<Port> ports = new ArrayList<>();
        for (int index = 0; index < value.outputCount(); index++) {
            ports.add(new Port(id, index));
        }
        return ports;
    }

    private Port input(Model model, LayerConfig layer, Level level) {
        NodeId id = new NodeId(next++);
        String name = unique(layer.name(), 0, level);
        WeightsId weights = new WeightsId(id.number());
        objects.putIfAbsent(layer.object(), weights);
        if (model.given().isEmpty()) {
            inputs.add(id);
            InputLayer value = Sequentials.UNSHAPED;
            if (Sequentials.isUnshaped(layer)) {
                unshaped.add(id);
            } else {
                value = LayerReader.input(layer.config());
            }
            add(new Node(id, name, value, List.of(), weights, true), level);
            return Port.of(id);
        }
        Port given = model.given().get().get(layer.name());
        if (given == null) {
            throw layer.object().wrong("no call of the nested model gives anything to this input");
        }
        add(new Node(id, name, new NestedInput(), List.of(given), weights, true), level);
        if (!Sequentials.isUnshaped(layer)) {
            learn(given.node(), LayerReader.input(layer.config()));
        }
        return Port.of(id);
    }

    /** What a nested model reads has the shape of its input, where nothing else tells it. */
    private void learn(NodeId id, InputLayer input) {
        Node node = nodes.get(id);
        if (node.layer() instanceof Opaque opaque
                && opaque.outputCount() == 1
                && opaque.known().isEmpty()) {
            nodes.put(id, node.withLayer(opaque.giving(new TensorSpec(input.batchShape(), input.dtype()))));
        }
    }

    private List<Port> nested(LayerConfig layer, CallOrder.Step step, List<Port> read, String path, Level level) {
        ModelConfig model = layer.nested().orElseThrow();
        GroupId id = new GroupId(next++);
        int call = step.call();
        String title = call == 0 ? layer.name() : layer.name() + " (" + (call + 1) + ")";
        Group.Kind kind = model.sequential() ? Group.Kind.NESTED_SEQUENTIAL : Group.Kind.NESTED;
        groups.put(id, new Group(id, title, kind, level.group(), layer.name(), Set.of()));
        models.put(id, layer.object());
        List<String> around = new ArrayList<>(level.names());
        around.add(layer.name());
        Level inner = new Level(around, path, Optional.of(id), level.trainable() && model.trainable());
        ModelConfig functional = Sequentials.asFunctional(model, layer.object());
        Map<String, Port> given = given(layer, functional.inputs(), step.inputs(), read);
        return instantiate(functional, layer.object(), inner, Optional.of(given)).stream()
                .map(Output::port)
                .toList();
    }

    /**
     * What a call gives to each input of a nested model: by name when the call is a dictionary that has all of them, else in order.
     * Inputs that are not in a dictionary are called like their layers.
     */
    private static Map<String, Port> given(
            LayerConfig layer, List<Reference> wanted, List<Reference> references, List<Port> read) {
        Map<String, Port> byName = new HashMap<>();
        for (int i = 0; i < read.size(); i++) {
            byName.put(references.get(i).key(), read.get(i));
        }
        List<String> names = wanted.stream()
                .map(input -> input.key().isEmpty() ? input.layer() : input.key())
                .toList();
        boolean named = byName.size() == read.size() && byName.keySet().containsAll(names);
        if (!named && read.size() != wanted.size()) {
            throw layer.object()
                    .wrong("the nested model has " + wanted.size() + " inputs, but is called with " + read.size());
        }
        Map<String, Port> given = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            given.put(wanted.get(i).layer(), named ? byName.get(names.get(i)) : read.get(i));
        }
        return given;
    }

    private void add(Node node, Level level) {
        nodes.put(node.id(), node);
        level.group()
                .ifPresent(id ->
                        members.computeIfAbsent(id, any -> new TreeSet<>()).add(node.id()));
    }

    private Leaf leaf(LayerConfig layer, Layer value, String path, Level level) {
        return leaves.computeIfAbsent(path, key -> {
            List<String> chain = new ArrayList<>(level.names());
            chain.add(layer.name());
            boolean own = layer.config().isObject()
                    && layer.config().find("trainable").map(Json::flag).orElse(true);
            return new Leaf(chain, path, value, new WeightsId(next), new NodeId(next), own && level.trainable());
        });
    }

    private String unique(String name, int call, Level level) {
        String wanted = call == 0 ? name : name + " (" + (call + 1) + ")";
        List<String> around = level.names();
        String candidate = wanted;
        for (int depth = around.size() - 1; depth >= 0 && names.contains(candidate); depth--) {
            candidate = around.get(depth) + "_" + candidate;
        }
        while (names.contains(candidate)) {
            candidate = wanted + "_" + (numbers.merge(wanted, 1, Integer::sum) + 1);
        }
        names.add(candidate);
        return candidate;
    }
}
