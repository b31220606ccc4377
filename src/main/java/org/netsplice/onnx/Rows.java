package org.netsplice.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.onnx.proto.Attribute;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.NodeProto;
import org.netsplice.onnx.proto.ValueInfoProto;

/** Finds the axis of the batch's rows, which ONNX does not tell. */
final class Rows {
    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");

    private final Set<String> sequences = new HashSet<>();

    Rows(GraphProto graph) {
        for (NodeProto node : graph.nodes()) {
            if (RECURRENT.contains(node.operator()) && !node.inputs().isEmpty() && !batchFirst(node)) {
                sequences.add(node.inputs().get(0));
            }
        }
    }

    /**
     * The axis of the rows in an input: the first one, unless only another one has no fixed size, or a recurrent operator, whose data
     * are (steps, batch, features), reads the input.
     */
    int axis(ValueInfoProto input) {
        List<ValueInfoProto.Axis> axes = input.axes().orElseThrow();
        if (axes.size() < 2) {
            return 0;
        }
        boolean sequence = axes.size() == 3 && sequences.contains(input.name());
        boolean named = axes.get(0).symbol().toLowerCase(Locale.ROOT).startsWith("batch");
        if (sequence && !named) {
            return 1;
        }
        List<Integer> open = IntStream.range(0, axes.size())
                .filter(axis -> axes.get(axis).size() < 0)
                .boxed()
                .toList();
        return open.size() == 1 ? open.get(0) : 0;
    }

    private static boolean batchFirst(NodeProto node) {
        return node.attributes().get("layout") instanceof Attribute.Whole layout && layout.value() == 1;
    }

    /** A value with the axis of the rows before all others. */
    static Value first(Value value) {
        if (value.sizes().isEmpty() || value instanceof Value.Known || value instanceof Value.Uniform) {
            return value;
        }
        long[] sizes = value.shape();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == Sizes.BATCH) {
                int[] order = Call.from(0, sizes.length);
                for (int i = axis; i > 0; i--) {
                    order[i] = i - 1;
                }
                order[0] = axis;
                return axis == 0 ? value : ShapeOperators.permuted(value, order);
            }
        }
        throw new Untranslatable("it has no axis for the rows of the batch");
    }
}
