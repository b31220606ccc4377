package org.netsplice.splice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightsId;

/** Checks the rules that every document made by edits keeps, because a file may have been changed by hand. */
final class SpliceRules {
    private SpliceRules() {}

    static void check(Graph graph, long nextId, Json json) {
        nodes(graph, json.get("nodes"));
        numbers(graph, nextId, json);
        Json outputs = json.get("outputs");
        for (Output output : graph.outputs()) {
            requirePort(graph, output.port(), outputs, "the document");
        }
        inputs(graph, json.get("inputs"));
        groups(graph, json.get("groups"));
        figure(graph, json);
        if (!Topology.of(graph).cycle().isEmpty()) {
            throw json.get("nodes").wrong("the network feeds itself in a circle");
        }
    }

    private static void nodes(Graph graph, Json json) {
        Set<String> names = new HashSet<>();
        Map<WeightsId, Node> layers = new HashMap<>();
        for (Node node : graph.nodes().values()) {
            if (!names.add(node.name())) {
                throw json.wrong("the name \"" + node.name() + "\" stands twice");
            }
            for (Port port : node.inputs()) {
                requirePort(graph, port, json, "\"" + node.name() + "\"");
            }
            Node other = layers.putIfAbsent(node.weights(), node);
            if (other != null && !other.layer().equals(node.layer())) {
                throw json.wrong("\"" + other.name() + "\" and \"" + node.name()
                        + "\" share their weights, but are different layers");
            }
        }
    }

    /** Requires that {@code nextId}, the number of the next node, group or weights, is above all numbers in use. */
    private static void numbers(Graph graph, long nextId, Json json) {
        for (Node node : graph.nodes().values()) {
            requireBelow(Math.max(node.id().number(), node.weights().number()), nextId, json.get("nodes"));
        }
        graph.groups().keySet().forEach(id -> requireBelow(id.number(), nextId, json.get("groups")));
        graph.weights().keySet().forEach(id -> requireBelow(id.number(), nextId, json.get("weights")));
    }

    private static void requireBelow(long number, long nextId, Json json) {
        if (number >= nextId) {
            throw json.wrong("the number " + number + " is not below next_id, which is " + nextId);
        }
    }

    private static void inputs(Graph graph, Json json) {
        Set<NodeId> inputs = new HashSet<>();
        for (NodeId input : graph.inputs()) {
            if (!graph.nodes().containsKey(input) || !graph.node(input).isInput()) {
                throw json.wrong("layer " + input.number() + " is not an input");
            }
            if (!inputs.add(input)) {
                throw json.wrong("the input " + input.number() + " stands twice");
            }
        }
        for (Node node : graph.nodes().values()) {
            if (node.isInput() && !inputs.contains(node.id())) {
                throw json.wrong("the input \"" + node.name() + "\" is missing");
            }
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
            throw json.wrong(reader + " reads output " + port.index() + " of layer "
                    + port.node().number() + ", which does not exist");
        }
    }

    private static void groups(Graph graph, Json json) {
        Set<NodeId> members = new HashSet<>();
        Set<GroupId> sound = new HashSet<>();
        for (Group group : graph.groups().values()) {
            for (NodeId member : group.members()) {
                if (!graph.nodes().containsKey(member)) {
                    throw json.wrong(
                            "\"" + group.name() + "\" holds layer " + member.number() + ", which does not exist");
                }
                if (!members.add(member)) {
                    throw json.wrong("layer " + member.number() + " is in two groups");
                }
            }
            requireOutermost(graph, group, sound, json);
        }
    }

    /** Walks outwards from a group until it meets one that was checked, and refuses groups that are missing or contain themselves. */
    private static void requireOutermost(Graph graph, Group group, Set<GroupId> sound, Json json) {
        Set<GroupId> path = new LinkedHashSet<>();
        Optional<GroupId> around = Optional.of(group.id());
        while (around.isPresent() && !sound.contains(around.get())) {
            Group present = graph.groups().get(around.get());
            if (present == null) {
                throw json.wrong("\"" + group.name() + "\" is inside of a group that does not exist");
            }
            if (!path.add(present.id())) {
                throw json.wrong("\"" + group.name() + "\" is inside of itself");
            }
            around = present.parent();
        }
        sound.addAll(path);
    }
}
