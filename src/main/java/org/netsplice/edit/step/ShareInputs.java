package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Lets several networks read one input: the first stays, outside of any network, and the others disappear. */
public record ShareInputs(List<NodeId> inputs) implements Edit {

    public ShareInputs {
        inputs = List.copyOf(inputs);
    }

    @Override
    public Document apply(Document document) {
        Optional<ModelException.EditRefused> obstacle = obstacle(document.graph(), inputs);
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
        NodeId kept = inputs.get(0);
        Set<NodeId> gone = new LinkedHashSet<>(inputs.subList(1, inputs.size()));
        Graph graph = outside(document.graph(), kept);
        List<Node> changed = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            Node present = node;
            for (NodeId id : gone) {
                present = present.rewired(Port.of(id), Port.of(kept));
            }
            changed.add(present);
        }
        List<Output> outputs = graph.outputs().stream()
                .filter(output -> !gone.contains(output.port().node()))
                .toList();
        return Graphs.without(document.with(graph.withNodes(changed).withOutputs(outputs)), gone);
    }

    /** Why these inputs cannot be shared; empty when they can. */
    public static Optional<ModelException.EditRefused> obstacle(Graph graph, List<NodeId> inputs) {
        if (new TreeSet<>(inputs).size() < 2 || new TreeSet<>(inputs).size() != inputs.size()) {
            return Optional.of(new ModelException.EditRefused(
                    Where.NOWHERE, "sharing needs two different inputs or more", "Choose the inputs of two networks."));
        }
        Node first = Graphs.node(graph, inputs.get(0));
        for (NodeId id : inputs) {
            Node node = Graphs.node(graph, id);
            if (!(node.layer() instanceof InputLayer input) || !(first.layer() instanceof InputLayer wanted)) {
                return Optional.of(new ModelException.EditRefused(
                        Graphs.at(node), "is not an input", "Choose the inputs of two networks."));
            }
            if (!input.equals(wanted)) {
                return Optional.of(new ModelException.EditRefused(
                        Graphs.at(node),
                        "reads " + text(input) + ", but " + first.name() + " reads " + text(wanted)
                                + ", so they cannot share one input",
                        "Keep separate inputs, or reshape one of them with a layer behind a new input."));
            }
        }
        return Optional.empty();
    }

    private static String text(InputLayer input) {
        return input.batchShape() + " " + input.dtype().text();
    }

    private static Graph outside(Graph graph, NodeId node) {
        Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
        graph.groupOf(node).ifPresent(group -> {
            TreeSet<NodeId> rest = new TreeSet<>(group.members());
            rest.remove(node);
            groups.put(group.id(), group.withMembers(rest));
        });
        return graph.withGroups(groups);
    }

    @Override
    public String title() {
        return "share input";
    }
}
