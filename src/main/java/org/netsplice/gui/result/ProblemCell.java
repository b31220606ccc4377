package org.netsplice.gui.result;

import javafx.scene.control.ListCell;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.gui.Sentences;
import org.netsplice.problem.Problem;

/** A problem with its remedy on one line. */
public final class ProblemCell extends ListCell<Problem> {
    @Override
    protected void updateItem(Problem problem, boolean empty) {
        super.updateItem(problem, empty);
        if (empty || problem == null) {
            setText("");
            setGraphic(null);
            return;
        }
        boolean error = isError(problem);
        setWrapText(true);
        setPrefWidth(0);
        setText((error ? "" : "Warning: ") + Sentences.of(problem));
        setGraphic(new FontIcon(error ? "mdi2a-alert-circle-outline" : "mdi2a-alert-outline"));
    }

    /** Whether a problem keeps the network from running. */
    public static boolean isError(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
