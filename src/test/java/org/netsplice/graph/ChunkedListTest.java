package org.netsplice.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChunkedListTest {

    @Property(tries = 300)
    void isTheListThatWasMade(@ForAll long seed) {
        Random random = new Random(seed);
        List<List<Object>> expected = new ArrayList<>(List.of(objects(random)));
        List<ChunkedList<Object>> lists = new ArrayList<>(List.of(ChunkedList.copyOf(expected.get(0))));
        for (int step = 0; step < 8; step++) {
            int from = random.nextInt(lists.size());
            List<Object> model = new ArrayList<>(expected.get(from));
            int kept = random.nextBoolean() ? model.size() : random.nextInt(model.size() + 1);
            model.subList(kept, model.size()).clear();
            ChunkedList.Copy<Object> copy = lists.get(from).first(kept);
            for (int i = random.nextInt(4); i > 0 && kept > 0; i--) {
                int place = random.nextInt(kept);
                Object other = new Object();
                copy.set(place, other);
                model.set(place, other);
                assertThat(copy.get(place)).isSameAs(other);
            }
            List<Object> source = expected.get(random.nextInt(expected.size()));
            int begin = random.nextInt(source.size() + 1);
            int end = begin + random.nextInt(source.size() - begin + 1);
            copy.addAll(ChunkedList.copyOf(source), begin, end);
            model.addAll(source.subList(begin, end));
            Object last = new Object();
            lists.add(copy.add(last).done());
            model.add(last);
            expected.add(model);
        }
        for (int i = 0; i < lists.size(); i++) {
            assertThat(new ArrayList<>(lists.get(i))).isEqualTo(expected.get(i));
            assertThat(lists.get(i)).isEqualTo(expected.get(i)).isEqualTo(ChunkedList.copyOf(expected.get(i)));
            assertThat(lists.get(i).get(0)).isSameAs(expected.get(i).get(0));
        }
    }

    @Property(tries = 300)
    void findsWhatDiffers(@ForAll long seed) {
        Random random = new Random(seed);
        List<Object> objects = objects(random);
        ChunkedList<Object> one = ChunkedList.copyOf(objects);
        ChunkedList.Copy<Object> copy = one.first(random.nextInt(one.size() + 1));
        int skipped = random.nextInt(one.size());
        copy.addAll(one, skipped, one.size());
        copy.add("end").set(0, "begin");
        ChunkedList<Object> two = copy.done();
        int from = random.nextInt(one.size());
        int there = random.nextBoolean() ? Math.min(from, two.size()) : random.nextInt(two.size());
        int count = Math.min(one.size() - from, two.size() - there);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (one.get(from + i) != two.get(there + i)) {
                expected.add(from + i);
            }
        }
        assertThat(one.differing(from, two, there, count))
                .containsExactly(expected.stream().mapToInt(i -> i).toArray());
        assertThat(one.same(from, two, there)).isEqualTo(expected.isEmpty() ? count : expected.get(0) - from);
    }

    @Test
    void endsWhereItEnds() {
        ChunkedList<String> list = ChunkedList.copyOf(List.of("a", "b", "c"));
        ChunkedList<String> shorter = list.first(2).done();
        assertThat(shorter).containsExactly("a", "b");
        assertThatThrownBy(() -> shorter.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.first(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(shorter.copy().add("d").done()).containsExactly("a", "b", "d");
        assertThat(list).containsExactly("a", "b", "c");
    }

    private static List<Object> objects(Random random) {
        List<Object> objects = new ArrayList<>();
        for (int i = 1 + random.nextInt(600); i > 0; i--) {
            objects.add(new Object());
        }
        return objects;
    }
}
