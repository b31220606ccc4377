package org.netsplice.gui.result;

import java.util.List;
import java.util.Map;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.Printable;

/**
 * The rows that were predicted last, and the one that is looked at.
 *
 * @param data of all rows, by the name of the input
 * @param names of the rows; empty when they have none
 * @param row counted from 0
 */
public record PredictedRows(Map<String, Tensor> data, List<String> names, int row) {

    /** The number of rows. */
    public int count() {
        return data.values().stream()
                .mapToInt(tensor -> (int) tensor.shape().size(0))
                .findFirst()
                .orElse(0);
    }

    /** What the row is called; empty when rows have no names. */
    public String name() {
        return row < names.size() ? Printable.name(names.get(row)) : "";
    }
}
