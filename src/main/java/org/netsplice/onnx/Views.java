package org.netsplice.onnx;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;

/** Makes nodes of views when they are used; of equal ones, once. */
final class Views {
    private final Translation translation;
    private final Map<Seen, Value.Computed> made = new HashMap<>();

    /** A view for which nodes were made. */
    private record Seen(Port base, List<Integer> axes) {}

    Views(Translation translation) {
        this.translation = translation;
    }

    /** Forgets the views for which these nodes were made. */
    void forget(Collection<Node> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        made.values()
                .removeIf(value -> nodes.stream()
                        .anyMatch(node -> node.id().equals(value.port().node())));
    }

    /** What a node gives, for a value that is not known now. */
    Value.Computed settled(Value value) {
        if (value instanceof Value.Computed computed) {
            return computed;
        }
        if (!(value instanceof Value.View view)) {
            throw new Untranslatable("it gives numbers that do not depend on its input");
        }
        if (view.plain()) {
            return view.base();
        }
        Seen seen = new Seen(view.base().port(), Call.list(view.axes()));
        Value.Computed known = made.get(seen);
        if (known == null) {
            known = nodes(view);
            made.put(seen, known);
        }
        return known;
    }

    private Value.Computed nodes(Value.View view) {
        int rank = view.base().rank();
        List<Integer> kept =
                Arrays.stream(view.axes()).filter(axis -> axis >= 0).boxed().toList();
        List<Integer> gone = IntStream.range(0, rank)
                .filter(axis -> !kept.contains(axis))
                .boxed()
                .toList();
        Value present = view.base();
        if (!gone.isEmpty()) {
            present = operation("Squeeze", Map.of("axis", gone), present);
        }
        List<Integer> order = kept.stream()
                .map(axis ->
                        axis - (int) gone.stream().filter(other -> other < axis).count())
                .toList();
        boolean inOrder = IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i);
        if (!inOrder && order.get(0) == 0) {
            present = translation
                    .layer(
                            Kinds.named("Permute"),
                            Map.of("dims", order.subList(1, order.size())),
                            List.of(),
                            List.of(present))
                    .get(0);
        } else if (!inOrder) {
            present = operation("Transpose", Map.of("axes", order), present);
        }
        List<Integer> more = IntStream.range(0, view.axes().length)
                .filter(i -> view.axes()[i] < 0)
                .boxed()
                .toList();
        if (!more.isEmpty()) {
            present = operation("ExpandDims", Map.of("axis", more), present);
        }
        return (Value.Computed) present;
    }

    private Value operation(String name, Map<String, Object> config, Value operand) {
        return translation
                .layer(Kinds.named("ops." + name), config, List.of(), List.of(operand))
                .get(0);
    }
}
