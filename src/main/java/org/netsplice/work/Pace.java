package org.netsplice.work;

import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells how many rows are done, how many in a second, and how long the rest will take. */
public final class Pace {
    private static final double SECOND = 1e9;
    /** Seconds between two texts, so that a terminal is not what takes the time. */
    private static final double BETWEEN = 0.2;

    private final LongSupplier clock;
    private final long start;
    private double told;

    /**
     * Begins now.
     *
     * @param clock nanoseconds
     */
    public Pace(LongSupplier clock) {
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /**
     * What to tell now; nothing soon after the last text.
     *
     * @param rows how many are done
     * @param share which share of all that is, 0 to 1
     */
    public Optional<String> add(long rows, double share) {
        double seconds = (clock.getAsLong() - start) / SECOND;
        if (seconds - told < BETWEEN) {
            return Optional.empty();
        }
        told = seconds;
        String text = String.format(Locale.ROOT, "%,d rows, %,.0f a second", rows, rows / seconds);
        return Optional.of(
                share <= 0 || share >= 1 ? text : text + ", " + left(seconds * (1 - share) / share) + " left");
    }

    private static String left(double seconds) {
        if (seconds < 60) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        long minutes = Math.round(seconds / 60);
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
