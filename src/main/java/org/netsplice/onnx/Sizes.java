package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.graph.Shape;
import org.netsplice.onnx.proto.ValueInfoProto;

/**
 * Numbers that stand for sizes which are not known, such as that of the batch: prime numbers, so that what a file computes of sizes
 * can be computed with them, and products of them are recognised.
 */
final class Sizes {
    private static final long FIRST = 99_991;

    private static final int MAX_UNKNOWN = 500;

    /** The number of rows in a batch. */
    static final long BATCH = FIRST;

    private final Map<String, Long> symbols = new HashMap<>();
    private final Map<Long, Long> derived = new HashMap<>();
    private final List<Long> primes = new ArrayList<>(List.of(FIRST));

    /** The number that stands for the size of this name. */
    long named(String symbol) {
        return symbols.computeIfAbsent(symbol, any -> another());
    }

    /** Lets the number of rows have a name, too. */
    void batch(String symbol) {
        symbols.put(symbol, BATCH);
    }

    /**
     * A number for a size that has no name.
     *
     * @throws Untranslatable when there are too many of them
     */
    long another() {
        if (primes.size() == MAX_UNKNOWN) {
            throw new Untranslatable("the file has more than " + MAX_UNKNOWN + " sizes that are not known");
        }
        long prime = primeBelow(primes.get(primes.size() - 1));
        primes.add(prime);
        return prime;
    }

    private static long primeBelow(long number) {
        long candidate = number - 1;
        while (!prime(candidate)) {
            candidate--;
        }
        return candidate;
    }

    private static boolean prime(long number) {
        for (long divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }

    /** Whether a size depends on one that is not known. */
    boolean unknown(long size) {
        return size >= primes.get(primes.size() - 1) && primes.stream().anyMatch(prime -> size % prime == 0);
    }

    /** Whether no size but the number of rows is unknown. */
    boolean onlyRows(long... sizes) {
        return Arrays.stream(sizes).allMatch(size -> !unknown(size) || size % BATCH == 0);
    }

    /** A text about sizes, without the number that stands for the rows. */
    String told(String text) {
        return text.replaceAll("\\b" + BATCH + "\\b", "None");
    }

    /** The size of an axis as a file tells it. */
    long of(ValueInfoProto.Axis axis) {
        return axis.size() >= 0 ? axis.size() : axis.symbol().isEmpty() ? another() : named(axis.symbol());
    }

    /** The shape with unknown sizes as such. */
    Shape real(long... sizes) {
        return Shape.of(Arrays.stream(sizes)
                .map(size -> unknown(size) ? Shape.UNKNOWN : size)
                .toArray());
    }

    /** Sizes that a layer has of these, where {@code real} tells which of them are known. */
    long[] derived(Shape real, long... sizes) {
        long[] result = sizes.clone();
        for (int axis = 0; axis < result.length; axis++) {
            if (real.size(axis) != Shape.UNKNOWN) {
                result[axis] = real.size(axis);
            } else if (!unknown(result[axis])) {
                result[axis] = derived.computeIfAbsent(result[axis], any -> another());
            }
        }
        return result;
    }

    /** Sizes that are known as far as {@code real} tells them. */
    long[] fresh(Shape real) {
        return Arrays.stream(real.sizes())
                .map(size -> size == Shape.UNKNOWN ? another() : size)
                .toArray();
    }
}
