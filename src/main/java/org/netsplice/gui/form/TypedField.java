package org.netsplice.gui.form;

import java.util.function.Consumer;
import javafx.scene.control.TextField;

/** A text field whose text counts when Enter is pressed or the field is left. */
public final class TypedField extends TextField {
    private String value = "";
    private Consumer<String> taking = text -> {};

    TypedField() {
        setOnAction(event -> take());
        focusedProperty().addListener((any, had, has) -> {
            if (had && !has && getScene() != null) {
                take();
            }
        });
    }

    private void take() {
        if (!getText().equals(value)) {
            taking.accept(getText());
        }
    }

    void onTaken(Consumer<String> handler) {
        taking = handler;
    }

    /** Shows a value, unless another is being typed about the same subject; whether the value is another one. */
    boolean show(String next, boolean fresh) {
        boolean other = fresh || !next.equals(value);
        if (other) {
            value = next;
            setText(next);
            end();
        }
        return other;
    }

    /** Whether it shows the value, and nothing else that is being typed. */
    public boolean finished() {
        return getText().equals(value);
    }
}
