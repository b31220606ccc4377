package org.netsplice.gui.canvas;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.netsplice.editor.session.Search;
import org.netsplice.editor.session.Session;

/** The search bar: a query, the number of layers found, and buttons for the next and the previous one. */
public final class FindBar extends HBox {
    private final Session session;
    private final TextField text = new TextField();
    private final Label count = new Label();

    /** Finds layers of a session; hidden until it is opened. */
    public FindBar(Session session) {
        super(6);
        this.session = session;
        setId("find-bar");
        getStyleClass().add("find-bar");
        setAlignment(Pos.CENTER_LEFT);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setId("find-text");
        text.setAccessibleText("Find");
        text.setPrefColumnCount(24);
        text.setPromptText("dense units>=64");
        text.setTooltip(
                new Tooltip("Name, class or shape; settings such as units>=64, activation=softmax, params>1e6, rank=4;"
                        + " frozen, shared, output, problem"));
        text.setAccessibleText("Find layers");
        text.textProperty().addListener((any, old, now) -> session.search().look(now));
        text.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                session.search().next(event.isShiftDown() ? -1 : 1);
            } else if (event.getCode() == KeyCode.ESCAPE) {
                close();
                event.consume();
            }
        });
        count.setId("find-count");
        count.setMinWidth(80);
        getChildren()
                .addAll(
                        text,
                        count,
                        button(
                                "find-back",
                                "mdi2c-chevron-up",
                                "Previous (Shift+Enter)",
                                () -> session.search().next(-1)),
                        button(
                                "find-on",
                                "mdi2c-chevron-down",
                                "Next (Enter)",
                                () -> session.search().next(1)),
                        button("find-close", "mdi2c-close", "Close (Esc)", this::close));
        setVisible(false);
        session.onChange(this::refresh);
    }

    private static Button button(String id, String icon, String help, Runnable action) {
        Button button = new Button("", new FontIcon(icon));
        button.setId(id);
        button.setTooltip(new Tooltip(help));
        button.setAccessibleText(help);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Shows the bar and searches for the text of the last time. */
    public void open() {
        setVisible(true);
        text.requestFocus();
        text.selectAll();
        session.search().look(text.getText());
    }

    /** Hides the bar, ends the search and gives the focus to the canvas. */
    public void close() {
        setVisible(false);
        session.search().look("");
        getScene().lookup("#canvas").requestFocus();
    }

    private void refresh() {
        Search search = session.search();
        if (!search.active()) {
            count.setText("");
            return;
        }
        int found = search.found().size();
        String number = search.place().map(place -> place + 1 + " of " + found).orElse(found + " found");
        count.setText(found == 0 ? "no matches" : search.isSimilar() ? number + " similar" : number);
    }
}
