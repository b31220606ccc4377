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
        Tape.note(
                "long short-term memory",
                List.of(result, next),
                Tape.together(
                        List.of(gates, carry),
                        gradients -> longShortTermBack(gates, carry, next, recurrent, activation, gradients)));
        return new Recurrent.Step(result, List.of(result, next));
    }

    /** The gradients of gates and carry. */
    private static List<Array> longShortTermBack(
            Array gates,
            Array carry,
            Array next,
            UnaryOperator<Array> recurrent,
            UnaryOperator<Array> activation,
            List<Array> gradients) {
        float[] open = recurrent.apply(gates).values();
        float[] openSlopes = Tape.slope(recurrent, gates).values();
        float[] candidates = activation.apply(gates).values();
        float[] candidateSlopes = Tape.slope(activation, gates).values();
        float[] shown = activation.apply(next).values();
        float[] shownSlopes = Tape.slope(activation, next).values();
        float[] before = carry.values();
        float[] ofOutput = gradients.get(0).values();
        float[] ofNext = gradients.get(1).values();
        float[] ofGates = new float[open.length];
        float[] ofCarry = new float[before.length];
        int units = Math.toIntExact(carry.size(-1));
        for (int i = 0; i < before.length; i++) {
            int input = i / units * 4 * units + i % units;
            int forget = input + units;
            int candidate = forget + units;
            int output = candidate + units;
            float after = ofNext[i] + ofOutput[i] * open[output] * shownSlopes[i];
            ofGates[input] = after * candidates[candidate] * openSlopes[input];
            ofGates[forget] = after * before[i] * openSlopes[forget];
            ofGates[candidate] = after * open[input] * candidateSlopes[candidate];
            ofGates[output] = ofOutput[i] * shown[i] * openSlopes[output];
            ofCarry[i] = after * open[forget];
        }
        return List.of(Array.of(ofGates, gates.sizes()), Array.of(ofCarry, carry.sizes()));
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
        Array candidate = Array.of(candidates, state.sizes());
        float[] after = activation.apply(candidate).values();
        for (int i = 0; i < after.length; i++) {
            float update = open[i / units * 3 * units + i % units];
            after[i] = update * before[i] + (1 - update) * after[i];
        }
        Array result = Tape.note(
                "gated recurrent unit",
                Array.of(after, state.sizes()),
                Tape.together(
                        List.of(prepared, inner, state),
                        gradients -> gatedBack(
                                List.of(prepared, inner, state, candidate), recurrent, activation, gradients.get(0))));
        return new Recurrent.Step(result, List.of(result));
    }

    /** The gradients of what a gated unit got: the products of the input and of the state, and the state. */
    private static List<Array> gatedBack(
            List<Array> given, UnaryOperator<Array> recurrent, UnaryOperator<Array> activation, Array gradient) {
        Array sums = Arithmetic.add(given.get(0), given.get(1));
        float[] open = recurrent.apply(sums).values();
        float[] openSlopes = Tape.slope(recurrent, sums).values();
        float[] recurrents = given.get(1).values();
        float[] before = given.get(2).values();
        float[] candidates = activation.apply(given.get(3)).values();
        float[] candidateSlopes = Tape.slope(activation, given.get(3)).values();
        float[] ofAfter = gradient.values();
        float[] ofInput = new float[open.length];
        float[] ofInner = new float[open.length];
        float[] ofState = new float[before.length];
        int units = Math.toIntExact(given.get(2).size(-1));
        for (int i = 0; i < before.length; i++) {
            int update = i / units * 3 * units + i % units;
            int reset = update + units;
            int candidate = reset + units;
            float ofCandidate = ofAfter[i] * (1 - open[update]) * candidateSlopes[i];
            ofInput[update] = ofAfter[i] * (before[i] - candidates[i]) * openSlopes[update];
            ofInput[reset] = ofCandidate * recurrents[candidate] * openSlopes[reset];
            ofInput[candidate] = ofCandidate;
            ofInner[update] = ofInput[update];
            ofInner[reset] = ofInput[reset];
            ofInner[candidate] = ofCandidate * open[reset];
            ofState[i] = ofAfter[i] * open[update];
        }
        return List.of(
                Array.of(ofInput, sums.sizes()),
                Array.of(ofInner, sums.sizes()),
                Array.of(ofState, given.get(2).sizes()));
    }
}
