package org.netsplice.ops;

import java.util.ArrayList;
import java.util.List;

/** Steps through sequences. */
public final class Recurrent {
    private Recurrent() {}

    /** One step. */
    @FunctionalInterface
    public interface Step {
        /** The states after a step, the output first; the input is (batch, …) and so are the states. */
        List<Array> next(Array input, List<Array> states);
    }

    /**
     * Runs along a sequence.
     *
     * @param input (batch, steps, width)
     * @param units size of each of the {@code states}, which begin as zeros
     * @param backwards from the last step to the first; a sequence of outputs is then in that order
     * @param sequences whether the outputs of all steps are wanted, (batch, steps, units), or only the last, (batch, units)
     */
    public static Array run(Array input, int units, int states, boolean backwards, boolean sequences, Step step) {
        long batch = input.size(0);
        long steps = input.size(1);
        Array.require(input.rank() == 3 && steps > 0, "a sequence without steps: " + input);
        List<Array> present = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            present.add(Array.of(new float[Math.toIntExact(batch * units)], batch, units));
        }
        List<Array> outputs = new ArrayList<>();
        for (long i = 0; i < steps; i++) {
            long at = backwards ? steps - 1 - i : i;
            Array one = Arranging.slice(input, new long[] {0, at, 0}, new long[] {batch, at + 1, input.size(2)})
                    .reshape(batch, input.size(2));
            present = step.next(one, present);
            if (sequences) {
                outputs.add(present.get(0).reshape(batch, 1, units));
            }
        }
        return sequences ? Arranging.concatenate(outputs, 1) : present.get(0);
    }

    /** Columns {@code part · units} to {@code (part + 1) · units} of (batch, columns). */
    public static Array part(Array gates, int part, int units) {
        return Arranging.slice(
                gates, new long[] {0, (long) part * units}, new long[] {gates.size(0), (part + 1L) * units});
    }
}
