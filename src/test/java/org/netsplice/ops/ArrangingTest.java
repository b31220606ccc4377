package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Numbers in other places against plain loops. */
class ArrangingTest {
    private static long[] longs(int... values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Property(tries = 60)
    void axesInAnotherOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Cells x = Cells.random(random, Cells.sizes(random, 1 + random.nextInt(4), 4));
        int rank = x.sizes().length;
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(shuffled, random);
        int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();
        int[] sizes = IntStream.of(order).map(axis -> x.sizes()[axis]).toArray();
        for (Array.Form form : Array.Form.values()) {
            Cells own = form == Array.Form.WHOLE ? x.rounded() : x;
            Array computed = Arranging.permute(own.array(form), order);
            assertThat(computed.form()).isEqualTo(form);
            Cells.assertEqual(
                    computed,
                    Cells.filled(
                            cell -> {
                                int[] from = new int[rank];
                                for (int i = 0; i < rank; i++) {
                                    from[order[i]] = cell[i];
                                }
                                return own.at(from);
                            },
                            sizes),
                    0);
        }
        if (rank > 2) {
            assertThat(Arranging.channelsFirst(Arranging.channelsLast(x.array()))
                            .values())
                    .isEqualTo(x.array().values());
            assertThat(Arranging.channelsLast(x.array()).size(-1)).isEqualTo(x.sizes()[1]);
        }
    }

    @Property(tries = 60)
    void alongAnAxis(@ForAll long seed) {
        Random random = new Random(seed);
        Cells x = Cells.random(random, Cells.sizes(random, 1 + random.nextInt(3), 5));
        int axis = random.nextInt(x.sizes().length);
        int size = x.sizes()[axis];
        int times = 1 + random.nextInt(3);
        Cells.assertEqual(
                Arranging.repeat(x.array(), axis, times),
                Cells.filled(
                        cell -> x.at(Cells.with(cell, axis, cell[axis] / times)),
                        Cells.with(x.sizes(), axis, size * times)),
                0);
        Cells.assertEqual(
                Arranging.reversed(x.array(), axis),
                Cells.filled(cell -> x.at(Cells.with(cell, axis, size - 1 - cell[axis])), x.sizes()),
                0);
        int[] places = IntStream.range(0, 1 + random.nextInt(6))
                .map(i -> random.nextInt(size))
                .toArray();
        Cells.assertEqual(
                Arranging.take(x.array(), axis, places),
                Cells.filled(
                        cell -> x.at(Cells.with(cell, axis, places[cell[axis]])),
                        Cells.with(x.sizes(), axis, places.length)),
                0);
        int from = random.nextInt(size);
        int to = from + 1 + random.nextInt(size - from);
        Cells.assertEqual(
                Arranging.part(x.array(), axis, from, to),
                Cells.filled(
                        cell -> x.at(Cells.with(cell, axis, from + cell[axis])),
                        Cells.with(x.sizes(), axis, to - from)),
                0);
        int step = 1 + random.nextInt(3);
        Cells.assertEqual(
                Arranging.spread(x.array(), axis, step),
                Cells.filled(
                        cell -> cell[axis] % step == 0 ? x.at(Cells.with(cell, axis, cell[axis] / step)) : 0,
                        Cells.with(x.sizes(), axis, (size - 1) * step + 1)),
                0);
    }

    @Property(tries = 60)
    void joinedAndPadded(@ForAll long seed) {
        Random random = new Random(seed);
        int[] sizes = Cells.sizes(random, 1 + random.nextInt(3), 4);
        int axis = random.nextInt(sizes.length);
        Cells one = Cells.random(random, sizes);
        Cells two = Cells.random(random, Cells.with(sizes, axis, 1 + random.nextInt(4)));
        Cells.assertEqual(
                Arranging.concatenate(List.of(one.array(), two.array(Array.Form.DOUBLE)), axis),
                Cells.filled(
                        cell -> cell[axis] < sizes[axis]
                                ? one.at(cell)
                                : two.at(Cells.with(cell, axis, cell[axis] - sizes[axis])),
                        Cells.with(sizes, axis, sizes[axis] + two.sizes()[axis])),
                0);
        int[] before =
                IntStream.range(0, sizes.length).map(i -> random.nextInt(3)).toArray();
        int[] after =
                IntStream.range(0, sizes.length).map(i -> random.nextInt(3)).toArray();
        int[] padded = new int[sizes.length];
        Arrays.setAll(padded, i -> sizes[i] + before[i] + after[i]);
        Cells.assertEqual(
                Arranging.pad(one.array(), longs(before), longs(after), -7),
                Cells.filled(
                        cell -> {
                            int[] from = new int[sizes.length];
                            boolean inside = true;
                            for (int i = 0; i < from.length; i++) {
                                from[i] = cell[i] - before[i];
                                inside &= from[i] >= 0 && from[i] < sizes[i];
                            }
                            return inside ? one.at(from) : -7;
                        },
                        padded),
                0);
    }

    @Test
    void emptyAxesStayEmpty() {
        Array none = Array.zeros(2, 0, 3);
        assertThat(Arranging.permute(none, 1, 0, 2).sizes()).containsExactly(0, 2, 3);
        assertThat(Arranging.concatenate(List.of(none, Array.zeros(2, 4, 3)), 1).sizes())
                .containsExactly(2, 4, 3);
        assertThat(Arranging.concatenate(List.of(none, none), 2).sizes()).containsExactly(2, 0, 6);
        assertThat(Arranging.repeat(none, 1, 5).sizes()).containsExactly(2, 0, 3);
        assertThat(Arranging.slice(Array.zeros(2, 3), new long[] {0, 1}, new long[] {2, 1})
                        .sizes())
                .containsExactly(2, 0);
    }

    @Test
    void whatIsOutsideIsRefusedBeforeNativeCode() {
        Array x = Array.zeros(2, 3);
        assertThatThrownBy(() -> Arranging.take(x, 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("take: outside of array [2, 3]");
        assertThatThrownBy(() -> Arranging.slice(x, new long[] {0, 2}, new long[] {2, 4}))
                .hasMessage("slice: outside of array [2, 3]");
        assertThatThrownBy(() -> Arranging.pad(x, new long[] {0, -1}, new long[2], 0))
                .hasMessage("pad: negative padding");
        assertThatThrownBy(() -> Arranging.concatenate(List.of(x, Array.zeros(3, 3)), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
