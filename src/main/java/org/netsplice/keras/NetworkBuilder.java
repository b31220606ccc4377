package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.keras.ModelConfig.Reference;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.SnakeCase;

/**
 * Makes a graph of an architecture: every call becomes a node, every call of a nested model a group, and calls of one layer
 * share their weights, also across calls of the model around it.
 */
final class NetworkBuilder {
    private static final int DEEPEST = 64;
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final Map<GroupId, Group> groups = new TreeMap<>();
    private final List<NodeId> inputs = new ArrayList<>();
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private long next = 1;

    /** Where a model stands: the names and the path of weights around it. */
    private record Level(List<String> names, String path, Optional<GroupId> group, boolean trainable) {}

    private NetworkBuilder() {}

    /** A graph without weights, and its layers in the order of the file. */
    record Built(String name, Graph graph, List<Leaf> leaves) {}

    static Built build(ModelConfig model, Json at) {
        NetworkBuilder builder = new NetworkBuilder();
        Level top = new Level(List.of(), "", Optional.empty(), model.trainable());
        List<Output> outputs = builder.instantiate(model, at, top, Optional.empty());
        List<NodeId> inputs = builder.inOrder(model);
        Graph graph = new Graph(builder.nodes, builder.groups, Map.of(), inputs, outputs);
        return new Built(model.name(), graph, List.copyOf(builder.leaves.values()));
    }

    private List<NodeId> inOrder(ModelConfig model) {
        List<NodeId> ordered = new ArrayList<>();
        for (Reference reference : model.inputs()) {
            inputs.stream()
                    .filter(id -> nodes.get(id).name().equals(reference.layer()) && !ordered.contains(id))
                    .findFirst()
                    .ifPresent(ordered::add);
        }
        inputs.stream().filter(id -> !ordered.contains(id)).forEach(ordered::add);
        return ordered;
    }

