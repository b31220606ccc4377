package org.netsplice.ops;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runs a cell along sequences. */
public final class Recurrent {
    /** How many steps of a sequence are held one by one. */
    private static final int PIECE = 1024;

    private Recurrent() {}

    /** What a step gives. */
    public record Step(Array output, List<Array> states) {}

    /** Makes one step. */
    @FunctionalInterface
    public interface Stepping {
        /** Computes a step from its input (batch, …) and the states before it. */
        Step next(Array input, List<Array> states);
    }

    /**
     * How a sequence is run through.
     *
     * @param mask (batch, steps), 0 where a step is skipped: the states stay, and the output repeats the one before
     * @param backwards from the last step to the first; outputs are then in that order
     * @param zeroes whether a skipped step gives zeros instead of the output before
     */
    public record Run(Optional<Array> mask, boolean backwards, boolean zeroes) {}

    /**
     * What a run along a sequence gives.
     *
     * @param pieces the outputs in the order they were made, (batch, steps, …), which together are those of all steps
     * @param last the output of the last step
     * @param states those after the last step
     */
    public record Result(List<Array> pieces, Array last, List<Array> states) {

        /** The outputs as one array (batch, steps, …). */
        public Array sequence() {
            return Arranging.concatenate(pieces, 1);
        }
    }

    /** Runs along a sequence (batch, steps, …) from {@code initial} states, each (batch, …). */
    public static Result run(Array sequence, List<Array> initial, Run run, Stepping stepping) {
        Array.require(sequence.rank() >= 2 && sequence.size(1) > 0, "a sequence without steps: " + sequence);
        List<Array> inputs = steps(swapped(sequence));
        Optional<List<Array>> masks = run.mask().map(Recurrent::swapped).map(Recurrent::steps);
        List<Array> states = initial;
        List<Array> pieces = new ArrayList<>();
        List<Array> outputs = new ArrayList<>();
        Array last = null;
        for (int i = 0; i < inputs.size(); i++) {
            Watch.ask();
            int at = run.backwards() ? inputs.size() - 1 - i : i;
            Step step = stepping.next(inputs.get(at), states);
            if (masks.isPresent()) {
                Array present = masks.get().get(at);
                Array before =
                        last == null || run.zeroes() ? Array.zeros(step.output().sizes()) : last;
                step = skipped(present, step, before, states);
            }
            last = step.output();
            states = step.states();
            outputs.add(asStep(last));
            if (outputs.size() == PIECE || i == inputs.size() - 1) {
                pieces.add(Arranging.concatenate(outputs, 1));
                outputs.clear();
            }
        }
        return new Result(pieces, last, states);
    }

    private static Step skipped(Array present, Step step, Array before, List<Array> states) {
        List<Array> kept = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            kept.add(Selecting.rows(present, step.states().get(i), states.get(i)));
        }
        return new Step(Selecting.rows(present, step.output(), before), kept);
    }

    /** (batch, steps, …) as (steps, batch, …), so that a step stands in one piece. */
    private static Array swapped(Array sequence) {
        int[] order = IntStream.range(0, sequence.rank()).toArray();
        order[0] = 1;
        order[1] = 0;
        return Arranging.permute(sequence, order);
    }

    /** The steps of (steps, batch, …), each (batch, …). */
    private static List<Array> steps(Array byStep) {
        long[] sizes = Arrays.copyOfRange(byStep.sizes(), 1, byStep.rank());
        if (byStep.length() == 0) {
            return Collections.nCopies((int) byStep.size(0), Array.zeros(sizes));
        }
        if (!Tape.isOpen()) {
            return new Steps(byStep, sizes);
        }
        List<Array> steps = List.copyOf(new Steps(byStep, sizes));
        return Tape.note(
                "steps",
                steps,
                Tape.joint(
                        byStep,
                        gradients -> Arranging.concatenate(
                                gradients.stream()
                                        .map(g -> g.reshape(LongStream.concat(LongStream.of(1), Arrays.stream(sizes))
                                                .toArray()))
                                        .toList(),
                                0)));
    }

    /** The steps of a sequence (steps, batch, …), each made when it is asked for, so that long sequences take no memory twice. */
    private static final class Steps extends AbstractList<Array> {
        private final Array byStep;
        private final long[] sizes;

        Steps(Array byStep, long... sizes) {
            this.byStep = byStep;
            this.sizes = sizes;
        }

        @Override
        public Array get(int index) {
            return Array.wrap(byStep.unwrap().get(NDArrayIndex.point(index))).reshape(sizes);
        }

        @Override
        public int size() {
            return Math.toIntExact(byStep.size(0));
        }
    }

    private static Array asStep(Array output) {
        long[] sizes = new long[output.rank() + 1];
        sizes[0] = output.size(0);
        sizes[1] = 1;
        System.arraycopy(output.sizes(), 1, sizes, 2, output.rank() - 1);
        return output.reshape(sizes);
    }

    /** Columns {@code part · units} to {@code (part + 1) · units} of the last axis. */
    public static Array part(Array gates, int part, int units) {
        long[] from = new long[gates.rank()];
        long[] to = gates.sizes().clone();
        from[from.length - 1] = (long) part * units;
        to[to.length - 1] = (part + 1L) * units;
        return Arranging.slice(gates, from, to);
    }
}
