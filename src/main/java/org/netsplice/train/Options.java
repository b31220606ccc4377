package org.netsplice.train;

import java.util.Locale;

/**
 * How to train.
 *
 * @param optimizer how gradients change weights
 * @param rate the learning rate of the first step, above 0
 * @param decay how the rate goes on
 * @param epochs how often all rows are gone through at most, at least 1
 * @param batch rows of one step, at least 1
 * @param patience after how many epochs without a better loss training ends; 0 for never
 * @param seed of the order of rows, of what is held back for validation, and of random layers
 * @param shuffled whether every epoch takes the rows in another order
 * @param held the share of the rows that is held back for validation, from 0 to below 1, where no rows are given for it
 * @param balanced whether rows of rare classes count as much, together, as those of frequent ones
 */
public record Options(
        Optimizer optimizer,
        double rate,
        Decay decay,
        int epochs,
        int batch,
        int patience,
        long seed,
        boolean shuffled,
        double held,
        boolean balanced) {
    /** The factor of {@link Decay#EXPONENTIAL} for an epoch. */
    private static final double FACTOR = 0.9;

    /** Adam with Keras' rate, for ten epochs of batches of 32 rows. */
    public static final Options STANDARD =
            new Options(Optimizer.Adam.STANDARD, 0.001, Decay.CONSTANT, 10, 32, 0, 0, true, 0, false);

    public Options {
        boolean right = rate > 0 && rate < Double.POSITIVE_INFINITY && epochs >= 1 && batch >= 1 && patience >= 0;
        if (!right || !(held >= 0 && held < 1)) {
            throw new IllegalArgumentException("rate " + rate + ", " + epochs + " epochs, batch " + batch
                    + ", patience " + patience + ", held back " + held);
        }
    }

    /** How the learning rate goes on. */
    public enum Decay {
        /** It stays. */
        CONSTANT,
        /** It becomes 0.9 of what it was with every epoch, evenly from step to step. */
        EXPONENTIAL,
        /** It falls to 0 at the end of the last epoch, on half a wave of the cosine. */
        COSINE;

        /** Its name in options. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The learning rate of each step, when an epoch has so many steps. */
    Schedule schedule(long stepsOfEpoch) {
        return switch (decay) {
            case CONSTANT -> new Schedule.Constant(rate);
            case EXPONENTIAL -> new Schedule.ExponentialDecay(rate, stepsOfEpoch, FACTOR);
            case COSINE -> new Schedule.CosineDecay(rate, (double) stepsOfEpoch * epochs, 0);
        };
    }

    public Options withOptimizer(Optimizer other) {
        return new Options(other, rate, decay, epochs, batch, patience, seed, shuffled, held, balanced);
    }

    public Options withRate(double other) {
        return new Options(optimizer, other, decay, epochs, batch, patience, seed, shuffled, held, balanced);
    }

    public Options withDecay(Decay other) {
        return new Options(optimizer, rate, other, epochs, batch, patience, seed, shuffled, held, balanced);
    }

    public Options withEpochs(int other) {
        return new Options(optimizer, rate, decay, other, batch, patience, seed, shuffled, held, balanced);
    }

    public Options withBatch(int other) {
        return new Options(optimizer, rate, decay, epochs, other, patience, seed, shuffled, held, balanced);
    }

    public Options withPatience(int other) {
        return new Options(optimizer, rate, decay, epochs, batch, other, seed, shuffled, held, balanced);
    }

    public Options withSeed(long other) {
        return new Options(optimizer, rate, decay, epochs, batch, patience, other, shuffled, held, balanced);
    }

    public Options withShuffled(boolean other) {
        return new Options(optimizer, rate, decay, epochs, batch, patience, seed, other, held, balanced);
    }

    public Options withHeld(double other) {
        return new Options(optimizer, rate, decay, epochs, batch, patience, seed, shuffled, other, balanced);
    }

    public Options withBalanced(boolean other) {
        return new Options(optimizer, rate, decay, epochs, batch, patience, seed, shuffled, held, other);
    }
}
