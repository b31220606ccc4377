package org.netsplice.format;

import org.netsplice.edit.Document;
import org.netsplice.edit.OpenNetwork;
import org.netsplice.graph.Graph;

/** What came out of a file. */
public sealed interface Opened {

    /** A document of this program. */
    record Project(Document document) implements Opened {
        @Override
        public Document asDocument() {
            return document;
        }
    }

    /** One network, ready to be added to a document. */
    record Network(Graph graph, String name, String origin) implements Opened {

        /** The edit that adds it; a prefix may be empty. */
        public OpenNetwork edit(String prefix) {
            return new OpenNetwork(graph, name, origin, prefix);
        }

        @Override
        public Document asDocument() {
            return edit("").apply(Document.EMPTY.withName(name.replace('/', '_')));
        }
    }

    /** A document that holds just this. */
    Document asDocument();
}
