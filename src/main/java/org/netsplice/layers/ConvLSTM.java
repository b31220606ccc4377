package org.netsplice.layers;

import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;

/** Long short-term memory of images: {@code ConvLSTM2D(4, 3)} turns (None, 10, 8, 8, 3) into (None, 6, 6, 4). */
public record ConvLSTM(ConvLSTMCell cell, Sequencing run, Arguments call) implements RecurrentLayer {
    static final List<Kind<ConvLSTM>> KINDS =
            IntStream.rangeClosed(1, 3).mapToObj(ConvLSTM::kind).toList();

    private static Kind<ConvLSTM> kind(int directions) {
        return Kind.of(
                        "ConvLSTM" + directions + "D",
                        ConvLSTM.class,
                        Kind.Family.RECURRENT,
                        "Reads a sequence of " + (directions == 1 ? "sequences" : "images") + " with a long memory.",
                        new Kind.Example("filters=2, kernel_size=3", "(None, 3" + ", 4".repeat(directions) + ", 2)"))
                .constant("directions", directions)
                .settings(ConvLSTMCell.settings(directions))
                .settings(Sequencing.SETTINGS)
                .formerSettings(Sequencing.NUM_CONSTANTS, Sequencing.TIME_MAJOR)
                .keepsMaskPolicy()
                .parameters(PARAMETERS)
                .oldWeights(OldKernels.RULE)
                .requires("filters", "kernel_size")
                .build();
    }

    @Override
    public Kind<?> kind() {
        return KINDS.get(cell.directions() - 1);
    }

    @Override
    public ConvLSTM reversed() {
        return new ConvLSTM(cell, run.reversed(), call);
    }

    @Override
    public String activationText() {
        return cell.activationText();
    }
}
