package org.netsplice.layers;

import java.util.Optional;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.Setting;

/**
 * How a recurrent layer runs along a sequence. A stateful layer starts from zeros in every prediction.
 *
 * @param zeroOutputForMask whether masked steps give zeros instead of the output before
 * @param numConstants how many of the last inputs are constants of the cell; Keras' own cells take none
 * @param timeMajor whether sequences are (steps, batch, …), an option of Keras 2
 */
public record Sequencing(
        boolean returnSequences,
        boolean returnState,
        boolean goBackwards,
        boolean stateful,
        boolean zeroOutputForMask,
        int numConstants,
        boolean timeMajor,
        MaskPolicy maskPolicy) {
    static final Setting<?>[] SETTINGS = {
        Setting.flag("return_sequences", false, "Whether the outputs of all steps are returned, not only the last."),
        Setting.flag("return_state", false, "Whether the states after the last step are outputs too."),
        Setting.flag("go_backwards", false, "Whether the sequence is read backwards."),
        Setting.flag(
                "stateful", false, "Whether training goes on from the states before; predictions start from zeros."),
        Setting.flag("zero_output_for_mask", false, "Whether masked steps give zeros.")
    };

    static final Setting<Integer> NUM_CONSTANTS =
            Setting.integer("num_constants", 0, 0, "How many of the last inputs are constants of the cell.");
    static final Setting<Boolean> TIME_MAJOR =
            Setting.flag("time_major", false, "Whether the steps are on the first axis and the batch on the second.");

    /** What a prediction does otherwise than Keras, which goes on with the states of the rows before. */
    Optional<String> caution() {
        return stateful
                ? Optional.of(
                        "is stateful: Keras goes on from batch to batch with the states of the one before, while here every row"
                                + " starts anew, so that predictions are Keras' for its first batch after a reset only")
                : Optional.empty();
    }

    /** The axis of the steps. */
    int steps() {
        return timeMajor ? 0 : 1;
    }

    Sequencing reversed() {
        return new Sequencing(
                returnSequences,
                returnState,
                !goBackwards,
                stateful,
                zeroOutputForMask,
                numConstants,
                timeMajor,
                maskPolicy);
    }
}
