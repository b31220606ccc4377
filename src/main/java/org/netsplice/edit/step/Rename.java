package org.netsplice.edit.step;

import java.util.Optional;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/** Gives a layer another name: any text without a slash that no other layer has. */
public record Rename(NodeId node, String name) implements Edit {

    @Override
    public Document apply(Document document) {
        Graph graph = document.graph();
        Node present = Graphs.node(graph, node);
        requireName(Graphs.at(present), name);
        Optional<Node> other = graph.named(name);
        if (other.isPresent() && !other.get().id().equals(node)) {
            throw new ModelException.EditRefused(
                    Graphs.at(present), "the name \"" + name + "\" is taken by another layer", "Choose another name.");
        }
        return document.with(graph.withNode(present.withName(name)));
    }

    static void requireName(Where where, String name) {
        if (name.isBlank() || name.contains("/") || !name.equals(name.strip())) {
            throw new ModelException.EditRefused(
                    where,
                    "\"" + name + "\" is not a name",
                    "A name has no slash and does not begin or end with a space.");
        }
    }

    @Override
    public String title() {
        return "rename layer";
    }
}
