package org.netsplice.gui.widget;

import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.Window;

/** A field over the name to change; Enter confirms, Escape cancels. */
public final class RenamePopup {
    private final Popup popup = new Popup();
    private final TextField text;
    private final Label wrong = new Label();

    /** {@code commit} returns why a name is refused. */
    public RenamePopup(String name, Function<String, Optional<String>> commit) {
        text = new TextField(name);
        text.setId("rename");
        text.setAccessibleText("Name");
        wrong.getStyleClass().add("problem");
        wrong.setWrapText(true);
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        VBox box = new VBox(3, text, wrong);
        box.getStyleClass().add("search-popup");
        popup.getContent().add(box);
        popup.setAutoHide(true);
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                Optional<String> refusal = commit.apply(text.getText().strip());
                refusal.ifPresentOrElse(wrong::setText, popup::hide);
                event.consume();
            }
        });
    }

    /** Shows the field at a place of the screen, with all of the name selected. */
    public void show(Window owner, Point2D at, double width) {
        text.setPrefWidth(width);
        wrong.setMaxWidth(width);
        popup.show(owner, at.getX(), at.getY());
        Appearance.dress(text.getScene());
        text.requestFocus();
        text.selectAll();
    }
}
