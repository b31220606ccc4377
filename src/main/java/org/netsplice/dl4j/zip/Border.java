package org.netsplice.dl4j.zip;

import java.util.List;
import java.util.Map;
import org.netsplice.graph.Shape;
import org.netsplice.layers.CommonKinds;

/** Where data enters and leaves: sequences with their features first are turned by a layer that everybody sees. */
final class Border {
    private static final Step TURN = new Step(CommonKinds.PERMUTE, Map.of("dims", List.of(2, 1)));

    private Border() {}

    /** Data as DL4J has it becomes data as it is held. */
    static Value inside(Drawing drawing, Value value, String vertex) {
        return value.layout() == Layout.SEQUENCE_FIRST ? turned(drawing, value, vertex, "steps_first") : value;
    }

    /** Data as it is held becomes data as DL4J has it. */
    static Value outside(Drawing drawing, Value value, String vertex) {
        return value.layout() == Layout.SEQUENCE_FIRST ? turned(drawing, value, vertex, "features_first") : value;
    }

    private static Value turned(Drawing drawing, Value value, String vertex, String suffix) {
        return drawing.add(drawing.beside(vertex, suffix), TURN, value.layout(), List.of(value), List.of(), true);
    }

    /** The shape that data has in DL4J. */
    static Shape outside(Layout layout, Shape held) {
        return layout == Layout.SEQUENCE_FIRST && held.rank() == 3
                ? Shape.of(held.size(0), held.size(2), held.size(1))
                : held;
    }
}
