package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

/**
 * Adds a network as a group of its own. Names that are taken get a prefix.
 *
 * @param network nodes, groups and weights with their own numbers
 * @param name the network's name; numbered when another network has it
 * @param origin the file it came from
 * @param prefix put before every name; empty for a prefix only where names clash
 * @param kept what the file said beyond the network
 */
public record OpenNetwork(Graph network, String name, String origin, String prefix, Kept kept) implements Edit {

    /** A network that comes from no file. */
    public OpenNetwork(Graph network, String name, String origin, String prefix) {
        this(network, name, origin, prefix, Kept.NOTHING);
    }

    @Override
    public Document apply(Document document) {
        return new Adding(document).run();
    }

    @Override
    public String title() {
        return "open " + name;
    }

    /** The work of one application: numbers are shifted so that none is used twice. */
    private final class Adding {
        private final Document document;
        private final Graph graph;
        private final long shift;
        private long last;

        Adding(Document document) {
            this.document = document;
            this.graph = document.graph();
            this.shift = document.nextId();
            this.last = shift;
        }

        Document run() {
            GroupId own = new GroupId(document.nextId());
            String title = Names.title(graph.groups().values(), name);
            Map<NodeId, Node> nodes = nodes(title);
            Map<GroupId, Group> groups = groups(own, title);
            Map<WeightsId, Weights> weights = new TreeMap<>(graph.weights());
            network.weights().forEach((id, value) -> weights.put(shifted(id), value));
            List<NodeId> inputs = new ArrayList<>(graph.inputs());
            network.inputs().forEach(id -> inputs.add(shifted(id)));
            Map<GroupId, String> origins = new TreeMap<>(document.origins());
            origins.put(own, origin);
            Graph next = new Graph(nodes, groups, weights, inputs, outputs());
            return document.with(next)
                    .withOrigins(origins)
                    .withKept(document.kept().with(named(nodes), shift))
                    .withNextId(last + 1);
        }

        /** The kept words, with the names that the layers have here. */
        private Kept named(Map<NodeId, Node> nodes) {
            Map<WeightsId, Kept.Said> layers = new HashMap<>(kept.layers());
            for (Node node : network.nodes().values()) {
                Kept.Said said = kept.layers().get(node.weights());
                if (said != null && said.name().equals(node.name())) {
                    layers.put(
                            node.weights(),
                            new Kept.Said(nodes.get(shifted(node.id())).name(), said.text()));
                }
            }
            return new Kept(layers, kept.models(), kept.trainings());
        }

        private Map<NodeId, Node> nodes(String title) {
            Names names = new Names(graph);
            Map<NodeId, Node> nodes = new LinkedHashMap<>(graph.nodes());
            for (Node node : network.nodes().values()) {
                NodeId id = shifted(node.id());
                List<Port> inputs = node.inputs().stream().map(this::shifted).toList();
                String wanted = names.take(prefix + node.name(), title + "_");
                nodes.put(
                        id,
                        new Node(
                                id,
                                wanted,
                                node.layer(),
                                inputs,
                                shifted(node.weights()),
                                node.trainable(),
                                node.policy()));
            }
            return nodes;
        }

        private Map<GroupId, Group> groups(GroupId own, String title) {
            Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
            TreeSet<NodeId> direct = new TreeSet<>();
            network.nodes().keySet().forEach(id -> direct.add(shifted(id)));
            for (Group group : network.groups().values()) {
                TreeSet<NodeId> members = new TreeSet<>();
                group.members().forEach(id -> members.add(shifted(id)));
                direct.removeAll(members);
                GroupId id = shifted(group.id());
                Optional<GroupId> parent =
                        Optional.of(group.parent().map(this::shifted).orElse(own));
                groups.put(id, new Group(id, group.name(), group.kind(), parent, group.definition(), members));
            }
            groups.put(own, new Group(own, title, Group.Kind.NETWORK, Optional.empty(), title, direct));
            return groups;
        }

        private List<Output> outputs() {
            List<Output> outputs = new ArrayList<>(graph.outputs());
            Set<String> taken = graph.outputs().stream().map(graph::outputName).collect(Collectors.toSet());
            for (Output output : network.outputs()) {
                String own = taken.contains(output.name()) ? "" : output.name();
                outputs.add(new Output(shifted(output.port()), own));
            }
            return outputs;
        }

        private long shifted(long number) {
            last = Math.max(last, number + shift);
            return number + shift;
        }

        private NodeId shifted(NodeId id) {
            return new NodeId(shifted(id.number()));
        }

        private GroupId shifted(GroupId id) {
            return new GroupId(shifted(id.number()));
        }

        private WeightsId shifted(WeightsId id) {
            return new WeightsId(shifted(id.number()));
        }

        private Port shifted(Port port) {
            return new Port(shifted(port.node()), port.index());
        }
    }
}
