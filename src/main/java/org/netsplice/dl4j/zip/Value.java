package org.netsplice.dl4j.zip;

import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;

/**
 * What a vertex gives.
 *
 * @param port where it stands in the graph
 * @param layout what its axes mean in DL4J
 * @param shape its shape as held, as far as it is known
 */
record Value(Port port, Layout layout, Shape shape) {

    /** The same numbers with axes of another meaning. */
    Value as(Layout other) {
        return new Value(port, other, shape);
    }

    /** The number of features or channels, or {@link Shape#UNKNOWN}. */
    long features() {
        return shape.rank() > layout.features() ? shape.size(layout.features()) : Shape.UNKNOWN;
    }
}
