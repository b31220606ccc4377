package org.netsplice.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Sorted elements, and the sets and maps made of them, are what those of the JDK are. */
class SortedTest {
    private static final int KEYS = 900;

    @Property(tries = 200)
    void holdsWhatWasPutInAndNotTakenOut(@ForAll long seed) {
        Random random = new Random(seed);
        List<Map<Integer, String>> expected = new ArrayList<>(List.of(texts(random)));
        List<Sorted<Integer, String>> made = new ArrayList<>(List.of(sorted(expected.get(0))));
        for (int step = 0; step < 12; step++) {
            int from = random.nextInt(made.size());
            Map<Integer, String> model = new TreeMap<>(expected.get(from));
            Sorted<Integer, String> next = made.get(from);
            if (random.nextBoolean()) {
                Set<Integer> gone = keys(random, random.nextInt(5));
                model.keySet().removeAll(gone);
                next = next.without(gone);
            } else {
                String text = text(random.nextInt(KEYS), random);
                model.put(key(text), text);
                next = next.with(text);
            }
            made.add(next);
            expected.add(model);
        }
        for (int i = 0; i < made.size(); i++) {
            assertThat(made.get(i).elements())
                    .containsExactlyElementsOf(expected.get(i).values());
            int key = random.nextInt(KEYS);
            assertThat(made.get(i).get(key)).isEqualTo(expected.get(i).get(key));
            int other = random.nextInt(made.size());
            List<String> here = new ArrayList<>();
            List<String> there = new ArrayList<>();
            made.get(i).compare(made.get(other), here::add, there::add);
            assertThat(here).isEqualTo(without(expected.get(i), expected.get(other)));
            assertThat(there).isEqualTo(without(expected.get(other), expected.get(i)));
        }
    }

    @Property(tries = 100)
    void membersAreTheSetTheyWereMadeOf(@ForAll long seed) {
        Random random = new Random(seed);
        Set<NodeId> nodes = new HashSet<>();
        keys(random, random.nextInt(400)).forEach(key -> nodes.add(new NodeId(key)));
        Members members = Members.copyOf(nodes);
        assertThat(members).isEqualTo(nodes).hasSameHashCodeAs(nodes).containsExactlyElementsOf(new TreeSet<>(nodes));
        Set<NodeId> gone = new HashSet<>();
        keys(random, random.nextInt(800)).forEach(key -> gone.add(new NodeId(key)));
        Set<NodeId> left = new HashSet<>(nodes);
        left.removeAll(gone);
        assertThat(members.without(gone)).isEqualTo(left).isEqualTo(Members.copyOf(left));
        assertThat(left).isEqualTo(members.without(gone));
        NodeId one = new NodeId(random.nextInt(KEYS));
        left.add(one);
        assertThat(members.without(gone).with(one)).isEqualTo(left);
    }

    @Property(tries = 100)
    void weightsAreTheMapTheyWereMadeOf(@ForAll long seed) {
        Random random = new Random(seed);
        Map<WeightsId, Weights> weights = new HashMap<>();
        keys(random, random.nextInt(400)).forEach(key -> weights.put(new WeightsId(key), weights(random)));
        KnownWeights known = KnownWeights.copyOf(weights);
        assertThat(known).isEqualTo(weights).hasSameHashCodeAs(weights);
        assertThat(known.keySet()).containsExactlyElementsOf(new TreeSet<>(weights.keySet()));
        Map<WeightsId, Weights> others = new TreeMap<>(weights);
        keys(random, random.nextInt(9)).forEach(key -> others.put(new WeightsId(key), weights(random)));
        Set<WeightsId> gone = new HashSet<>();
        keys(random, random.nextInt(9)).forEach(key -> gone.add(new WeightsId(key)));
        others.keySet().removeAll(gone);
        KnownWeights changed = KnownWeights.copyOf(others);
        Set<WeightsId> differing = new HashSet<>(weights.keySet());
        differing.addAll(others.keySet());
        differing.removeIf(id -> weights.containsKey(id) && weights.get(id).equals(others.get(id)));
        assertThat(known.differing(changed)).isEqualTo(differing).isEqualTo(changed.differing(known));
        weights.keySet().removeAll(gone);
        assertThat(known.without(gone)).isEqualTo(weights).isEqualTo(KnownWeights.copyOf(weights));
        assertThat(weights).isEqualTo(known.without(gone));
    }

    @Test
    void cannotBeChanged() {
        Members members = Members.copyOf(Set.of(new NodeId(1)));
        KnownWeights known = KnownWeights.copyOf(Map.of(new WeightsId(1), new Weights(List.of())));
        assertThatThrownBy(() -> members.add(new NodeId(2))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(members::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> members.remove(new NodeId(1))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> known.put(new WeightsId(2), new Weights(List.of())))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(known::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> known.entrySet().iterator().next().setValue(new Weights(List.of())))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static List<String> without(Map<Integer, String> one, Map<Integer, String> other) {
        return one.values().stream()
                .filter(text -> !text.equals(other.get(key(text))))
                .toList();
    }

    private static Sorted<Integer, String> sorted(Map<Integer, String> texts) {
        return Sorted.of(new HashSet<>(texts.values()), SortedTest::key);
    }

    private static Map<Integer, String> texts(Random random) {
        Map<Integer, String> texts = new TreeMap<>();
        keys(random, random.nextInt(500)).forEach(key -> texts.put(key, text(key, random)));
        return texts;
    }

    /** The key, and something else. */
    private static String text(int key, Random random) {
        return key + ":" + random.nextInt(2);
    }

    private static int key(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf(':')));
    }

    private static Set<Integer> keys(Random random, int count) {
        Set<Integer> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            keys.add(random.nextInt(KEYS));
        }
        return keys;
    }

    private static Weights weights(Random random) {
        return new Weights(List.of(Tensor.of(Shape.of(1), random.nextInt(2))));
    }
}
