package org.netsplice.gui;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.Window;
import org.netsplice.editor.Fit;
import org.netsplice.editor.Session;
import org.netsplice.graph.Port;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;

/** A list of layers at the pointer that is narrowed by typing; Enter takes the marked one. */
final class SearchPopup {
    private final Popup popup = new Popup();
    private final TextField text = new TextField();
    private final ObservableList<Kind<?>> shown = FXCollections.observableArrayList();
    private final ListView<Kind<?>> list = new ListView<>(shown);
    private final Consumer<Kind<?>> chosen;
    private final List<Kind<?>> all;

    /** Offers every layer; behind a port only those that fit there, merges first. */
    SearchPopup(Session session, Optional<Port> port, Consumer<Kind<?>> chosen) {
        this.chosen = chosen;
        Fit fit = new Fit(session.report());
        this.all = Layers.ALL.stream()
                .filter(kind -> kind.family() != Kind.Family.INTERNAL)
                .filter(kind -> port.isEmpty()
                        || fit.layer(kind.standard(), List.of(port.get())).fits())
                .toList();
        text.setPromptText("Add a layer…");
        text.setId("search-text");
        list.setId("search-list");
        list.setPrefSize(260, 240);
        list.setCellFactory(view -> new ListCell<>() {
            @Override
            protected void updateItem(Kind<?> kind, boolean empty) {
                super.updateItem(kind, empty);
                setText(empty || kind == null ? "" : kind.className() + "  –  " + kind.summary());
            }
        });
        VBox box = new VBox(6, text, list);
        box.setPadding(new Insets(8));
        box.getStyleClass().add("search-popup");
        popup.getContent().add(box);
        popup.setAutoHide(true);
        text.textProperty().addListener((any, old, now) -> narrow(now));
        text.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                take();
            } else if (event.getCode() == KeyCode.DOWN) {
                list.getSelectionModel().selectNext();
            } else if (event.getCode() == KeyCode.UP) {
                list.getSelectionModel().selectPrevious();
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

    void show(Window owner, Point2D at) {
        popup.show(owner, at.getX(), at.getY());
        text.requestFocus();
    }

    private void narrow(String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT).strip();
        shown.setAll(all.stream()
                .filter(kind -> kind.className().toLowerCase(Locale.ROOT).contains(wanted))
                .toList());
        list.getSelectionModel().select(0);
    }

    private void take() {
        Kind<?> kind = list.getSelectionModel().getSelectedItem();
        if (kind != null) {
            popup.hide();
            chosen.accept(kind);
        }
    }
}
