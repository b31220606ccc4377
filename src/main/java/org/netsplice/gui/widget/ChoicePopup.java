package org.netsplice.gui.widget;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.Window;
import org.netsplice.search.Likeness;

/** A list that is filtered by typing, also by shortened or misspelled words; Enter chooses the selected item. */
public final class ChoicePopup<T> {
    private final Popup popup = new Popup();
    private final TextField text = new TextField();
    private final ObservableList<T> shown = FXCollections.observableArrayList();
    private final ListView<T> list = new ListView<>(shown);
    private final List<T> all;
    private final Function<T, String> words;
    private final Consumer<T> chosen;

    /**
     * A list of choices.
     *
     * @param words what typed text is looked for in
     * @param row makes what shows one
     */
    public ChoicePopup(
            String prompt, List<T> all, Function<T, String> words, Function<T, Node> row, Consumer<T> chosen) {
        this.all = List.copyOf(all);
        this.words = words;
        this.chosen = chosen;
        text.setPromptText(prompt);
        text.setId("search-text");
        list.setId("search-list");
        list.setCellFactory(view -> cell(() -> row));
        VBox box = new VBox(6, text, list);
        box.setPadding(new Insets(8));
        box.getStyleClass().add("search-popup");
        // Events that are not consumed reach the window below, where keys run commands.
        box.addEventHandler(KeyEvent.ANY, event -> {
            if (event.getCode() != KeyCode.ESCAPE) {
                event.consume();
            }
        });
        popup.getContent().add(box);
        popup.setAutoHide(true);
        size(40, 26);
        text.textProperty().addListener((any, old, now) -> narrow(now));
        text.setOnKeyPressed(event -> {
            switch (event.getCode()) {
                case ENTER -> take();
                case DOWN -> move(1);
                case UP -> move(-1);
                default -> {}
            }
        });
        list.setOnMouseClicked(event -> take());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                take();
            }
        });
        narrow("");
    }

    private ListCell<T> cell(Supplier<Function<T, Node>> row) {
        return new ListCell<>() {
            @Override
            protected void updateItem(T item, boolean empty) {
                super.updateItem(item, empty);
                setGraphic(empty || item == null ? null : row.get().apply(item));
            }
        };
    }

    /** Sets the size of the list, in font sizes. */
    public ChoicePopup<T> size(double width, double height) {
        list.setStyle(String.format(Locale.ROOT, "-fx-pref-width: %.1fem; -fx-pref-height: %.1fem;", width, height));
        return this;
    }

    /** Shows it a moment later, so that the key that asked for it is not typed into it. */
    public void show(Window owner, Point2D at) {
        Platform.runLater(() -> {
            popup.show(owner, at.getX(), at.getY());
            text.requestFocus();
        });
    }

    private void move(int step) {
        int index = list.getSelectionModel().getSelectedIndex() + step;
        if (index >= 0 && index < shown.size()) {
            list.getSelectionModel().select(index);
            list.scrollTo(index);
        }
    }

    private void narrow(String typed) {
        shown.setAll(Likeness.find(typed, all, words));
        list.getSelectionModel().select(0);
    }

    private void take() {
        T choice = list.getSelectionModel().getSelectedItem();
        if (choice != null) {
            popup.hide();
            chosen.accept(choice);
        }
    }
}
