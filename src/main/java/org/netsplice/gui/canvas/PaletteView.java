package org.netsplice.gui.canvas;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.TextFields;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;
import org.netsplice.search.Likeness;

/** The layers that can be added: by dragging them onto the canvas or onto outputs, or by a click. */
public final class PaletteView extends VBox {
    /** The average number of letters in a width of one font size. */
    private static final double LETTERS = 1.5;

    private final VBox families = new VBox(6);
    private final CanvasView canvas;
    private final Gestures gestures;
    private boolean dragging;

    /** Adds layers to the document that a canvas shows. */
    public PaletteView(CanvasView canvas, Gestures gestures) {
        super(8);
        this.canvas = canvas;
        this.gestures = gestures;
        setPadding(new Insets(10));
        TextField filter = TextFields.createClearableTextField();
        filter.setPromptText("Filter layers…");
        filter.setId("palette-filter");
        filter.setAccessibleText("Filter layers");
        filter.textProperty().addListener((any, old, text) -> fill(text));
        families.setPadding(new Insets(0, 10, 0, 0));
        ScrollPane scroll = new ScrollPane(families);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(filter, scroll);
        fill("");
    }

    private void fill(String filter) {
        families.getChildren().clear();
        Set<Kind<?>> found = new HashSet<>(Likeness.find(filter, Layers.ALL, Kind::className));
        for (Kind.Family family : Kind.Family.values()) {
            List<Kind<?>> kinds = Layers.ALL.stream()
                    .filter(kind -> kind.family() == family && family != Kind.Family.INTERNAL)
                    .filter(found::contains)
                    .toList();
            if (!kinds.isEmpty()) {
                Label title = new Label(word(family));
                title.getStyleClass().add("family");
                FlowPane flow = new FlowPane(5, 5);
                flow.setMinWidth(0);
                kinds.forEach(kind -> flow.getChildren().add(button(kind, flow)));
                families.getChildren().addAll(title, flow);
            }
        }
        if (families.getChildren().isEmpty()) {
            Label none = new Label("No layer has a name like \"" + filter.strip() + "\".");
            none.setWrapText(true);
            families.getChildren().add(none);
        }
    }

    private static String word(Kind.Family family) {
        String name = family.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** A button no wider than what it is in; a long name goes on in the next line, between its words. */
    private Button button(Kind<?> kind, FlowPane around) {
        Button button = new Button();
        button.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> lines(kind.className(), (int)
                                (around.getWidth() / button.getFont().getSize() * LETTERS)),
                        around.widthProperty(),
                        button.fontProperty()));
        button.setAccessibleText(kind.className());
        button.setWrapText(true);
        button.maxWidthProperty().bind(around.widthProperty());
        button.setId("palette-" + kind.className());
        button.getStyleClass()
                .addAll("palette", kind.family() == Kind.Family.MERGE ? "palette-merge" : "palette-layer");
        button.setTooltip(new Tooltip(
                kind.summary() + "\nDrag it onto outputs or the canvas, or click to add it after the selected layer."));
        button.setOnMousePressed(event -> dragging = false);
        button.setOnMouseDragged(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                if (!dragging) {
                    gestures.enter(kind.standard());
                    dragging = true;
                }
                canvas.paletteDragged(event.getSceneX(), event.getSceneY());
            }
        });
        button.setOnMouseReleased(event -> {
            if (dragging) {
                canvas.paletteDropped(event.getSceneX(), event.getSceneY());
            }
        });
        button.setOnAction(event -> {
            if (!dragging) {
                new Adding(canvas, gestures).add(kind);
            }
            dragging = false;
        });
        return button;
    }

    /** A name in lines of at most {@code most} letters, broken between its words. */
    private static String lines(String name, int most) {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String word : name.split("(?<=[a-z])(?=[A-Z])")) {
            boolean full = length > 0 && length + word.length() > most;
            text.append(full ? "\n" : "").append(word);
            length = full ? word.length() : length + word.length();
        }
        return most > 0 ? text.toString() : name;
    }
}
