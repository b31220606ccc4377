package org.netsplice.train;

import java.util.Map;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Answers;

/**
 * Rows whose targets are known.
 *
 * @param inputs an array for every input by its name, as {@code predict} takes them
 * @param targets what is right, by the name of the output
 */
public record Rows(Map<String, Tensor> inputs, Map<String, Answers> targets) {
    public Rows {
        inputs = Map.copyOf(inputs);
        targets = Map.copyOf(targets);
    }
}
