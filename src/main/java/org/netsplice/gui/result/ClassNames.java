package org.netsplice.gui.result;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.predict.Answers;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;

/** Names of classes, typed with commas between them or read from a file with one on a line. */
public final class ClassNames extends HBox {
    private static final Picker.Kind TEXT = Picker.Kind.of("Class names", "*.txt", "*.csv", "*.names");

    private final Workbench workbench;
    private final TextField field = new TextField();
    private final List<Runnable> listeners = new ArrayList<>();
    private List<String> names = List.of();
    private boolean filling;

    ClassNames(Workbench workbench) {
        super(6);
        this.workbench = workbench;
        Label label = new Label("Classes");
        label.setMinWidth(Region.USE_PREF_SIZE);
        field.setId("class-names");
        field.setPromptText("cat, dog, …");
        field.setPrefColumnCount(8);
        field.setAccessibleText("Names of the classes");
        field.setTooltip(new Tooltip("Names of the classes in the order of the outputs, with commas between them"));
        field.textProperty().addListener((any, old, now) -> typed(now));
        HBox.setHgrow(field, Priority.ALWAYS);
        Button file = new Button("From file…");
        file.setId("class-file");
        file.setMinWidth(Region.USE_PREF_SIZE);
        file.setTooltip(new Tooltip("A text file with one name on a line"));
        file.setOnAction(event -> choose());
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(label, field, file);
    }

    private void typed(String text) {
        if (!filling) {
            names = List.of(
                    text.strip().isEmpty() ? new String[0] : text.strip().split("\\s*,\\s*"));
            listeners.forEach(Runnable::run);
        }
    }

    private void choose() {
        workbench
                .picker()
                .open("Names of the classes", TEXT, Picker.Kind.ALL)
                .ifPresent(path -> workbench.run(
                        "Reading " + path.getFileName(), Lane.FILES, progress -> Answers.classes(path), this::take));
    }

    private void take(List<String> read) {
        filling = true;
        names = read;
        field.setText(Printable.text(String.join(", ", read)));
        filling = false;
        listeners.forEach(Runnable::run);
    }

    /** The names in the order of the outputs; empty when none are given. */
    public List<String> names() {
        return names;
    }

    /** Adds what is run after the names changed. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
