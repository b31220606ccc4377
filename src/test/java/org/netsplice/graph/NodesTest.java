package org.netsplice.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.netsplice.layers.Layers;

/** Nodes made from others know what those know that are made from nothing. */
class NodesTest {
    private static final Layer LAYER = Layers.kind("Add").orElseThrow().standard();

    @Property(tries = 60)
    void knowWhatNodesMadeFromNothingKnow(@ForAll long seed) {
        Random random = new Random(seed);
        List<Nodes> made = new ArrayList<>(List.of(Nodes.copyOf(Map.of())));
        made.add(made.get(0).with(nodes(random, made.get(0), random.nextInt(300))));
        for (int step = 0; step < 20; step++) {
            Nodes from = made.get(random.nextInt(4) == 0 ? random.nextInt(made.size()) : made.size() - 1);
            int few = random.nextInt(8) == 0 ? 80 : 4;
            made.add(
                    random.nextBoolean()
                            ? from.with(nodes(random, from, random.nextInt(few)))
                            : from.without(some(random, from, random.nextInt(few))));
            if (random.nextBoolean()) {
                checkSources(made.get(made.size() - 1));
            }
        }
        made.forEach(NodesTest::check);
        for (int i = 0; i < 30; i++) {
            compare(made.get(random.nextInt(made.size())), made.get(random.nextInt(made.size())));
        }
    }

    /** New and changed nodes, which read others, some of which are not there. */
    private static List<Node> nodes(Random random, Nodes present, int count) {
        Map<NodeId, Node> nodes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            NodeId id = random.nextBoolean() && !present.isEmpty()
                    ? present.values().get(random.nextInt(present.size())).id()
                    : new NodeId(1 + random.nextInt(2000));
            List<Port> inputs = IntStream.range(0, random.nextInt(3))
                    .mapToObj(input -> Port.of(
                            random.nextInt(5) == 0 || present.isEmpty()
                                    ? new NodeId(1 + random.nextInt(2000))
                                    : present.values()
                                            .get(random.nextInt(present.size()))
                                            .id()))
                    .toList();
            String name = "node" + random.nextInt(500);
            nodes.put(id, new Node(id, name, LAYER, inputs, new WeightsId(random.nextInt(400)), true));
        }
        return List.copyOf(nodes.values());
    }

    private static Set<NodeId> some(Random random, Nodes present, int count) {
        Set<NodeId> found = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            found.add(
                    random.nextInt(5) == 0 || present.isEmpty()
                            ? new NodeId(1 + random.nextInt(2000))
                            : present.values()
                                    .get(random.nextInt(present.size()))
                                    .id());
        }
        return found;
    }

    private static void check(Nodes nodes) {
        List<NodeId> ids = nodes.values().stream().map(Node::id).toList();
        for (int number = 1; number <= 2000; number++) {
            NodeId id = new NodeId(number);
            assertThat(nodes.place(id)).isEqualTo(ids.indexOf(id));
        }
        for (int number = 0; number < 500; number++) {
            String name = "node" + number;
            assertThat(nodes.named(name))
                    .isEqualTo(nodes.values().stream()
                            .filter(node -> node.name().equals(name))
                            .findFirst());
        }
        Map<WeightsId, Long> calls =
                nodes.values().stream().collect(Collectors.groupingBy(Node::weights, Collectors.counting()));
        for (int number = 0; number <= 400; number++) {
            WeightsId layer = new WeightsId(number);
            assertThat(nodes.calls().of(layer))
                    .isEqualTo(calls.getOrDefault(layer, 0L).intValue());
        }
        checkSources(nodes);
    }

    private static void checkSources(Nodes nodes) {
        Sources fresh = Sources.of(nodes);
        assertThat(nodes.sources().order()).isEqualTo(fresh.order());
        for (int place = 0; place < nodes.size(); place++) {
            List<Integer> known = new ArrayList<>();
            List<Integer> expected = new ArrayList<>();
            nodes.sources().readers(place, known::add);
            fresh.readers(place, expected::add);
            assertThat(known).isEqualTo(expected);
        }
    }

    private static void compare(Nodes one, Nodes two) {
        assertThat(one.notIn(two))
                .isEqualTo(one.values().stream()
                        .filter(node -> !node.equals(two.get(node.id())))
                        .toList());
        Overlap overlap = one.overlap(two);
        for (int place = 0; place < one.size(); place++) {
            int there = overlap.place(place, one.size(), two.size());
            if (there >= 0) {
                assertThat(two.values().get(there).id())
                        .isEqualTo(one.values().get(place).id());
            }
        }
        List<NodeId> left = new ArrayList<>(one.keySet());
        List<NodeId> right = new ArrayList<>(two.keySet());
        int first = 0;
        while (first < Math.min(left.size(), right.size()) && left.get(first).equals(right.get(first))) {
            first++;
        }
        assertThat(overlap.first()).isEqualTo(first);
        assertThat(one.sameOrder(two)).isEqualTo(left.equals(right));
        assertThat(one.equals(two)).isEqualTo(new LinkedHashMap<>(one).equals(new LinkedHashMap<>(two)));
    }
}
