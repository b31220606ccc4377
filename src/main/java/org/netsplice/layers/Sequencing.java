package org.netsplice.layers;

/**
 * How a recurrent layer runs along a sequence. A stateful layer starts from zeros in every prediction.
 *
 * @param zeroOutputForMask whether masked steps give zeros instead of the output before
 */
public record Sequencing(
        boolean returnSequences,
        boolean returnState,
        boolean goBackwards,
        boolean stateful,
        boolean zeroOutputForMask) {
    static final Setting<?>[] SETTINGS = {
        Setting.flag("return_sequences", false, "Whether the outputs of all steps are wanted, not only the last."),
        Setting.flag("return_state", false, "Whether the states after the last step are outputs too."),
        Setting.flag("go_backwards", false, "Whether the sequence is read from its end."),
        Setting.flag(
                "stateful", false, "Whether training goes on from the states before; predictions start from zeros."),
        Setting.flag("zero_output_for_mask", false, "Whether masked steps give zeros.")
    };

    Sequencing reversed() {
        return new Sequencing(returnSequences, returnState, !goBackwards, stateful, zeroOutputForMask);
    }
}
