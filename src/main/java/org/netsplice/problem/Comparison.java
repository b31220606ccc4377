package org.netsplice.problem;

import java.util.List;
import java.util.Optional;

/**
 * What the layers of an architecture need beside what a file of weights holds, in the order in which they are paired.
 *
 * @param architecture the name of the file with the architecture
 * @param weights the name of the file with the weights
 */
public record Comparison(String architecture, String weights, List<Row> rows) {

    public Comparison {
        architecture = Printable.name(architecture);
        weights = Printable.name(weights);
        rows = List.copyOf(rows);
    }

    /**
     * A layer and its counterpart.
     *
     * @param layer its name and class; empty when the architecture has none
     * @param needs the shapes of its weights, such as {@code (6, 8), (8,)}
     * @param place where the file holds them; empty when it does not
     * @param holds the shapes in the file
     */
    public record Row(String layer, String needs, String place, String holds) {

        public Row {
            layer = Printable.name(layer);
            place = Printable.name(place);
        }

        /** Whether the file holds what the layer needs. */
        public boolean fits() {
            return needs.equals(holds);
        }
    }

    /** The first row that does not fit. */
    public Optional<Row> firstDifference() {
        return rows.stream().filter(row -> !row.fits()).findFirst();
    }

    /** In one sentence. */
    public String sentence() {
        return firstDifference()
                .map(row -> "The first difference is "
                        + (row.layer().isEmpty()
                                ? row.place() + ", which no layer of the architecture needs"
                                : row.layer() + ": it needs " + row.needs() + ", and the file holds "
                                        + (row.holds().isEmpty() ? "nothing for it" : row.holds()))
                        + ".")
                .orElse("All " + rows.size() + " layers with weights fit.");
    }
}
