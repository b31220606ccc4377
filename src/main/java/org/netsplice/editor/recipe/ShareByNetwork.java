package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;

/**
 * Lets the networks of a document share their inputs: the first of every network become one, then the second, and so on. Where the
 * networks have different numbers of inputs, all inputs become one.
 */
public record ShareByNetwork() implements Edit {

    @Override
    public Document apply(Document document) {
        Document present = document;
        for (List<NodeId> together : together(document.graph())) {
            present = new ShareImages(together).apply(present);
        }
        return present;
    }

    /** Why the inputs cannot be shared; empty when they can. */
    public static Optional<ModelException.EditRefused> obstacle(Graph graph) {
        return together(graph).stream()
                .flatMap(inputs -> ShareImages.obstacle(graph, inputs).stream())
                .findFirst();
    }

    /** The names of the inputs that would stay. */
    public static List<String> staying(Graph graph) {
        return together(graph).stream()
                .map(inputs -> graph.node(inputs.get(0)).name())
                .toList();
    }

    /** The inputs that become one; inputs outside of any network, which are shared already, count as those of one more. */
    private static List<List<NodeId>> together(Graph graph) {
        Map<Optional<Group>, List<NodeId>> networks = new LinkedHashMap<>();
        for (NodeId id : graph.inputs()) {
            networks.computeIfAbsent(graph.outermostGroupOf(id), any -> new ArrayList<>())
                    .add(id);
        }
        List<List<NodeId>> all = List.copyOf(networks.values());
        int count = all.isEmpty() ? 0 : all.get(0).size();
        if (all.size() < 2 || all.stream().anyMatch(inputs -> inputs.size() != count)) {
            return List.of(List.copyOf(graph.inputs()));
        }
        List<List<NodeId>> together = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int place = i;
            together.add(all.stream().map(inputs -> inputs.get(place)).toList());
        }
        return together;
    }

    @Override
    public String title() {
        return "share input";
    }
}
