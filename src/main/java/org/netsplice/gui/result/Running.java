package org.netsplice.gui.result;

import java.util.Locale;
import org.netsplice.gui.Workbench;

/** Compiles and predicts, with the tab of results that the user needs then. */
public final class Running {
    private final Workbench workbench;
    private final Compiling compiling;
    private final ResultTabs results;
    private final PredictTab predictions;

    /** Runs the document of a workbench. */
    public Running(Workbench workbench, Compiling compiling, ResultTabs results, PredictTab predictions) {
        this.workbench = workbench;
        this.compiling = compiling;
        this.results = results;
        this.predictions = predictions;
    }

    /** Compiles and tells how it went; problems are shown in their tab. */
    public void compile() {
        if (!workbench.session().report().runnable()) {
            results.showProblems();
        }
        long start = System.nanoTime();
        compiling.compile(network -> workbench.announce(String.format(
                Locale.ROOT,
                "Compiled %d vertices in %.1f s.",
                network.vertexCount(),
                (System.nanoTime() - start) / 1e9)));
    }

    /** Predicts and shows the results. */
    public void predict() {
        results.showPredictions();
        predictions.predict();
    }

    /** Takes the focus to the files of the inputs. */
    public void goToPredictions() {
        results.showPredictions();
        predictions.takeFocus();
    }
}
