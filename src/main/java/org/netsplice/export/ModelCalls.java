package org.netsplice.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.WeightsId;

/** The calls of layers and of nested models, model by model, as a file of Keras lists them. */
final class ModelCalls {
    private static final String INPUT = "InputLayer";
    private final Graph graph;
    private final Map<NodeId, Optional<GroupId>> models = new HashMap<>();
    private final Map<GroupId, List<Node>> inside = new LinkedHashMap<>();
    private final Map<Object, TreeSet<Outlet>> outlets = new HashMap<>();

    /**
     * A call.
     *
     * @param layer what it calls: the weights' identity, or the definition of a nested model
     * @param group the nested model's call, when it is one
     * @param nodes the node, or all inside
     * @param reads the ports outside that it reads, in the order of its inputs
     */
    record Call(Object layer, Optional<Group> group, List<Node> nodes, List<Port> reads) {}

    /** A nested model: what all its calls have in common. */
    private record Definition(String name, List<WeightsId> layers) {}

    /** A port of the node at a place inside a nested model. */
    private record Outlet(int place, int index) implements Comparable<Outlet> {
        @Override
        public int compareTo(Outlet other) {
            return place != other.place ? Integer.compare(place, other.place) : Integer.compare(index, other.index);
        }
    }

    ModelCalls(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes().values()) {
            Optional<GroupId> model = nested(graph.groupOf(node.id()));
            models.put(node.id(), model);
            while (model.isPresent()) {
                inside.computeIfAbsent(model.get(), id -> new ArrayList<>()).add(node);
                model = around(model.get());
            }
        }
        noteOutlets();
    }

    private Optional<GroupId> nested(Optional<Group> group) {
        Optional<Group> present = group;
        while (present.isPresent() && !present.get().kind().nested()) {
            present = present.get().parent().map(graph.groups()::get);
        }
        return present.map(Group::id);
    }

    private Optional<GroupId> around(GroupId model) {
        return nested(graph.groups().get(model).parent().map(graph.groups()::get));
    }

    /** The nested model around a node that is called directly in {@code model}; empty for a layer of that model itself. */
    private Optional<GroupId> calledIn(Optional<GroupId> model, NodeId node) {
        Optional<GroupId> present = models.get(node);
        Optional<GroupId> called = Optional.empty();
        while (present.isPresent() && !present.equals(model)) {
            called = present;
            present = around(present.get());
        }
        return called;
    }

    private boolean within(GroupId model, NodeId node) {
        Optional<GroupId> present = models.getOrDefault(node, Optional.empty());
        while (present.isPresent() && !present.get().equals(model)) {
            present = around(present.get());
        }
        return present.isPresent();
    }

    private void noteOutlets() {
        Map<GroupId, Set<Port>> leaving = new HashMap<>();
        for (Node node : graph.nodes().values()) {
            for (Port port : node.inputs()) {
                leave(port, Optional.of(node.id()), leaving);
            }
        }
        graph.outputs().forEach(output -> leave(output.port(), Optional.empty(), leaving));
        inside.forEach((id, nodes) -> {
            TreeSet<Outlet> ports = outlets.computeIfAbsent(definition(id), key -> new TreeSet<>());
            for (int place = 0; place < nodes.size(); place++) {
                Node node = nodes.get(place);
                for (int index = 0; index < node.layer().outputCount(); index++) {
                    if (leaving.getOrDefault(id, Set.of()).contains(new Port(node.id(), index))) {
                        ports.add(new Outlet(place, index));
                    }
                }
            }
        });
    }

    private void leave(Port port, Optional<NodeId> reader, Map<GroupId, Set<Port>> leaving) {
        Optional<GroupId> model = models.getOrDefault(port.node(), Optional.empty());
        while (model.isPresent() && (reader.isEmpty() || !within(model.get(), reader.get()))) {
            leaving.computeIfAbsent(model.get(), id -> new HashSet<>()).add(port);
            model = around(model.get());
        }
    }

    private Object definition(GroupId model) {
        return new Definition(
                graph.groups().get(model).definition(),
                inside.get(model).stream()
                        .filter(node -> !node.layer().className().equals(INPUT))
                        .map(Node::weights)
                        .toList());
    }

    /** The calls of a nested model, or of the whole network, in the order of the graph. */
    List<Call> of(Optional<GroupId> model) {
        List<Node> nodes =
                model.map(inside::get).orElseGet(() -> List.copyOf(graph.nodes().values()));
        List<Call> calls = new ArrayList<>();
        Set<GroupId> entered = new HashSet<>();
        for (Node node : nodes) {
            Optional<GroupId> called = calledIn(model, node.id());
            if (called.isEmpty()) {
                calls.add(new Call(node.weights(), Optional.empty(), List.of(node), node.inputs()));
            } else if (entered.add(called.get())) {
                GroupId id = called.get();
                calls.add(new Call(definition(id), Optional.of(graph.groups().get(id)), inside.get(id), entries(id)));
            }
        }
        return calls;
    }

    /** What a nested model reads: by its inputs, or, when it has none of its own, each port once. */
    private List<Port> entries(GroupId model) {
        List<Port> byInputs = new ArrayList<>();
        Set<Port> others = new LinkedHashSet<>();
        for (Node node : inside.get(model)) {
            boolean input = node.layer().className().equals(INPUT)
                    && models.get(node.id()).equals(Optional.of(model));
            for (Port port : node.inputs()) {
                if (!within(model, port.node())) {
                    if (input) {
                        byInputs.add(port);
                    } else {
                        others.add(port);
                    }
                }
            }
        }
        byInputs.addAll(others);
        return byInputs;
    }

    /** The outputs of a call, in order. */
    List<Port> outputs(Call call) {
        if (call.group().isEmpty()) {
            return ports(call.nodes().get(0));
        }
        List<Port> ports = outlets.get(call.layer()).stream()
                .filter(outlet -> outlet.place() < call.nodes().size())
                .map(outlet -> new Port(call.nodes().get(outlet.place()).id(), outlet.index()))
                .toList();
        return ports.isEmpty() ? ports(call.nodes().get(call.nodes().size() - 1)) : ports;
    }

    private static List<Port> ports(Node node) {
        List<Port> ports = new ArrayList<>();
        for (int index = 0; index < node.layer().outputCount(); index++) {
            ports.add(new Port(node.id(), index));
        }
        return ports;
    }

    /** The ports whose values a nested model, or the whole network, gives out. */
    List<Port> results(Optional<Call> model) {
        return model.map(this::outputs)
                .orElseGet(() -> graph.outputs().stream().map(Output::port).toList());
    }
}
