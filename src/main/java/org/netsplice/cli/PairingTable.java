package org.netsplice.cli;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.problem.Comparison;

/** A comparison of an architecture with a file of weights as a table in columns of text. */
final class PairingTable {
    private PairingTable() {}

    static String of(Comparison pairs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", pairs.architecture(), "needs", pairs.weights(), "holds"));
        for (Comparison.Row row : pairs.rows()) {
            rows.add(List.of(
                    row.fits() ? "=" : "≠",
                    row.layer().isEmpty() ? "-" : row.layer(),
                    row.needs().isEmpty() ? "-" : row.needs(),
                    row.place().isEmpty() ? "-" : row.place(),
                    row.holds().isEmpty() ? "-" : row.holds()));
        }
        int[] widths = new int[5];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.append(pairs.sentence()).append('\n').toString();
    }
}
