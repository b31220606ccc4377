package org.netsplice.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.edit.step.Several;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Weights;
import org.netsplice.problem.Problem;

/**
 * What training gave.
 *
 * @param weights the best weights, by a node that calls the layer
 * @param epochs what every finished epoch was like
 * @param ending why training ended
 * @param problem what went wrong, when numbers were no longer finite
 */
public record Trained(Map<NodeId, Weights> weights, List<Epoch> epochs, Ending ending, Optional<Problem> problem) {

    public Trained {
        weights = Map.copyOf(weights);
        epochs = List.copyOf(epochs);
    }

    /** Why training ended. */
    public enum Ending {
        /** All epochs are done. */
        FINISHED,
        /** The loss became no better for as many epochs as were allowed. */
        PATIENCE,
        /** The user asked. */
        STOPPED,
        /** A number became infinite or not a number. */
        NOT_FINITE
    }

    /** The epoch whose weights these are; empty when none was finished, so that they are those of the last step. */
    public Optional<Epoch> best() {
        return epochs.stream().filter(Epoch::best).reduce((one, later) -> later);
    }

    /** One edit that gives the document these weights. */
    public Edit edit() {
        List<Edit> edits = weights.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .<Edit>map(entry -> new LoadWeights(entry.getKey(), entry.getValue()))
                .toList();
        return new Several(edits, "train");
    }
}
