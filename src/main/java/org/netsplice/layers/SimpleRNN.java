package org.netsplice.layers;

import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;

/** The simplest recurrence along a sequence: {@code SimpleRNN(32)} turns (None, 50, 8) into (None, 32). */
public record SimpleRNN(SimpleRNNCell cell, Sequencing run, Arguments call) implements RecurrentLayer {
    static final Kind<SimpleRNN> KIND = Kind.of(
                    "SimpleRNN",
                    SimpleRNN.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence with a simple memory.",
                    new Kind.Example("units=3, go_backwards=true", "(None, 5, 2)"))
            .settings(SimpleRNNCell.SETTINGS)
            .settings(Sequencing.SETTINGS)
            .formerSettings(Sequencing.NUM_CONSTANTS, Sequencing.TIME_MAJOR)
            .keepsMaskPolicy()
            .parameters(PARAMETERS)
            .requires("units")
            .shows("units", "# units")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public SimpleRNN reversed() {
        return new SimpleRNN(cell, run.reversed(), call);
    }

    @Override
    public String activationText() {
        return cell.activationText();
    }
}
