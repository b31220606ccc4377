package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;

/** Gives every network that reads a shared input an input of its own; the first keeps the present one. */
public record SeparateInputs(NodeId input) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node shared = Graphs.node(graph, input);
        Map<GroupId, List<NodeId>> networks = networks(graph);
        if (!shared.isInput() || networks.size() < 2) {
            throw new ModelException.EditRefused(
                    Graphs.at(shared), "is not an input that several networks share", "Choose a shared input.");
        }
        Names names = new Names(graph);
        Map<NodeId, Node> nodes = new LinkedHashMap<>(graph.nodes());
        Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
        List<NodeId> inputs = new ArrayList<>(graph.inputs());
        long next = document.nextId();
        int at = inputs.indexOf(input);
        boolean first = true;
        for (Map.Entry<GroupId, List<NodeId>> network : networks.entrySet()) {
            NodeId own = first ? input : new NodeId(next++);
            if (!first) {
                String name =
                        names.take(shared.name(), groups.get(network.getKey()).name() + "_");
                nodes.put(own, new Node(own, name, shared.layer(), List.of(), new WeightsId(own.number()), true));
                inputs.add(++at, own);
                network.getValue()
                        .forEach(reader -> nodes.put(reader, nodes.get(reader).rewired(Port.of(input), Port.of(own))));
            }
            join(groups, network.getKey(), own);
            first = false;
        }
        List<Output> outputs = graph.outputs();
        return document.with(new Graph(nodes, groups, graph.weights(), inputs, outputs))
                .withNextId(next);
    }

    /** The networks that read the input, and their layers that do. */
    private Map<GroupId, List<NodeId>> networks(Graph graph) {
        Map<GroupId, List<NodeId>> networks = new LinkedHashMap<>();
        for (NodeId reader : Topology.of(graph).readers(Port.of(input))) {
            Optional<Group> network = graph.outermostGroupOf(reader);
            network.ifPresent(group -> networks.computeIfAbsent(group.id(), id -> new ArrayList<>())
                    .add(reader));
        }
        return networks;
    }

    private static void join(Map<GroupId, Group> groups, GroupId id, NodeId node) {
        boolean grouped =
                groups.values().stream().anyMatch(group -> group.members().contains(node));
        if (!grouped) {
            TreeSet<NodeId> members = new TreeSet<>(groups.get(id).members());
            members.add(node);
            groups.put(id, groups.get(id).withMembers(members));
        }
    }

    @Override
    public String title() {
        return "separate inputs";
    }
}
