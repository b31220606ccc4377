package org.netsplice.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.Comparison;

/** Finds the weights of layers in a file. */
interface WeightSource {

    /**
     * The weights of all layers that have any. Their number and shapes are checked, and nothing may be left over. A layer whose
     * needs are not known gets what the file has for it.
     *
     * @throws org.netsplice.problem.ModelException.Invalid naming the first layer that differs
     */
    Map<WeightsId, Weights> read(List<Leaf> leaves, Needs needs);

    /** A comparison of what layers need with what the file holds, paired as {@link #read} pairs them. */
    List<Comparison.Row> compare(List<Leaf> leaves, Needs needs);

    /**
     * The shapes of the tensors that the file has for a layer, in Keras' order where it needs {@code specs}; empty when they cannot be
     * found without knowing what other layers need.
     */
    List<Shape> shapes(Leaf leaf, List<WeightSpec> specs);

    /**
     * The numbers of the optimizer in its order, none when the file has none or in another form; empty when they are too many.
     *
     * @param most how many are read at most
     */
    Optional<List<Tensor>> optimizer(long most);

    /** Shapes in order, such as {@code (6, 8), (8,)}. */
    static String shapes(Stream<Shape> shapes) {
        return shapes.map(Shape::toString).collect(Collectors.joining(", "));
    }

    /** A layer's name and class. */
    static String title(Leaf leaf) {
        return String.join("/", leaf.names()) + " (" + leaf.className() + ")";
    }
}
