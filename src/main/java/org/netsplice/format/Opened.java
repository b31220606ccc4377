package org.netsplice.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;

/** What came out of a file. */
public sealed interface Opened {

    /** A document of this program. */
    record Project(Document document) implements Opened {

        /** Adds the document's layers as one network; if it holds several networks, they become frames in it. */
        @Override
        public OpenNetwork edit(String prefix) {
            Graph graph = document.graph();
            List<Group> networks = graph.groups().values().stream()
                    .filter(group -> group.kind() == Group.Kind.NETWORK)
                    .toList();
            boolean alone = networks.size() == 1
                    && graph.nodesIn(networks.get(0).id()).size()
                            == graph.nodes().size();
            Map<GroupId, Group> groups = new TreeMap<>(graph.groups());
            for (Group network : networks) {
                groups.put(
                        network.id(),
                        new Group(
                                network.id(),
                                network.name(),
                                Group.Kind.FRAME,
                                network.parent(),
                                network.definition(),
                                network.members()));
            }
            String name = document.name();
            if (alone) {
                Group only = networks.get(0);
                name = only.name();
                groups.remove(only.id());
                groups.replaceAll((id, group) ->
                        group.parent().equals(Optional.of(only.id())) ? group.withParent(Optional.empty()) : group);
            }
            Kept kept = document.kept()
                    .asNetwork(alone ? Optional.of(networks.get(0).id()) : Optional.empty());
            return new OpenNetwork(graph.withGroups(groups), name, "", prefix, kept);
        }

        @Override
        public Document asDocument() {
            return document;
        }
    }

    /**
     * One network, ready to be added to a document.
     *
     * @param kept the parts of the file that the graph does not hold
     */
    record Network(Graph graph, String name, String origin, Kept kept) implements Opened {

        @Override
        public OpenNetwork edit(String prefix) {
            return new OpenNetwork(graph, name, origin, prefix, kept);
        }

        @Override
        public Document asDocument() {
            return edit("").apply(Document.EMPTY.withName(name.replace('/', '_')));
        }
    }

    /** The edit that adds it to a document as one network; a prefix may be empty. */
    OpenNetwork edit(String prefix);

    /** A document that holds just this. */
    Document asDocument();
}
