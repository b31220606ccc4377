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
        compiling.compile(network -> workbench.announce(String.format(
                Locale.ROOT,
                "%,d %s, ready to predict; %s",
                workbench.session().document().graph().nodes().size(),
                workbench.session().document().graph().nodes().size() == 1 ? "layer" : "layers",
                parameters(workbench.session().report().counts().parameters()))));
    }

    private static String parameters(long count) {
        return count < 1_000_000
                ? String.format(Locale.ROOT, "%,d parameters", count)
                : String.format(Locale.ROOT, "%.1f M parameters", count / 1e6);
    }

    /** The engine that computes. */
    public EngineChoice engine() {
        return compiling.choice();
    }

    /** Computes by another engine from now on. */
    public void choose(EngineChoice engine) {
        compiling.choose(engine);
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
