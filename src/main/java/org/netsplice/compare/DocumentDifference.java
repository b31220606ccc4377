package org.netsplice.compare;

import java.util.List;
import org.netsplice.check.Report;

/**
 * How two documents differ. Names of documents, places in the picture and what files say beyond the network do not count.
 *
 * @param layers every layer of the second document in its order, each layer that only the first has behind those before it
 * @param outputs what differs between the outputs of the documents, and the order of their inputs
 */
public record DocumentDifference(List<LayerDifference> layers, List<Change> outputs) {

    public DocumentDifference {
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
    }

    /** Compares the graphs of two reports. */
    public static DocumentDifference between(Report before, Report after) {
        return new Comparing(before, after).difference();
    }

    /** Whether nothing differs. */
    public boolean isNone() {
        return outputs.isEmpty() && layers.stream().allMatch(one -> one.status() == LayerDifference.Status.EQUAL);
    }

    /** The number of layers of a status. */
    public long count(LayerDifference.Status status) {
        return layers.stream().filter(one -> one.status() == status).count();
    }
}
