package org.netsplice.edit.step;

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
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
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
 * Adds copies of layers with the wires and groups among them. Copies whose inputs are complete and that nothing reads become outputs.
 *
 * @param shared whether copies use the weights of their originals, where these are in the document, instead of copies of them
 * @param connected whether copies also read what their originals read outside of the clip, where that is in the document
 */
public record Paste(Clip clip, boolean shared, boolean connected) implements Edit {
    private static final Spot ASIDE = new Spot(40, 40);

    @Override
    public Document apply(Document document) {
        return clip.nodes().isEmpty() ? document : new Copying(document).run();
    }

    @Override
    public String title() {
        return clip.nodes().size() == 1
                ? "paste layer"
                : "paste " + clip.nodes().size() + " layers";
    }

    /** The nodes that pasting adds to a document. */
    public Set<NodeId> added(Document before) {
        Set<NodeId> added = new HashSet<>();
        for (int i = 0; i < clip.nodes().size(); i++) {
            added.add(new NodeId(before.nextId() + i));
        }
        return added;
    }

    private final class Copying {
        private final Document document;
        private final Graph graph;
        private final Map<NodeId, NodeId> copies = new HashMap<>();
        private final Map<WeightsId, WeightsId> weights = new HashMap<>();
        private long next;

        Copying(Document document) {
            this.document = document;
            this.graph = document.graph();
            this.next = document.nextId();
            clip.inOrder().forEach(node -> copies.put(node.id(), new NodeId(next++)));
        }

        Document run() {
            Map<NodeId, Node> nodes = new LinkedHashMap<>(graph.nodes());
            Map<WeightsId, Weights> values = new TreeMap<>(graph.weights());
            List<NodeId> inputs = new ArrayList<>(graph.inputs());
            Map<NodeId, Spot> spots = new HashMap<>();
            Names names = new Names(graph);
            for (Node node : clip.inOrder()) {
                NodeId id = copies.get(node.id());
                WeightsId own = shared && here(node)
                        ? node.weights()
                        : weights.computeIfAbsent(node.weights(), one -> {
                            WeightsId fresh = new WeightsId(next++);
                            Weights value = clip.from().graph().weights().get(one);
                            if (value != null) {
                                values.put(fresh, value);
                            }
                            return fresh;
                        });
                String name = names.take(node.name(), "");
                nodes.put(id, new Node(id, name, node.layer(), inputs(node), own, node.trainable(), node.policy()));
                if (node.isInput()) {
                    inputs.add(id);
                }
                Spot spot = clip.from().placement().spots().get(node.id());
                if (spot != null) {
                    spots.put(id, spot.plus(ASIDE.x(), ASIDE.y()));
                }
            }
            Graph copied = new Graph(nodes, groups(), values, inputs, graph.outputs());
            return document.with(copied.withOutputs(outputs(copied)))
                    .with(document.placement().with(spots))
                    .withNextId(next);
        }

        /** Whether an original is in this document. */
        private boolean here(Node node) {
            return node.equals(graph.nodes().get(node.id()))
                    || Optional.ofNullable(graph.nodes().get(node.id()))
                            .filter(one -> one.layer().equals(node.layer())
                                    && one.weights().equals(node.weights()))
                            .isPresent();
        }

        private List<Port> inputs(Node node) {
            List<Port> inputs = new ArrayList<>();
            for (Port port : node.inputs()) {
                NodeId copy = copies.get(port.node());
                if (copy != null) {
                    inputs.add(new Port(copy, port.index()));
                } else if (connected && here(clip.from().graph().node(port.node())) && graph.has(port)) {
                    inputs.add(port);
                }
            }
            return inputs;
        }

        /** Groups of which every layer is copied. */
        private Map<GroupId, Group> groups() {
            Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
            Graph from = clip.from().graph();
            Map<GroupId, GroupId> fresh = new HashMap<>();
            for (Group group : from.groups().values()) {
                List<Node> inside = from.nodesIn(group.id());
                if (!inside.isEmpty() && inside.stream().allMatch(node -> copies.containsKey(node.id()))) {
                    fresh.put(group.id(), new GroupId(next++));
                }
            }
            fresh.forEach((old, id) -> {
                Group group = from.groups().get(old);
                TreeSet<NodeId> members = new TreeSet<>();
                group.members().forEach(member -> members.add(copies.get(member)));
                Optional<GroupId> parent = group.parent().map(fresh::get);
                String title = parent.isPresent() ? group.name() : Names.title(groups.values(), group.name());
                groups.put(id, new Group(id, title, group.kind(), parent, group.definition(), members));
            });
            return groups;
        }

        private List<Output> outputs(Graph copied) {
            Set<NodeId> read = new HashSet<>();
            Set<NodeId> open = new HashSet<>();
            for (NodeId id : copies.values()) {
                Node node = copied.node(id);
                node.inputs().forEach(port -> read.add(port.node()));
                boolean complete = node.inputs().size() >= node.layer().arity().least();
                if (!complete || node.inputs().stream().anyMatch(port -> open.contains(port.node()))) {
                    open.add(id);
                }
            }
            List<Output> outputs = new ArrayList<>(copied.outputs());
            clip.inOrder().stream()
                    .map(node -> copied.node(copies.get(node.id())))
                    .filter(node -> !node.isInput() && !read.contains(node.id()) && !open.contains(node.id()))
                    .forEach(node -> outputs.add(Output.of(Port.of(node.id()))));
            return outputs;
        }
    }
}
