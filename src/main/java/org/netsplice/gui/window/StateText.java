package org.netsplice.gui.window;

import java.util.Locale;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.gui.result.ProblemCell;

/** What the status bar says about a document. */
final class StateText {
    private StateText() {}

    /** The zoom, the sizes of the network, and whether it can predict. */
    static String of(Session session, double zoom) {
        Graph graph = session.document().graph();
        if (graph.nodes().isEmpty()) {
            return "Open a model to begin";
        }
        long errors = session.report().problems().stream()
                .filter(ProblemCell::isError)
                .count();
        return String.format(
                Locale.ROOT,
                "%.0f %%   ·   %,d layers   ·   %,d parameters   ·   %d %s   ·   %s%s",
                zoom * 100,
                graph.nodes().size(),
                session.report().counts().parameters(),
                graph.outputs().size(),
                graph.outputs().size() == 1 ? "output" : "outputs",
                errors == 0 ? "ready to predict" : errors + (errors == 1 ? " error" : " errors"),
                session.detail().figure() ? "   ·   figure mode" : "");
    }
}
