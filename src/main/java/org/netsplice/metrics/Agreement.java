package org.netsplice.metrics;

import java.util.stream.IntStream;

/**
 * How often two classifiers name the same class for a row.
 *
 * @param share the share of rows
 * @param kappa Cohen's kappa: agreement beyond chance; not a number when both always name one and the same class
 * @param disagreeing the rows for which they differ, counted from 0
 */
public record Agreement(double share, double kappa, int[] disagreeing) {

    /** The agreement of two classifiers of the same classes on the same rows. */
    public static Agreement of(Scored one, Scored other) {
        Confusion confusion = Confusion.between(one, other);
        int[] disagreeing = IntStream.range(0, one.rows())
                .filter(row -> one.predictedClass(row) != other.predictedClass(row))
                .toArray();
        return new Agreement(confusion.accuracy(), confusion.kappa(), disagreeing);
    }
}
