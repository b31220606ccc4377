package org.netsplice.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * The coefficients of a weighted average, none negative and with the sum 1, that have the least loss on given rows: log loss for
 * probabilities, mean squared error for numbers. Both are convex, so that there is one least loss.
 */
public final class Coefficients {
    /** Stops when the loss is proven to be this close to the least. */
    private static final double GAP = 1e-6;

    private static final int MAX_STEPS = 20_000;

    private Coefficients() {}

    /**
     * Finds the coefficients.
     *
     * @param members predictions of the same task and rows
     */
    public static double[] best(List<Scored> members) {
        return members.get(0).task() == Task.REGRESSION ? leastSquares(members) : likeliest(members);
    }

    /** The loss of a weighted average: log loss or mean squared error, each over rows and labels or numbers. */
    public static double loss(List<Scored> members, double[] coefficients) {
        double sum = 0;
        if (members.get(0).task() == Task.REGRESSION) {
            double[][] errors = errors(members);
            for (int i = 0; i < errors[0].length; i++) {
                double error = 0;
                for (int k = 0; k < errors.length; k++) {
                    error += coefficients[k] * errors[k][i];
                }
                sum += error * error;
            }
            return sum / errors[0].length;
        }
        double[][] right = right(members);
        for (int i = 0; i < right[0].length; i++) {
            double probability = 0;
            for (int k = 0; k < right.length; k++) {
                probability += coefficients[k] * right[k][i];
            }
            sum -= Math.log(probability);
        }
        return sum / right[0].length;
    }

    /** The probability of what is right, of every member for every row (and label). */
    static double[][] right(List<Scored> members) {
        double[][] right = new double[members.size()][];
        for (int k = 0; k < right.length; k++) {
            Scored member = members.get(k);
            if (member.task() == Task.MULTILABEL) {
                right[k] = new double[member.rows() * member.width()];
                for (int i = 0; i < right[k].length; i++) {
                    int row = i / member.width();
                    int label = i % member.width();
                    double probability = Metric.clipped(member.predicted(row, label));
                    right[k][i] = member.target(row, label) > 0.5 ? probability : 1 - probability;
                }
            } else {
                right[k] = new double[member.rows()];
                for (int row = 0; row < right[k].length; row++) {
                    right[k][row] = Metric.clipped(member.probability(row, member.rightClass(row)));
                }
            }
        }
        return right;
    }

    /**
     * Expectation maximisation for the shares of a mixture (Dempster, Laird and Rubin, 1977), whose likelihood grows with every step. The
     * largest mean quotient of a member's probability and the mixture's exceeds 1 by at least the loss that is left.
     */
    private static double[] likeliest(List<Scored> members) {
        double[][] right = right(members);
        double[] shares = new double[right.length];
        Arrays.fill(shares, 1.0 / shares.length);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] quotients = new double[shares.length];
            for (int i = 0; i < right[0].length; i++) {
                double mixed = 0;
                for (int k = 0; k < shares.length; k++) {
                    mixed += shares[k] * right[k][i];
                }
                for (int k = 0; k < shares.length; k++) {
                    quotients[k] += right[k][i] / mixed / right[0].length;
                }
            }
            for (int k = 0; k < shares.length; k++) {
                shares[k] *= quotients[k];
            }
            if (Arrays.stream(quotients).max().orElse(1) - 1 < GAP) {
                break;
            }
        }
        return normalized(shares);
    }

    /** What every member predicts less the target, row by row. */
    static double[][] errors(List<Scored> members) {
        double[][] errors = new double[members.size()][];
        for (int k = 0; k < errors.length; k++) {
            Scored member = members.get(k);
            errors[k] = new double[member.rows() * member.width()];
            for (int i = 0; i < errors[k].length; i++) {
                int row = i / member.width();
                int column = i % member.width();
                errors[k][i] = member.predicted(row, column) - member.target(row, column);
            }
        }
        return errors;
    }

    /**
     * Moves a share of the worst member in use to the best, as far as the loss falls, until the two are as good as each other (the
     * pairwise method of Frank and Wolfe): with the products of errors known, a step costs a few additions for each member.
     */
    private static double[] leastSquares(List<Scored> members) {
        double[][] errors = errors(members);
        int count = errors.length;
        double[][] products = new double[count][count];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < errors[k].length; i++) {
                    products[k][j] += errors[k][i] * errors[j][i] / errors[k].length;
                }
            }
        }
        double[] shares = new double[count];
        Arrays.fill(shares, 1.0 / count);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] slopes = new double[count];
            int best = 0;
            int worst = -1;
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < count; j++) {
                    slopes[k] += 2 * products[k][j] * shares[j];
                }
                best = slopes[k] < slopes[best] ? k : best;
                worst = shares[k] > 0 && (worst < 0 || slopes[k] > slopes[worst]) ? k : worst;
            }
            double left = slopes[worst] - slopes[best];
            double curve = products[best][best] - 2 * products[best][worst] + products[worst][worst];
            if (left <= 0 || curve <= 0) {
                break;
            }
            double moved = Math.min(shares[worst], left / (2 * curve));
            shares[best] += moved;
            shares[worst] = moved == shares[worst] ? 0 : shares[worst] - moved;
            if (left * moved < GAP * 1e-9) {
                break;
            }
        }
        return normalized(shares);
    }

    private static double[] normalized(double[] shares) {
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }
}
