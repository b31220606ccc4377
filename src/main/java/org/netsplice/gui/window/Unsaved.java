package org.netsplice.gui.window;

import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;
import org.netsplice.gui.command.FileActions;

/** Asks what to do with changes that were not saved before they would be lost. */
final class Unsaved {
    private Unsaved() {}

    /** Asks the user, then runs {@code then} immediately, after saving, or not at all. */
    static void ask(Window owner, String document, FileActions files, Runnable then) {
        ButtonType save = new ButtonType("Save…", ButtonBar.ButtonData.YES);
        ButtonType discard = new ButtonType("Discard changes", ButtonBar.ButtonData.NO);
        ButtonType stay = new ButtonType("Keep editing", ButtonBar.ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, "The document has unsaved changes.", save, discard, stay);
        alert.setHeaderText("Save the changes to \"" + document + "\" first?");
        alert.initOwner(owner);
        ButtonType answer = alert.showAndWait().orElse(stay);
        if (answer == save) {
            files.save(then);
        } else if (answer == discard) {
            then.run();
        }
    }
}
