package org.netsplice.gui.command;

import java.util.Optional;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;

/** Asks whether pasted layers have weights of their own. */
public final class Sharing {
    private Sharing() {}

    /** Whether the weights are shared; empty when nothing shall be pasted. */
    public static Optional<Boolean> ask(Window owner) {
        ButtonType copy = new ButtonType("Copy weights", ButtonBar.ButtonData.YES);
        ButtonType share = new ButtonType("Share weights", ButtonBar.ButtonData.NO);
        Alert alert = new Alert(
                Alert.AlertType.CONFIRMATION,
                "Copies can have their own weights, or share the weights of the layers they were copied from.",
                copy,
                share,
                ButtonType.CANCEL);
        alert.setHeaderText("Copy the weights, or share them?");
        alert.initOwner(owner);
        return alert.showAndWait().filter(answer -> answer != ButtonType.CANCEL).map(answer -> answer == share);
    }
}
