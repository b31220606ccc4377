package org.netsplice.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Coefficients of a weighted average by greedy selection: again and again the member is added, with replacement, with which the mean of
 * all that were added has the least loss; how often each was added says how much it counts (Caruana, Niculescu-Mizil, Crew and Ksikes,
 * 2004). This is done for several draws of the rows with replacement, and the mean of the shares taken, so that few rows decide less.
 * Many members or few rows make the coefficients of least loss trust chance; greedy ones are steadier.
 */
public final class GreedySelection {
    private static final int BAGS = 20;

    private static final int PICKS = 50;

    private GreedySelection() {}

    /**
     * Finds the coefficients, none negative and with the sum 1.
     *
     * @param members predictions of the same task and rows
     * @param seed of the drawing of rows
     */
    public static double[] of(List<Scored> members, long seed) {
        boolean numbers = members.get(0).task() == Task.REGRESSION;
        double[][] values = numbers ? Coefficients.errors(members) : Coefficients.right(members);
        int each = values[0].length / members.get(0).rows();
        Random random = new Random(seed);
        double[] shares = new double[values.length];
        for (int bag = 0; bag < BAGS; bag++) {
            int[] drawn = new int[values[0].length];
            for (int i = 0; i < drawn.length; i += each) {
                int row = random.nextInt(members.get(0).rows());
                for (int column = 0; column < each; column++) {
                    drawn[i + column] = row * each + column;
                }
            }
            double[] picked = picked(values, drawn, numbers);
            for (int k = 0; k < shares.length; k++) {
                shares[k] += picked[k] / BAGS;
            }
        }
        return shares;
    }

    /** The shares after the number of picks that has the least loss. */
    private static double[] picked(double[][] values, int[] drawn, boolean numbers) {
        int[] counts = new int[values.length];
        int[] best = counts;
        double least = Double.POSITIVE_INFINITY;
        int bestPicks = 1;
        double[] sum = new double[drawn.length];
        for (int picks = 1; picks <= PICKS; picks++) {
            int next = 0;
            double lossOfNext = Double.POSITIVE_INFINITY;
            for (int k = 0; k < values.length; k++) {
                double loss = 0;
                for (int i = 0; i < drawn.length; i++) {
                    double mean = (sum[i] + values[k][drawn[i]]) / picks;
                    loss += numbers ? mean * mean : -Math.log(mean);
                }
                if (loss < lossOfNext) {
                    next = k;
                    lossOfNext = loss;
                }
            }
            counts[next]++;
            for (int i = 0; i < drawn.length; i++) {
                sum[i] += values[next][drawn[i]];
            }
            if (lossOfNext < least) {
                least = lossOfNext;
                best = counts.clone();
                bestPicks = picks;
            }
        }
        int all = bestPicks;
        return Arrays.stream(best).mapToDouble(count -> (double) count / all).toArray();
    }
}