    private List<Output> instantiate(ModelConfig model, Json at, Level level, Optional<List<Port>> arguments) {
        if (level.names().size() > DEEPEST) {
            throw at.wrong("models are nested more than " + DEEPEST + " levels deep");
        }
        ModelConfig functional = model.sequential() ? Sequentials.asFunctional(model, at) : model;
        CallOrder order = new CallOrder(functional, at);
        Map<String, String> paths = paths(functional, level);
        Map<String, List<Port>> results = new HashMap<>();
        for (CallOrder.Step step : order.steps()) {
            List<Port> read = step.inputs().stream()
                    .map(reference -> port(results.get(order.key(reference)), reference))
                    .toList();
            results.put(
                    CallOrder.key(step.layer(), step.call()), call(functional, step, read, arguments, paths, level));
        }
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < functional.outputs().size(); i++) {
            Reference reference = functional.outputs().get(i);
            List<Port> ports = results.get(order.outputKey(reference));
            if (ports == null) {
                throw reference.at().wrong("the layer \"" + reference.layer() + "\" is an output but is never called");
            }
            outputs.add(output(port(ports, reference), outputName(functional, i)));
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

    private List<Port> call(
            ModelConfig model,
            CallOrder.Step step,
            List<Port> read,
            Optional<List<Port>> arguments,
            Map<String, String> paths,
            Level level) {
        LayerConfig layer = step.layer();
        if (layer.nested().isPresent()) {
            return nested(layer, step.call(), read, paths.get(layer.name()), level);
        }
        if (LayerReader.isInput(layer)) {
            return List.of(input(model, layer, arguments, level));
        }
        LayerReader.Read one =
                LayerReader.read(layer, layer.calls().get(step.call()), specs(model, layer), outputCount(model, layer));
        Layer value = one.layer();
        List<Port> inputs = one.inputs().stream().map(read::get).toList();
        Leaf leaf = leaf(layer, value, paths.get(layer.name()), level);
        NodeId id = new NodeId(next++);
        add(new Node(id, unique(layer.name(), step.call(), level), value, inputs, leaf.id(), leaf.trainable()), level);
        List<Port> ports = new ArrayList<>();
        for (int index = 0; index < value.outputCount(); index++) {
            ports.add(new Port(id, index));
        }
        return ports;
    }

    private Port input(ModelConfig model, LayerConfig layer, Optional<List<Port>> arguments, Level level) {
        NodeId id = new NodeId(next++);
        String name = unique(layer.name(), 0, level);
        WeightsId weights = new WeightsId(id.number());
        if (arguments.isEmpty()) {
            inputs.add(id);
            add(new Node(id, name, LayerReader.input(layer.config()), List.of(), weights, true), level);
            return Port.of(id);
        }
        int index = model.inputs().stream().map(Reference::layer).toList().indexOf(layer.name());
        if (index < 0 || index >= arguments.get().size()) {
            throw layer.object()
                    .wrong("the nested model is called with " + arguments.get().size() + " inputs, but has more");
        }
        add(new Node(id, name, new NestedInput(), List.of(arguments.get().get(index)), weights, true), level);
        return Port.of(id);
    }

    private List<Port> nested(LayerConfig layer, int call, List<Port> read, String path, Level level) {
        ModelConfig model = layer.nested().orElseThrow();
        GroupId id = new GroupId(next++);
        String title = call == 0 ? layer.name() : layer.name() + " (" + (call + 1) + ")";
        groups.put(
                id,
                new Group(
                        id,
                        title,
                        model.sequential() ? Group.Kind.NESTED_SEQUENTIAL : Group.Kind.NESTED,
                        level.group(),
                        layer.name(),
                        new TreeSet<>()));
        List<String> around = new ArrayList<>(level.names());
        around.add(layer.name());
        Level inner = new Level(around, path, Optional.of(id), level.trainable() && model.trainable());
        return instantiate(model, layer.object(), inner, Optional.of(read)).stream()
                .map(Output::port)
                .toList();
    }

    private void add(Node node, Level level) {
        nodes.put(node.id(), node);
        level.group().ifPresent(id -> {
            TreeSet<NodeId> members = new TreeSet<>(groups.get(id).members());
            members.add(node.id());
            groups.put(id, groups.get(id).withMembers(members));
        });
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
        for (int number = 2; names.contains(candidate); number++) {
            candidate = wanted + "_" + number;
        }
        names.add(candidate);
        return candidate;
    }

    /** What the arguments of other calls say of a layer's outputs. */
    private static List<TensorSpec> specs(ModelConfig model, LayerConfig layer) {
        Map<Integer, TensorSpec> known = new TreeMap<>();
        model.layers().stream()
                .flatMap(other -> other.calls().stream())
                .flatMap(call -> call.inputs().stream())
                .filter(reference -> reference.layer().equals(layer.name()))
                .forEach(reference -> reference
                        .spec()
                        .flatMap(LayerReader::spec)
                        .ifPresent(spec -> known.putIfAbsent(reference.tensor(), spec)));
        List<TensorSpec> specs = new ArrayList<>();
        while (known.containsKey(specs.size())) {
            specs.add(known.get(specs.size()));
        }
        return specs;
    }

    private static int outputCount(ModelConfig model, LayerConfig layer) {
        Stream<Reference> read = model.layers().stream()
                .flatMap(other -> other.calls().stream())
                .flatMap(call -> call.inputs().stream());
        return Stream.concat(read, model.outputs().stream())
                .filter(reference -> reference.layer().equals(layer.name()))
                .mapToInt(reference -> reference.tensor() + 1)
                .max()
                .orElse(1);
    }

    /** An output is called by its key in a dictionary, else like its layer, numbered when that has several. */
    private static String outputName(ModelConfig model, int index) {
        Reference output = model.outputs().get(index);
        if (!output.key().isEmpty()) {
            return output.key();
        }
        List<Reference> same = model.outputs().stream()
                .filter(other -> other.layer().equals(output.layer()))
                .toList();
        return same.size() == 1 ? output.layer() : output.layer() + "_" + same.indexOf(output);
    }

    /** Where Keras 3 stores the weights of each layer: by class, numbered within the model, operations left out. */
    private static Map<String, String> paths(ModelConfig model, Level level) {
        Map<String, Integer> counters = new HashMap<>();
        Map<String, String> paths = new HashMap<>();
        String base = level.path().isEmpty() ? "layers/" : level.path() + "/layers/";
        for (LayerConfig layer : model.layers()) {
            boolean operation = LayerReader.isOperation(layer);
            String type = operation
                    ? "operation"
                    : SnakeCase.of(
                            Layers.kind(layer.className()).map(Kind::storedAs).orElse(layer.className()));
            int number = counters.merge(type, 1, Integer::sum) - 1;
            paths.put(layer.name(), base + (operation ? "#" : "") + type + (number == 0 ? "" : "_" + number));
        }
        return paths;
    }
}
