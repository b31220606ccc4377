package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.edit.step.Several;
import org.netsplice.graph.Group;

/** Names of documents that say which networks were opened, such as {@code cnn_a + cnn_b}. */
public final class DocumentNames {
    /** More networks than these are counted, not named. */
    private static final int MAX_NAMED = 3;

    private DocumentNames() {}

    /** Opens a network and names the document after all its networks, unless the user has given it a name. */
    public static Edit opening(Document document, Edit network) {
        List<String> names = new ArrayList<>(networks(document));
        boolean own = !document.name().equals(Document.EMPTY.name())
                && !document.name().equals(joined(names));
        if (own) {
            return network;
        }
        Document opened = network.apply(document);
        return new Several(List.of(network, new RenameDocument(joined(networks(opened)))), network.title());
    }

    private static List<String> networks(Document document) {
        return document.graph().groups().values().stream()
                .filter(group -> group.kind() == Group.Kind.NETWORK)
                .map(Group::name)
                .toList();
    }

    private static String joined(List<String> names) {
        return names.size() <= MAX_NAMED
                ? String.join(" + ", names)
                : String.join(" + ", names.subList(0, MAX_NAMED)) + " + " + (names.size() - MAX_NAMED) + " more";
    }
}
