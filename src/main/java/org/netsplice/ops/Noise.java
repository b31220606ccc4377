package org.netsplice.ops;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random changes of numbers, as regularising layers make them while a network is trained. */
public final class Noise {
    private static final double SELU_FLOOR = -1.6732632423543772 * 1.0507009873554805;

    private Noise() {}

    /**
     * Sets a share of the numbers to 0 and divides the others by the share that is kept.
     *
     * @param rate from 0 to below 1
     * @param together axes along which all numbers are dropped together
     */
    public static Array dropped(Array x, double rate, RandomGenerator random, int... together) {
        double kept = 1 / (1 - rate);
        return Arithmetic.multiply(x, drawn(x, () -> random.nextDouble() >= rate ? kept : 0, together));
    }

    /** Multiplies by numbers around 1 with the standard deviation {@code sqrt(rate / (1 − rate))}. */
    public static Array scattered(Array x, double rate, RandomGenerator random) {
        double deviation = Math.sqrt(rate / (1 - rate));
        return Arithmetic.multiply(x, drawn(x, () -> random.nextGaussian(1, deviation)));
    }

    /** Adds numbers around 0 with a standard deviation. */
    public static Array added(Array x, double deviation, RandomGenerator random) {
        return Arithmetic.add(x, drawn(x, () -> random.nextGaussian(0, deviation)));
    }

    /** Sets a share of the numbers to the floor of SELU and keeps mean and variance, after Klambauer and others (2017). */
    public static Array droppedToFloor(Array x, double rate, RandomGenerator random) {
        double factor = 1 / Math.sqrt((1 - rate) * (1 + rate * SELU_FLOOR * SELU_FLOOR));
        Array kept = drawn(x, () -> random.nextDouble() >= rate ? 1 : 0);
        Array floor = Arithmetic.scale(kept, -SELU_FLOOR, SELU_FLOOR);
        return Arithmetic.scale(
                Arithmetic.add(Arithmetic.multiply(x, kept), floor), factor, -factor * SELU_FLOOR * rate);
    }

    private static Array drawn(Array x, DoubleSupplier next, int... together) {
        long[] sizes = x.sizes().clone();
        for (int axis : together) {
            sizes[axis] = 1;
        }
        int count = IntStream.range(0, sizes.length).map(i -> (int) sizes[i]).reduce(1, Math::multiplyExact);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = next.getAsDouble();
        }
        return Array.like(x, numbers, sizes);
    }
}
