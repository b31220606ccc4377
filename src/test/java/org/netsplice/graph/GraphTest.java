package org.netsplice.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.netsplice.layers.Layers;

/** Graphs and their topology answer what plain loops over all nodes find, also when wires end nowhere or close a cycle. */
class GraphTest {
    private static final Layer LAYER = Layers.kind("Add").orElseThrow().standard();
    private static final int IDS = 40;

    @Property(tries = 300)
    void answersWhatPlainLoopsFind(@ForAll long seed) {
        Random random = new Random(seed);
        Map<NodeId, Node> model = new LinkedHashMap<>();
        Graph graph = Graph.EMPTY;
        for (int step = 0; step < 6; step++) {
            if (random.nextInt(3) > 0) {
                List<Node> changed = nodes(random);
                changed.forEach(node -> model.put(node.id(), node));
                graph = graph.withNodes(changed);
            } else {
                Set<NodeId> gone = someIds(random);
                model.keySet().removeAll(gone);
                graph = graph.withoutNodes(gone);
            }
            graph = graph.withOutputs(
                    someIds(random).stream().map(id -> Output.of(Port.of(id))).toList());
            checkNodes(graph, List.copyOf(model.values()));
            checkTopology(graph);
        }
    }

    private static List<Node> nodes(Random random) {
        Map<NodeId, Node> nodes = new LinkedHashMap<>();
        for (int i = random.nextInt(25); i > 0; i--) {
            NodeId id = id(random);
            /* Mostly forward wires, so that some graphs have a cycle and some have none. */
            List<Port> inputs = IntStream.range(0, random.nextInt(3))
                    .mapToObj(input -> Port.of(
                            random.nextInt(40) == 0 ? id(random) : new NodeId(random.nextInt((int) id.number()))))
                    .toList();
            nodes.put(
                    id,
                    new Node(id, "node" + random.nextInt(20), LAYER, inputs, new WeightsId(random.nextInt(30)), true));
        }
        return List.copyOf(nodes.values());
    }

    private static NodeId id(Random random) {
        return new NodeId(1 + random.nextInt(IDS));
    }

    private static Set<NodeId> someIds(Random random) {
        Set<NodeId> ids = new LinkedHashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            ids.add(id(random));
        }
        return ids;
    }

    private static void checkNodes(Graph graph, List<Node> expected) {
        assertThat(graph.inOrder()).isEqualTo(expected);
        assertThat(List.copyOf(graph.nodes().values())).isEqualTo(expected);
        List<NodeId> ids = expected.stream().map(Node::id).toList();
        for (int number = 0; number <= IDS; number++) {
            NodeId id = new NodeId(number);
            assertThat(graph.place(id)).isEqualTo(ids.indexOf(id));
            assertThat(graph.readers(id))
                    .isEqualTo(
                            ids.contains(id)
                                    ? expected.stream()
                                            .filter(node -> reads(node, id))
                                            .toList()
                                    : List.of());
        }
        for (int number = 0; number < 20; number++) {
            String name = "node" + number;
            assertThat(graph.named(name))
                    .isEqualTo(expected.stream()
                            .filter(node -> node.name().equals(name))
                            .findFirst());
        }
        for (int number = 0; number < 30; number++) {
            WeightsId layer = new WeightsId(number);
            long calls = expected.stream()
                    .filter(node -> node.weights().equals(layer))
                    .count();
            assertThat(graph.isShared(layer)).isEqualTo(calls > 1);
        }
    }

    private static boolean reads(Node node, NodeId source) {
        return node.inputs().stream().anyMatch(port -> port.node().equals(source));
    }

    private static void checkTopology(Graph graph) {
        Topology topology = Topology.of(graph);
        BiPredicate<NodeId, NodeId> feeds = (from, to) -> reads(graph.node(to), from);
        Set<NodeId> circling = new HashSet<>();
        for (NodeId id : graph.nodes().keySet()) {
            Set<NodeId> upstream = reached(graph, id, (present, other) -> feeds.test(other, present));
            assertThat(topology.upstream(id)).isEqualTo(upstream);
            assertThat(topology.downstream(id)).isEqualTo(reached(graph, id, feeds));
            boolean circles = graph.node(id).inputs().stream()
                    .anyMatch(port -> topology.downstream(id).contains(port.node()));
            if (circles) {
                circling.add(id);
            }
        }
        assertThat(topology.cycle()).isEqualTo(circling);
        Set<NodeId> needed = new HashSet<>();
        graph.outputs().stream()
                .map(output -> output.port().node())
                .filter(graph.nodes()::containsKey)
                .forEach(id -> needed.addAll(topology.upstream(id)));
        assertThat(topology.needed()).isEqualTo(needed);
        assertThat(topology.unneeded())
                .isEqualTo(graph.inOrder().stream()
                        .filter(node -> !needed.contains(node.id()))
                        .toList());
        if (circling.isEmpty()) {
            assertThat(topology.order()).isEqualTo(ordered(graph));
        }
    }

    private static Set<NodeId> reached(Graph graph, NodeId from, BiPredicate<NodeId, NodeId> leads) {
        List<NodeId> found = new ArrayList<>(List.of(from));
        for (int i = 0; i < found.size(); i++) {
            NodeId present = found.get(i);
            graph.nodes().keySet().stream()
                    .filter(id -> !found.contains(id) && leads.test(present, id))
                    .forEach(found::add);
        }
        return new HashSet<>(found);
    }

    /** Takes the first node whose sources were all taken, again and again. */
    private static List<Node> ordered(Graph graph) {
        List<Node> left = new ArrayList<>(graph.inOrder());
        List<Node> order = new ArrayList<>();
        while (!left.isEmpty()) {
            Node next = left.stream()
                    .filter(node -> left.stream().noneMatch(other -> reads(node, other.id())))
                    .findFirst()
                    .orElseThrow();
            left.remove(next);
            order.add(next);
        }
        return order;
    }

    @Property(tries = 200)
    void tellsWhatAnotherGraphHasOtherwise(@ForAll long seed) {
        Random random = new Random(seed);
        Graph one = Graph.EMPTY.withNodes(nodes(random)).withWeights(weights(random));
        Graph two = (random.nextBoolean() ? one : Graph.EMPTY)
                .withNodes(nodes(random))
                .withWeights(weights(random));
        assertThat(one.notIn(two))
                .isEqualTo(one.inOrder().stream()
                        .filter(node -> !two.inOrder().contains(node))
                        .toList());
        Set<WeightsId> reweighed = new TreeSet<>(one.weights().keySet());
        reweighed.addAll(two.weights().keySet());
        reweighed.removeIf(id -> one.weights().containsKey(id)
                && one.weights().get(id).equals(two.weights().get(id)));
        assertThat(one.reweighed(two)).isEqualTo(reweighed).isEqualTo(two.reweighed(one));
        assertThat(one.equals(two))
                .isEqualTo(one.nodes().equals(two.nodes()) && one.weights().equals(two.weights()));
    }

    private static Map<WeightsId, Weights> weights(Random random) {
        Map<WeightsId, Weights> weights = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            float value = random.nextInt(2);
            weights.put(new WeightsId(random.nextInt(4)), new Weights(List.of(Tensor.of(Shape.of(1), value))));
        }
        return weights;
    }

    @Test
    void aNodeStandsUnderItsOwnIdentity() {
        Node node = new Node(new NodeId(1), "a", LAYER, List.of(), new WeightsId(1), true);
        assertThatThrownBy(() -> Graph.EMPTY.withNodes(Map.of(new NodeId(2), node)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("node 1 stands under 2");
    }
}
