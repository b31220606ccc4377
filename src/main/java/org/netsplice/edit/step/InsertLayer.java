package org.netsplice.edit.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.problem.ModelException;

/** Puts a new layer into the wire of one input of a layer, counted from 0; both ends in one group, it joins that group. */
public record InsertLayer(Layer layer, NodeId reader, int input) implements Edit {

    @Override
    public Document apply(Document document) {
        Node end = Graphs.node(document.graph(), reader);
        Disconnect.requireInput(end, input);
        if (layer.arity().least() > 1) {
            throw new ModelException.EditRefused(
                    Graphs.at(end),
                    layer.className() + " takes " + layer.arity().text() + ", and a wire gives one",
                    "Drop it on the outputs it shall join.");
        }
        Port from = end.inputs().get(input);
        NodeId id = AddLayer.added(document);
        Document added = new AddLayer(layer, "", List.of(), Optional.empty()).apply(document);
        Graph graph = added.graph();
        List<Port> inputs = new ArrayList<>(end.inputs());
        inputs.set(input, Port.of(id));
        Graph wired = graph.withNodes(List.of(graph.node(id).withInputs(List.of(from)), end.withInputs(inputs)));
        Optional<GroupId> group = wired.groupOf(reader).map(Group::id);
        boolean same =
                group.isPresent() && wired.groupOf(from.node()).map(Group::id).equals(group);
        return added.with(same ? joined(wired, group.get(), id) : wired);
    }

    private static Graph joined(Graph graph, GroupId group, NodeId id) {
        Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
        groups.put(group, groups.get(group).withMember(id));
        return graph.withGroups(groups);
    }

    @Override
    public String title() {
        return "insert " + layer.className();
    }
}
