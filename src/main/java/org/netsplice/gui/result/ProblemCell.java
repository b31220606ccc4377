package org.netsplice.gui.result;

import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Problem;

/** A problem with its remedy: an error in red; a warning in amber, which can be hidden for good. */
public final class ProblemCell extends ListCell<Problem> {
    private final Workbench workbench;

    ProblemCell(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    protected void updateItem(Problem problem, boolean empty) {
        super.updateItem(problem, empty);
        setContentDisplay(ContentDisplay.LEFT);
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
        setGraphic(error ? icon : hidable(icon, problem));
    }

    /** The words of a warning and a link that hides it. */
    private HBox hidable(FontIcon icon, Problem warning) {
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        Label words = new Label(getText());
        words.setWrapText(true);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        Hyperlink hide = new Hyperlink("Do not show again");
        hide.setMinWidth(Region.USE_PREF_SIZE);
        hide.setOnAction(event -> workbench.hide(warning));
        HBox row = new HBox(6, icon, words, hide);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /** Whether a problem keeps the network from running. */
    public static boolean isError(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR;
    }
}
