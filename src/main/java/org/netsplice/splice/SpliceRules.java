package org.netsplice.splice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;

/** What holds in every document that edits make, checked because a file may have been changed by hand. */
final class SpliceRules {
    private SpliceRules() {}

    static void check(Graph graph, Json json) {
        Set<String> names = new HashSet<>();
        for (Node node : graph.nodes().values()) {
            if (!names.add(node.name())) {
                throw json.get("nodes").wrong("the name \"" + node.name() + "\" stands twice");
            }
            for (Port port : node.inputs()) {
                requirePort(graph, port, json, node.name());
            }
        }
        for (Output output : graph.outputs()) {
            requirePort(graph, output.port(), json, "the outputs");
        }
        for (NodeId input : graph.inputs()) {
            if (!graph.nodes().containsKey(input) || !graph.node(input).isInput()) {
                throw json.get("inputs").wrong(input.number() + " is not an input");
            }
        }
        groups(graph, json);
        figure(graph, json);
        if (!Topology.of(graph).cycle().isEmpty()) {
            throw json.get("nodes").wrong("the network feeds itself in a circle");
        }
    }

    private static void figure(Graph graph, Json json) {
        json.find("figure").ifPresent(figure -> {
            List<Json> named = new ArrayList<>(figure.get("plain").items());
            figure.get("labels").items().forEach(label -> named.add(label.get("node")));
            for (Json node : named) {
                if (!graph.nodes().containsKey(new NodeId(node.integer()))) {
                    throw node.wrong("names layer " + node.integer() + ", which does not exist");
                }
            }
        });
    }

    private static void requirePort(Graph graph, Port port, Json json, String reader) {
        if (!graph.has(port)) {
            throw json.get("nodes")
                    .wrong(reader + " reads output " + port.index() + " of layer "
                            + port.node().number() + ", which does not exist");
        }
    }

    private static void groups(Graph graph, Json json) {
        for (Group group : graph.groups().values()) {
            if (!graph.nodes().keySet().containsAll(group.members())) {
                throw json.get("groups").wrong("\"" + group.name() + "\" holds a layer that does not exist");
            }
            Group present = group;
            for (int depth = 0; present.parent().isPresent(); depth++) {
                present = graph.groups().get(present.parent().get());
                if (present == null || depth > graph.groups().size()) {
                    throw json.get("groups").wrong("\"" + group.name() + "\" is inside of a group that does not exist");
                }
            }
        }
    }
}
