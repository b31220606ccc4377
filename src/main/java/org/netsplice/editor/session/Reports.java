package org.netsplice.editor.session;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;

/** The reports of the latest graphs, so that undo and redo need not infer shapes again. */
final class Reports {
    private static final int MAX_REPORTS = 8;

    /** The latest first. */
    private final List<Report> lately = new ArrayList<>(List.of(Report.of(Graph.EMPTY)));

    /** The report of a graph, which is probably one of these or differs from the latest in little. */
    @SuppressWarnings("ReferenceEquality")
    Report of(Graph graph) {
        Report found = lately.stream()
                .filter(report -> report.graph() == graph)
                .findFirst()
                .orElseGet(() -> Report.of(graph, lately.get(0)));
        lately.remove(found);
        lately.add(0, found);
        if (lately.size() > MAX_REPORTS) {
            lately.remove(MAX_REPORTS);
        }
        return found;
    }
}
