package org.netsplice.train;

/** The learning rate of each step, by the formulas of {@code keras.optimizers.schedules}. */
public sealed interface Schedule {

    /** The rate of a step; the first step is number 0. */
    double rate(long step);

    /** The same rate always. */
    record Constant(double initial) implements Schedule {
        @Override
        public double rate(long step) {
            return initial;
        }
    }

    /** {@code initial · factor ^ (step / steps)}. */
    record ExponentialDecay(double initial, double steps, double factor) implements Schedule {
        @Override
        public double rate(long step) {
            return initial * Math.pow(factor, (double) step / steps);
        }
    }

    /** From {@code initial} to {@code initial · least} on half a wave of the cosine, in so many steps. */
    record CosineDecay(double initial, double steps, double least) implements Schedule {
        @Override
        public double rate(long step) {
            double wave = (1 + Math.cos(Math.PI * Math.min((double) step, steps) / steps)) / 2;
            return initial * ((1 - least) * wave + least);
        }
    }
}
