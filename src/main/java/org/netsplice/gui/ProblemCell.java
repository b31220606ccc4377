package org.netsplice.gui;

import javafx.scene.control.ListCell;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.problem.Problem;

/** A problem with its remedy on one line. */
final class ProblemCell extends ListCell<Problem> {
    @Override
    protected void updateItem(Problem problem, boolean empty) {
        super.updateItem(problem, empty);
        if (empty || problem == null) {
            setText("");
            setGraphic(null);
            return;
        }
        boolean error = Actions.isError(problem);
        setWrapText(true);
        setPrefWidth(0);
        setText((error ? "" : "Warning: ") + Tasks.sentence(problem));
        setGraphic(new FontIcon(error ? "mdi2a-alert-circle-outline" : "mdi2a-alert-outline"));
    }
}
