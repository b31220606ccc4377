package org.netsplice.onnx;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The sizes that a call of Reshape asks for. */
final class Reshaping {
    private Reshaping() {}

    /** The sizes of the result, in which numbers stand for unknown ones. */
    static long[] sizes(Call call) {
        long[] own = call.in(0).shape();
        long[] wanted = call.known(1).toWholes();
        boolean zeroCopies = call.integer("allowzero", 0) == 0;
        Sizes symbols = call.to().sizes();
        boolean computed = LongStream.of(wanted).anyMatch(symbols::unknown);
        int rows = rows(own);
        if (computed || rows < 0) {
            return resolved(own, wanted, zeroCopies);
        }
        long fixed = call.to().fixedRows();
        if (fixed <= 0) {
            return resolved(own, wanted, zeroCopies);
        }
        long[] declared = own.clone();
        declared[rows] = own[rows] / Sizes.BATCH * fixed;
        long[] sizes = resolved(declared, wanted, zeroCopies);
        int alone = alone(sizes, product(Arrays.copyOf(declared, rows)), own[rows] / Sizes.BATCH, fixed);
        if (alone >= 0) {
            sizes[alone] = Sizes.BATCH;
            return sizes;
        }
        return spread(sizes, declared, rows, fixed);
    }

    private static int rows(long... sizes) {
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] > 0 && sizes[axis] % Sizes.BATCH == 0) {
                return axis;
            }
        }
        return -1;
    }

    private static long product(long... sizes) {
        return LongStream.of(sizes).reduce(1, Math::multiplyExact);
    }

    private static long[] resolved(long[] own, long[] wanted, boolean zeroCopies) {
        long[] sizes = wanted.clone();
        int open = -1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 0 && zeroCopies) {
                if (axis >= own.length) {
                    throw new Untranslatable("it copies the size of an axis that its input does not have");
                }
                sizes[axis] = own[axis];
            } else if (sizes[axis] < 0) {
                if (open >= 0) {
                    throw new Untranslatable("it leaves two sizes open");
                }
                open = axis;
                sizes[axis] = 1;
            }
        }
        long all = product(own);
        long known = product(sizes);
        if (open >= 0 && known > 0 && all % known == 0) {
            sizes[open] = all / known;
        } else if (open >= 0 && known == 0) {
            sizes[open] = 0;
        }
        if (product(sizes) != all) {
            throw new Untranslatable("it makes the shape " + Arrays.toString(wanted) + " of another number of values");
        }
        return sizes;
    }

    /** The axis that is the rows alone, where the input has them in one axis with {@code more} others; −1 when there is none. */
    private static int alone(long[] sizes, long before, long more, long fixed) {
        for (long place : new long[] {before, before * more}) {
            long prefix = 1;
            for (int axis = 0; axis < sizes.length && more > 1; axis++) {
                if (prefix == place && sizes[axis] == fixed) {
                    return axis;
                }
                prefix *= sizes[axis];
            }
        }
        return -1;
    }

    /** The sizes for any number of rows, where the file was made for one number of them. */
    private static long[] spread(long[] sizes, long[] declared, int rows, long fixed) {
        long before = product(Arrays.copyOf(declared, rows));
        long behind = product(Arrays.copyOfRange(declared, rows + 1, declared.length));
        long suffix = 1;
        for (int axis = sizes.length - 1; axis >= 0 && sizes.length < declared.length && rows > 0; axis--) {
            if (suffix == behind && sizes[axis] % fixed == 0 && sizes[axis] > 0) {
                long[] all = sizes.clone();
                all[axis] = sizes[axis] / fixed * Sizes.BATCH;
                return all;
            }
            suffix *= sizes[axis];
        }
        long prefix = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (prefix == before && sizes[axis] % fixed == 0 && sizes[axis] > 0) {
                long[] all = sizes.clone();
                all[axis] = sizes[axis] / fixed * Sizes.BATCH;
                return all;
            }
            prefix *= sizes[axis];
        }
        throw new Untranslatable("it mixes the rows of the batch with other axes");
    }
}
