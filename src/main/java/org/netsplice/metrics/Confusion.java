package org.netsplice.metrics;

/**
 * How often each class was taken for which, and the precision and recall that follow. Formulas as in scikit-learn's
 * {@code precision_recall_fscore_support}; what would divide by zero is 0.
 */
public final class Confusion {
    private final long[][] counts;

    private Confusion(long[][] counts) {
        this.counts = counts;
    }

    /** Counts some rows of a binary task or one of several classes; a row may be given more than once. */
    public static Confusion of(Scored scored, int[] rows) {
        long[][] counts = new long[scored.classes()][scored.classes()];
        for (int row : rows) {
            counts[scored.rightClass(row)][scored.predictedClass(row)]++;
        }
        return new Confusion(counts);
    }

    /** Counts a label of a task with several: two classes, absent and present. */
    static Confusion ofLabel(Scored scored, int[] rows, int label) {
        long[][] counts = new long[2][2];
        for (int row : rows) {
            counts[scored.target(row, label) > 0.5 ? 1 : 0][scored.predicted(row, label) > 0.5 ? 1 : 0]++;
        }
        return new Confusion(counts);
    }

    /** The number of classes. */
    public int classes() {
        return counts.length;
    }

    /** How many rows of a class were predicted as another or the same. */
    public long count(int right, int predicted) {
        return counts[right][predicted];
    }

    /** How many rows are of a class. */
    public long support(int right) {
        long sum = 0;
        for (long count : counts[right]) {
            sum += count;
        }
        return sum;
    }

    private long predicted(int of) {
        long sum = 0;
        for (long[] right : counts) {
            sum += right[of];
        }
        return sum;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** The share of rows predicted as a class that are of it. */
    public double precision(int of) {
        return share(counts[of][of], predicted(of));
    }

    /** The share of rows of a class that are predicted as it. */
    public double recall(int of) {
        return share(counts[of][of], support(of));
    }

    /** The harmonic mean of precision and recall of a class. */
    public double f1(int of) {
        return share(2 * counts[of][of], support(of) + predicted(of));
    }

    /** The share of rows that are predicted right. */
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int of = 0; of < counts.length; of++) {
            right += counts[of][of];
            all += support(of);
        }
        return share(right, all);
    }

    /** The mean recall of the classes that have rows. */
    double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int of = 0; of < counts.length; of++) {
            if (support(of) > 0) {
                sum += recall(of);
                present++;
            }
        }
        return sum / present;
    }

    /** The mean F1 of the classes that have rows or are predicted. */
    double macroF1() {
        double sum = 0;
        int present = 0;
        for (int of = 0; of < counts.length; of++) {
            if (support(of) + predicted(of) > 0) {
                sum += f1(of);
                present++;
            }
        }
        return sum / present;
    }

    /** The mean F1 of the classes, weighted by their rows. */
    double weightedF1() {
        double sum = 0;
        long all = 0;
        for (int of = 0; of < counts.length; of++) {
            sum += f1(of) * support(of);
            all += support(of);
        }
        return sum / all;
    }

    /**
     * Cohen's kappa of what stands for rows and columns: agreement beyond chance. 1 is full agreement, 0 chance; not a number when both
     * always name one and the same class.
     */
    double kappa() {
        double all = 0;
        double chance = 0;
        for (int of = 0; of < counts.length; of++) {
            all += support(of);
        }
        for (int of = 0; of < counts.length; of++) {
            chance += support(of) / all * (predicted(of) / all);
        }
        return (accuracy() - chance) / (1 - chance);
    }

    /** Counts how often two classifiers name which classes for the same rows. */
    static Confusion between(Scored one, Scored other) {
        long[][] counts = new long[one.classes()][one.classes()];
        for (int row = 0; row < one.rows(); row++) {
            counts[one.predictedClass(row)][other.predictedClass(row)]++;
        }
        return new Confusion(counts);
    }
}
