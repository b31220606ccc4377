package org.netsplice.predict;

/**
 * How pictures become numbers: each value 0…255 is multiplied by {@code scale} and {@code offset} is added. Pictures of another
 * size are resized.
 */
public record ImageReading(double scale, double offset) {
    /** To 0…1. */
    public static final ImageReading UNIT = new ImageReading(1 / 255.0, 0);

    /** What happens to pictures, in words. */
    public String text() {
        return "Pictures are resized to the input's size and " + arithmetic();
    }

    private String arithmetic() {
        String by = Math.abs(scale - 1 / 255.0) < 1e-12
                ? "divided by 255"
                : scale == 1 ? "kept as 0 to 255" : "multiplied by " + scale;
        return offset == 0 ? by : by + ", plus " + offset;
    }
}
