package org.netsplice.ops;

import java.util.List;

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
    public static Recurrent.Step longShortTerm(Array gates, Array carry, Bend recurrent, Bend activation) {
        float[] open = Tape.aside(() -> recurrent.apply(gates)).values();
        float[] candidates = Tape.aside(() -> activation.apply(gates)).values();
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
            Array gates, Array carry, Array next, Bend recurrent, Bend activation, List<Array> gradients) {
        Bend.Bent open = recurrent.bent(gates);
        Bend.Bent candidates = activation.bent(gates);
        Bend.Bent shown = activation.bent(next);
        float[] before = carry.values();
        float[] ofOutput = gradients.get(0).values();
        float[] ofNext = gradients.get(1).values();
        float[] ofGates = new float[open.values().length];
        float[] ofCarry = new float[before.length];
        int units = Math.toIntExact(carry.size(-1));
        for (int i = 0; i < before.length; i++) {
            int input = i / units * 4 * units + i % units;
            int forget = input + units;
            int candidate = forget + units;
            int output = candidate + units;
            float after = ofNext[i] + ofOutput[i] * open.values()[output] * shown.slopes()[i];
            ofGates[input] = after * candidates.values()[candidate] * open.slopes()[input];
            ofGates[forget] = after * before[i] * open.slopes()[forget];
            ofGates[candidate] = after * open.values()[input] * candidates.slopes()[candidate];
            ofGates[output] = ofOutput[i] * shown.values()[i] * open.slopes()[output];
            ofCarry[i] = after * open.values()[forget];
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
    public static Recurrent.Step gated(Array prepared, Array inner, Array state, Bend recurrent, Bend activation) {
        float[] open = Tape.aside(() -> recurrent.apply(Arithmetic.add(prepared, inner)))
                .values();
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
    private static List<Array> gatedBack(List<Array> given, Bend recurrent, Bend activation, Array gradient) {
        Array sums = Arithmetic.add(given.get(0), given.get(1));
        Bend.Bent open = recurrent.bent(sums);
        Bend.Bent candidates = activation.bent(given.get(3));
        float[] recurrents = given.get(1).values();
        float[] before = given.get(2).values();
        float[] ofAfter = gradient.values();
        float[] ofInput = new float[open.values().length];
        float[] ofInner = new float[open.values().length];
        float[] ofState = new float[before.length];
        int units = Math.toIntExact(given.get(2).size(-1));
        for (int i = 0; i < before.length; i++) {
            int update = i / units * 3 * units + i % units;
            int reset = update + units;
            int candidate = reset + units;
            float ofCandidate =
                    ofAfter[i] * (1 - open.values()[update]) * candidates.slopes()[i];
            ofInput[update] = ofAfter[i] * (before[i] - candidates.values()[i]) * open.slopes()[update];
            ofInput[reset] = ofCandidate * recurrents[candidate] * open.slopes()[reset];
            ofInput[candidate] = ofCandidate;
            ofInner[update] = ofInput[update];
            ofInner[reset] = ofInput[reset];
            ofInner[candidate] = ofCandidate * open.values()[reset];
            ofState[i] = ofAfter[i] * open.values()[update];
        }
        return List.of(
                Array.of(ofInput, sums.sizes()),
                Array.of(ofInner, sums.sizes()),
                Array.of(ofState, given.get(2).sizes()));
    }
}
