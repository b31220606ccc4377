package org.netsplice.gui.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.graph.Tensor;

/**
 * What several networks, or several outputs of one, say of the classes of the same rows.
 *
 * @param said the classes by the name of who says it, in order
 */
record Opinions(Map<String, RowClasses> said) {

    /** The opinions among some outputs that are about as many rows and classes as one. */
    static Opinions like(RowClasses one, Map<String, Tensor> outputs, List<String> names) {
        Map<String, RowClasses> said = new LinkedHashMap<>();
        outputs.forEach((name, values) -> RowClasses.of(values, names)
                .filter(other -> other.count() == one.count() && other.rows() == one.rows())
                .ifPresent(other -> said.put(name, other)));
        return new Opinions(said);
    }

    /** Whether there is more than one, so that they can differ. */
    boolean several() {
        return said.size() > 1;
    }

    /** Whether they name different classes for a row. */
    boolean differ(int row) {
        return said.values().stream()
                        .mapToInt(classes -> classes.best(row))
                        .distinct()
                        .count()
                > 1;
    }
}
