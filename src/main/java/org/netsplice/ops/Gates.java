package org.netsplice.ops;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What recurrent cells do with their gates, in one pass over the numbers: native calls for each of some ten small operations would be
 * most of the time of a step.
 */
public final class Gates {
    private Gates() {}

    /**
     * A step of long short-term memory: {@code carry' = f · carry + i · c} and {@code output = o · activation(carry')}.
     *
     * @param gates (batch, 4 · units) in the order i, f, c, o, before their activations; float32
     * @param carry (batch, units)
     * @param recurrent the activation of i, f and o, number by number
     * @param activation the activation of c and of the new carry, number by number
     */
    public static Recurrent.Step longShortTerm(
            Array gates, Array carry, UnaryOperator<Array> recurrent, UnaryOperator<Array> activation) {
        float[] open = recurrent.apply(gates).values();
        float[] candidates = activation.apply(gates).values();
        float[] before = carry.values();
        int units = Math.toIntExact(carry.size(-1));
        Array.require(gates.length() == 4L * before.length, "gates " + gates + " for " + carry);
        float[] after = new float[before.length];
        for (int i = 0; i < after.length; i++) {
            int at = i / units * 4 * units + i % units;
            after[i] = open[at + units] * before[i] + open[at] * candidates[at + 2 * units];
        }
        Array next = Array.of(after, carry.sizes());
        float[] output = activation.apply(next).values();
        for (int i = 0; i < output.length; i++) {
            output[i] *= open[i / units * 4 * units + i % units + 3 * units];
        }
        Array result = Array.of(output, carry.sizes());
        return new Recurrent.Step(result, List.of(result, next));
    }

    /**
     * A step of a gated recurrent unit whose reset gate acts after the product: {@code h = activation(x_h + r · inner_h)} and
     * {@code state' = z · state + (1 − z) · h}.
     *
     * @param prepared (batch, 3 · units), the products of the input, in the order z, r, h; float32
     * @param inner (batch, 3 · units), the products of the state
     * @param state (batch, units)
     * @param recurrent the activation of z and r, number by number
     * @param activation the activation of h
     */
    public static Recurrent.Step gated(
            Array prepared, Array inner, Array state, UnaryOperator<Array> recurrent, UnaryOperator<Array> activation) {
        float[] open = recurrent.apply(Arithmetic.add(prepared, inner)).values();
        float[] products = prepared.values();
        float[] recurrents = inner.values();
        float[] before = state.values();
        int units = Math.toIntExact(state.size(-1));
        Array.require(open.length == 3L * before.length, "gates " + prepared + " for " + state);
        float[] candidates = new float[before.length];
        for (int i = 0; i < candidates.length; i++) {
            int at = i / units * 3 * units + i % units;
            candidates[i] = products[at + 2 * units] + open[at + units] * recurrents[at + 2 * units];
        }
        float[] after = activation.apply(Array.of(candidates, state.sizes())).values();
        for (int i = 0; i < after.length; i++) {
            float update = open[i / units * 3 * units + i % units];
            after[i] = update * before[i] + (1 - update) * after[i];
        }
        Array result = Array.of(after, state.sizes());
        return new Recurrent.Step(result, List.of(result));
    }
}
