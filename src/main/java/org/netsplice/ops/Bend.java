package org.netsplice.ops;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** An activation that acts number by number, with its derivatives in float32. */
@FunctionalInterface
public interface Bend extends UnaryOperator<Array> {
    /** Values and derivatives at some numbers. */
    record Bent(float[] values, float[] slopes) {}

    /** The values and derivatives at float32 numbers; the derivatives as a tape finds them. */
    default Bent bent(Array x) {
        return Tape.aside(() -> {
            try (Tape tape = Tape.record(List.of(x))) {
                Array y = apply(x);
                float[] ones = new float[Math.toIntExact(x.length())];
                Arrays.fill(ones, 1);
                Array slopes = tape.gradients(List.of(y), List.of(Array.of(ones, x.sizes())))
                        .get(0);
                return new Bent(y.values(), slopes.values());
            }
        });
    }

    /** The activation of this name. The usual ones of gates have derivatives that follow from their values. */
    static Bend named(String name) {
        return switch (name) {
            case "sigmoid" -> byValue(name, y -> y * (1 - y));
            case "tanh" -> byValue(name, y -> 1 - y * y);
            default -> x -> Activations.apply(name, x);
        };
    }

    private static Bend byValue(String name, DoubleUnaryOperator slope) {
        return new Bend() {
            @Override
            public Array apply(Array x) {
                return Activations.apply(name, x);
            }

            @Override
            public Bent bent(Array x) {
                float[] values = Tape.aside(() -> apply(x)).values();
                float[] slopes = new float[values.length];
                for (int i = 0; i < slopes.length; i++) {
                    slopes[i] = (float) slope.applyAsDouble(values[i]);
                }
                return new Bent(values, slopes);
            }
        };
    }
}
