package org.netsplice.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Numbers in row-major order with their sizes, for plain loops that are independent of how operations compute. */
record Cells(double[] values, int... sizes) {

    /** Numbers that float32 holds exactly: multiples of 1/8 from −8 to 8. */
    static Cells random(Random random, int... sizes) {
        return filled(cell -> (random.nextInt(129) - 64) / 8.0, sizes);
    }

    /** A number for every cell, made by its places. */
    static Cells filled(ToDoubleFunction<int[]> function, int... sizes) {
        double[] values = new double[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
        int[] cell = new int[sizes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(cell);
            for (int axis = sizes.length - 1; axis >= 0 && ++cell[axis] == sizes[axis]; axis--) {
                cell[axis] = 0;
            }
        }
        return new Cells(values, sizes);
    }

    /** Sizes of 1 to {@code largest}. */
    static int[] sizes(Random random, int rank, int largest) {
        int[] sizes = new int[rank];
        Arrays.setAll(sizes, i -> 1 + random.nextInt(largest));
        return sizes;
    }

    double at(int... cell) {
        int place = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            place = place * sizes[axis] + cell[axis];
        }
        return values[place];
    }

    /** The number that broadcasting puts at a cell of a larger array. */
    double broadcast(int... cell) {
        int[] own = new int[sizes.length];
        for (int axis = 0; axis < own.length; axis++) {
            own[axis] = sizes[axis] == 1 ? 0 : cell[cell.length - sizes.length + axis];
        }
        return at(own);
    }

    /** A copy of {@code cell} with another place on one axis. */
    static int[] with(int[] cell, int axis, int place) {
        int[] copy = cell.clone();
        copy[axis] = place;
        return copy;
    }

    Array array(Array.Form form) {
        long[] lengths = Arrays.stream(sizes).asLongStream().toArray();
        return switch (form) {
            case DOUBLE -> Array.of(values, lengths);
            case WHOLE -> Array.of(Arrays.stream(values).mapToLong(Math::round).toArray(), lengths);
            case FLOAT -> Array.of(values, lengths).as(Array.Form.FLOAT);
        };
    }

    Array array() {
        return array(Array.Form.FLOAT);
    }

    /** The same numbers as an array of whole numbers holds them. */
    Cells rounded() {
        return new Cells(Arrays.stream(values).map(value -> Math.round(value)).toArray(), sizes);
    }

    static void assertEqual(Array computed, Cells expected, double tolerance) {
        assertThat(computed.sizes())
                .isEqualTo(Arrays.stream(expected.sizes).asLongStream().toArray());
        assertThat(computed.doubles()).containsExactly(expected.values, within(tolerance));
    }
}
