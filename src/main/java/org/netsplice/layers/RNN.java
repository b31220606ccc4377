package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** Any cell along a sequence: {@code RNN(LSTMCell(32))} turns (None, 50, 8) into (None, 32). */
public record RNN(RecurrentCell cell, Sequencing run, Arguments call) implements RecurrentLayer {
    static final Kind<RNN> KIND = Kind.of(
                    "RNN",
                    RNN.class,
                    Kind.Family.INTERNAL,
                    "Runs a recurrent cell along a sequence.",
                    new Kind.Example("cell={\"class_name\": \"LSTMCell\", \"config\": {\"units\": 3}}", "(None, 5, 2)"))
            .settings(InnerLayers.<RecurrentCell>layer("cell", LSTMCell.KIND.standard(), "The cell.", RNN::cell))
            .settings(Sequencing.SETTINGS)
            .formerSettings(Sequencing.NUM_CONSTANTS, Sequencing.TIME_MAJOR)
            .keepsMaskPolicy()
            .parameters(PARAMETERS)
            .requires("cell")
            .build();

    private static RecurrentCell cell(ComputedLayer layer, Json json) {
        if (layer instanceof RecurrentCell cell) {
            return cell;
        }
        throw new ModelException.Unsupported(
                Problem.error(json.where(), "a cell of class " + layer.className() + " is not supported", ""));
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Optional<HardSigmoid.Scaled> withHardSigmoid(List<WeightSpec> weights) {
        return cell.withHardSigmoid(weights)
                .map(scaled ->
                        new HardSigmoid.Scaled(new RNN((RecurrentCell) scaled.layer(), run, call), scaled.parts()));
    }

    @Override
    public RNN reversed() {
        return new RNN(cell, run.reversed(), call);
    }
}
