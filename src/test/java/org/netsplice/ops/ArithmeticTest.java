package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Arithmetic, broadcasting and choices against plain loops. */
class ArithmeticTest {
    private record Named(BinaryOperator<Array> operation, DoubleBinaryOperator plain) {}

    private static final List<Named> EXACT = List.of(
            new Named(Arithmetic::add, Double::sum),
            new Named(Arithmetic::subtract, (a, b) -> a - b),
            new Named(Arithmetic::multiply, (a, b) -> a * b),
            new Named(Arithmetic::maximum, Math::max),
            new Named(Arithmetic::minimum, Math::min));

    /** Sizes that broadcast to {@code full}: fewer axes, and some of size 1. */
    private static int[] narrowed(Random random, int... full) {
        int dropped = random.nextInt(full.length);
        int[] sizes = java.util.Arrays.copyOfRange(full, dropped, full.length);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = random.nextInt(3) == 0 ? 1 : sizes[i];
        }
        return sizes;
    }

    private static Cells combined(Cells a, Cells b, DoubleBinaryOperator plain) {
        long[] sizes = Broadcasting.sizes(
                java.util.Arrays.stream(a.sizes()).asLongStream().toArray(),
                java.util.Arrays.stream(b.sizes()).asLongStream().toArray());
        return Cells.filled(
                cell -> plain.applyAsDouble(a.broadcast(cell), b.broadcast(cell)),
                java.util.Arrays.stream(sizes).mapToInt(size -> (int) size).toArray());
    }

    @Property(tries = 60)
    void pairsOfEveryForm(@ForAll long seed) {
        Random random = new Random(seed);
        int[] full = Cells.sizes(random, 1 + random.nextInt(4), 4);
        Cells a = Cells.random(random, random.nextBoolean() ? full : narrowed(random, full));
        Cells b = Cells.random(random, narrowed(random, full));
        for (Array.Form one : Array.Form.values()) {
            for (Array.Form two : Array.Form.values()) {
                Cells x = one == Array.Form.WHOLE ? a.rounded() : a;
                Cells y = two == Array.Form.WHOLE ? b.rounded() : b;
                for (Named named : EXACT) {
                    Array computed = named.operation().apply(x.array(one), y.array(two));
                    assertThat(computed.form()).isEqualTo(one.with(two));
                    Cells.assertEqual(computed, combined(x, y, named.plain()), 0);
                }
                Cells positive = Cells.filled(cell -> Math.abs(y.at(cell)) + 1, y.sizes());
                Array quotient = Arithmetic.divide(x.array(one), positive.array(two));
                assertThat(quotient.form()).isEqualTo(one.with(two).real());
                Cells.assertEqual(quotient, combined(x, positive, (p, q) -> p / q), 1e-6);
                Cells.assertEqual(
                        Broadcasting.map(x.array(one), y.array(two), (p, q) -> 2 * p - q),
                        combined(x, y, (p, q) -> 2 * p - q),
                        0);
            }
        }
    }

    @Property(tries = 40)
    void scaledMappedAndStretched(@ForAll long seed) {
        Random random = new Random(seed);
        int[] full = Cells.sizes(random, 1 + random.nextInt(3), 4);
        Cells x = Cells.random(random, narrowed(random, full));
        long[] lengths = java.util.Arrays.stream(full).asLongStream().toArray();
        Cells.assertEqual(Broadcasting.to(x.array(), lengths), Cells.filled(x::broadcast, full), 0);
        for (Array.Form form : Array.Form.values()) {
            Cells own = form == Array.Form.WHOLE ? x.rounded() : x;
            Array scaled = Arithmetic.scale(own.array(form), 0.5, -3);
            assertThat(scaled.form()).isEqualTo(form.real());
            Cells.assertEqual(scaled, Cells.filled(cell -> own.at(cell) * 0.5 - 3, own.sizes()), 0);
            Array mapped = own.array(form).map(v -> v * v, v -> v * v);
            assertThat(mapped.form()).isEqualTo(form);
            Cells.assertEqual(mapped, Cells.filled(cell -> own.at(cell) * own.at(cell), own.sizes()), 0);
        }
    }

    @Property(tries = 40)
    void chosenByAConditionOrByRows(@ForAll long seed) {
        Random random = new Random(seed);
        int[] full = Cells.sizes(random, 2 + random.nextInt(2), 4);
        Cells condition = Cells.filled(cell -> random.nextInt(2), narrowed(random, full));
        Cells yes = Cells.random(random, full);
        Cells no = Cells.random(random, narrowed(random, full));
        Cells.assertEqual(
                Selecting.where(condition.array(), yes.array(), no.array()),
                Cells.filled(cell -> condition.broadcast(cell) != 0 ? yes.at(cell) : no.broadcast(cell), full),
                0);
        Cells rows = Cells.filled(cell -> random.nextInt(2), full[0]);
        Cells others = Cells.random(random, full);
        Cells.assertEqual(
                Selecting.rows(rows.array(), yes.array(), others.array()),
                Cells.filled(cell -> rows.at(cell[0]) != 0 ? yes.at(cell) : others.at(cell), full),
                0);
    }

    @Test
    void wholeNumbersBeyondFloat32StayExact() {
        long big = (1L << 53) + 1;
        Array x = Array.of(new long[] {big, -big}, 2);
        assertThat(Arithmetic.add(x, Array.of(new long[] {2}, 1)).wholes()).containsExactly(big + 2, -big + 2);
        assertThat(Broadcasting.map(x, x, (a, b) -> 0, (a, b) -> a - b + 1).wholes())
                .containsExactly(1, 1);
        assertThat(x.reshape(1, 2).as(Array.Form.WHOLE).wholes()).containsExactly(big, -big);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeNativeCode() {
        Array two = Array.zeros(2);
        Array three = Array.zeros(3);
        assertThatThrownBy(() -> Arithmetic.add(two, three))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: array [2] and array [3] do not broadcast");
        assertThatThrownBy(() -> Broadcasting.to(three, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> three.reshape(2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot reshape array [3] to [2, 2]");
        assertThatThrownBy(() -> Array.of(new float[3], 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 numbers for [2, 2]");
    }
}
