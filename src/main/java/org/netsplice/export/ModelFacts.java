package org.netsplice.export;

import org.netsplice.graph.Node;

/**
 * What a file said of a model that its graph does not show.
 *
 * @param sequential whether the whole model is a Sequential
 */
record ModelFacts(boolean sequential) {
    /** Nothing is known. */
    static final ModelFacts NONE = new ModelFacts(false);

    /** What the file calls a layer. */
    String name(Node node) {
        return node.name();
    }

    /** The class of a layer. */
    String className(Node node) {
        return node.layer().className();
    }
}
