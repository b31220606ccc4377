package org.netsplice.layers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.WeightsId;

/**
 * The order in which Keras 3 runs the layers of a functional model: those farthest from the outputs first. It matters where a layer takes
 * the masks of its inputs away from those that run later. Source: {@code map_graph} in {@code keras/src/ops/function.py}.
 */
public final class RunOrder {
    private final Graph graph;
    private final Map<NodeId, Integer> depths = new LinkedHashMap<>();

    private RunOrder(Graph graph) {
        this.graph = graph;
    }

    /**
     * The nodes in that order, each after those it reads.
     *
     * @param needed all nodes the outputs depend on, each after those it reads
     */
    public static List<Node> of(Graph graph, List<Node> needed) {
        RunOrder order = new RunOrder(graph);
        order.measure();
        List<Node> sorted = new ArrayList<>(needed);
        List<NodeId> found = new ArrayList<>(order.depths.keySet());
        Map<NodeId, Integer> places = new HashMap<>();
        found.forEach(id -> places.put(id, places.size()));
        sorted.sort(Comparator.<Node>comparingInt(node -> -order.depths.get(node.id()))
                .thenComparingInt(node -> places.get(node.id())));
        return sorted;
    }

    private void measure() {
        List<NodeId> traversed = traversed();
        Map<WeightsId, Integer> layers = new HashMap<>();
        for (int i = traversed.size() - 1; i >= 0; i--) {
            Node node = graph.node(traversed.get(i));
            int depth = Math.max(depths.getOrDefault(node.id(), 0), layers.getOrDefault(node.weights(), 0));
            layers.put(node.weights(), depth);
            depths.put(node.id(), depth);
            node.inputs().forEach(input -> depths.merge(input.node(), depth + 1, Math::max));
        }
    }

    /** The nodes from inputs to outputs, depth first. */
    private List<NodeId> traversed() {
        List<NodeId> traversed = new ArrayList<>();
        Set<NodeId> seen = new HashSet<>();
        Deque<NodeId> open = new ArrayDeque<>();
        Deque<Integer> places = new ArrayDeque<>();
        graph.outputs().forEach(output -> {
            enter(output.port().node(), seen, open, places);
            while (!open.isEmpty()) {
                List<Port> inputs = graph.node(open.peek()).inputs();
                int place = places.pop();
                if (place == inputs.size()) {
                    traversed.add(open.pop());
                } else {
                    places.push(place + 1);
                    enter(inputs.get(place).node(), seen, open, places);
                }
            }
        });
        return traversed;
    }

    private static void enter(NodeId id, Set<NodeId> seen, Deque<NodeId> open, Deque<Integer> places) {
        if (seen.add(id)) {
            open.push(id);
            places.push(0);
        }
    }
}
