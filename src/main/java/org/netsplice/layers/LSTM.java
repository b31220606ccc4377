package org.netsplice.layers;

import java.util.Map;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OldWeights;

/** Long short-term memory along a sequence: {@code LSTM(32)} turns (None, 50, 8) into (None, 32). */
public record LSTM(LSTMCell cell, Sequencing run, Arguments call) implements RecurrentLayer {
    static final Kind<LSTM> KIND = Kind.of(
                    "LSTM",
                    LSTM.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence with a long memory.",
                    new Kind.Example("units=3, return_sequences=true, return_state=true", "(None, 5, 2)"))
            .settings(LSTMCell.SETTINGS)
            .settings(Sequencing.SETTINGS)
            .formerSettings(Sequencing.NUM_CONSTANTS, Sequencing.TIME_MAJOR)
            .keepsMaskPolicy()
            .parameters(PARAMETERS)
            .oldWeights(OldWeights.gates(0, 2, 1, 3).then(OldWeights.cudnn(4)))
            .formerly("CuDNNLSTM", Map.of("activation", "tanh", "recurrent_activation", "sigmoid"))
            .requires("units")
            .shows("units", "# units")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public LSTM reversed() {
        return new LSTM(cell, run.reversed(), call);
    }

    @Override
    public String activationText() {
        return cell.activationText();
    }
}
