package org.netsplice.gui.result;

import javafx.scene.control.ListCell;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.gui.Sentences;
import org.netsplice.problem.Problem;

/** A problem with its remedy: an error in red, a warning in amber. */
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
        FontIcon icon = new FontIcon(error ? "mdi2a-alert-circle-outline" : "mdi2a-alert-outline");
        icon.getStyleClass().add(error ? "problem-icon" : "warning-icon");
        setGraphic(icon);
    }

    /** Whether a problem keeps the network from running. */
    public static boolean isError(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
