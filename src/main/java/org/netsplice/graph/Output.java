package org.netsplice.graph;

/** A port marked as an output of the document, and the name predictions carry; an empty name means the node's own. */
public record Output(Port port, String name) {

    /** An output named like its node. */
    public static Output of(Port port) {
        return new Output(port, "");
    }
}
