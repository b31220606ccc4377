package org.netsplice.metrics;

/** How sure a classifier should be: the temperature by which its scores are divided for the least log loss on given rows. */
public final class Sharpness {
    /** Temperatures that are looked for lie between 1 divided by this and this. */
    private static final double WIDEST = 1000;

    private static final int HALVINGS = 60;

    /** Keeps logarithms finite where a probability is 0 in float32. */
    private static final double LEAST = 1e-38;

    private Sharpness() {}

    /**
     * Finds the temperature. Log loss is convex in its reciprocal, whose slope is the mean distance of the expected score and the right
     * one, so that halving finds where it is 0.
     *
     * @param scored probabilities of classes, of one class, or of labels
     */
    public static double temperature(Scored scored) {
        double low = -Math.log(WIDEST);
        double high = Math.log(WIDEST);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(scored, Math.exp(middle)) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(-(low + high) / 2);
    }

    /** The slope of the loss at a factor of the scores. */
    private static double slope(Scored scored, double factor) {
        double sum = 0;
        for (int row = 0; row < scored.rows(); row++) {
            if (scored.task() == Task.CLASSES) {
                sum += ofClasses(scored, row, factor);
            } else {
                for (int column = 0; column < scored.width(); column++) {
                    double p = scored.predicted(row, column);
                    double score = Math.log(Math.max(p, LEAST)) - Math.log(Math.max(1 - p, LEAST));
                    double right = scored.task() == Task.BINARY ? scored.rightClass(row) : scored.target(row, column);
                    sum += (1 / (1 + Math.exp(-factor * score)) - right) * score;
                }
            }
        }
        return sum / scored.rows();
    }

    private static double ofClasses(Scored scored, int row, double factor) {
        double largest = Double.NEGATIVE_INFINITY;
        double[] scores = new double[scored.width()];
        for (int column = 0; column < scores.length; column++) {
            scores[column] = Math.log(Math.max(scored.predicted(row, column), LEAST));
            largest = Math.max(largest, scores[column]);
        }
        double total = 0;
        double expected = 0;
        for (double score : scores) {
            double weight = Math.exp(factor * (score - largest));
            total += weight;
            expected += weight * score;
        }
        return expected / total - scores[scored.rightClass(row)];
    }
}
