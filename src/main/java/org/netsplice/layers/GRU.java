package org.netsplice.layers;

import java.util.Map;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OldWeights;

/** Gated recurrent units along a sequence: {@code GRU(32)} turns (None, 50, 8) into (None, 32). */
public record GRU(GRUCell cell, Sequencing run, Arguments call) implements RecurrentLayer {
    static final Kind<GRU> KIND = Kind.of(
                    "GRU",
                    GRU.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence with a gated memory.",
                    new Kind.Example("units=3", "(None, 5, 2)"))
            .settings(GRUCell.SETTINGS)
            .settings(Sequencing.SETTINGS)
            .formerSettings(Sequencing.NUM_CONSTANTS, Sequencing.TIME_MAJOR)
            .keepsMaskPolicy()
            .parameters(PARAMETERS)
            .beforeThree("reset_after", false)
            .oldWeights(OldWeights.gates(0, 1, 2).then(OldWeights.cudnn(3)))
            .formerly("CuDNNGRU", Map.of("activation", "tanh", "recurrent_activation", "sigmoid", "reset_after", true))
            .requires("units")
            .shows("units", "# units")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public GRU reversed() {
        return new GRU(cell, run.reversed(), call);
    }

    @Override
    public String activationText() {
        return cell.activationText();
    }
}
