package org.netsplice.gui.widget;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.ComboBoxListViewSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * A list of choices that opens at its value and takes typing: the first letters of an item find it. What is looked at while the list is
 * open counts only when it closes; Escape goes back to the value before.
 */
public final class TypedChoice extends ComboBox<String> {
    /** Letters typed within this time belong to one word, in nanoseconds. */
    private static final long ONE_WORD = 1_000_000_000;
    /** How many items are seen above the value when the list opens. */
    private static final int ABOVE = 3;

    private Consumer<String> chosen = value -> {};
    private String present;
    private final Set<ListView<?>> escaping = new HashSet<>();
    private String typed = "";
    private long lastTyped;

    public TypedChoice() {
        setOnAction(event -> {
            if (!isShowing()) {
                commit();
            }
        });
        setOnHidden(event -> commit());
        setOnShown(event -> {
            list().filter(list -> escaping.add(list))
                    .ifPresent(list -> list.addEventFilter(KeyEvent.KEY_PRESSED, this::giveUp));
            look();
        });
        addEventFilter(KeyEvent.KEY_TYPED, this::type);
        addEventFilter(KeyEvent.KEY_PRESSED, this::giveUp);
    }

    /** Esc goes back to the value from before; the open list may hear of it before this control does. */
    private void giveUp(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE && isShowing()) {
            setValue(present);
            hide();
            event.consume();
        }
    }

    /** Shows a value among choices; {@code chosen} hears of another one. */
    public void show(List<String> choices, String value, Consumer<String> chosen) {
        this.chosen = other -> {};
        if (!getItems().equals(choices)) {
            getItems().setAll(choices);
        }
        present = value;
        setValue(value);
        this.chosen = chosen;
    }

    private void commit() {
        String value = getValue();
        if (value != null && !value.equals(present)) {
            present = value;
            chosen.accept(value);
        }
    }

    private void look() {
        list().ifPresent(list -> list.scrollTo(Math.max(0, getSelectionModel().getSelectedIndex() - ABOVE)));
    }

    private Optional<ListView<?>> list() {
        return getSkin() instanceof ComboBoxListViewSkin<?> skin && skin.getPopupContent() instanceof ListView<?> list
                ? Optional.of(list)
                : Optional.empty();
    }

    private void type(KeyEvent event) {
        String letter = event.getCharacter();
        if (event.isShortcutDown() || letter.isBlank() || Character.isISOControl(letter.charAt(0))) {
            return;
        }
        event.consume();
        long now = System.nanoTime();
        typed = now - lastTyped < ONE_WORD ? typed + letter : letter;
        lastTyped = now;
        String start = typed.toLowerCase(Locale.ROOT);
        IntStream.range(0, getItems().size())
                .filter(i -> getItems().get(i).toLowerCase(Locale.ROOT).startsWith(start))
                .findFirst()
                .ifPresent(index -> {
                    show();
                    getSelectionModel().select(index);
                    look();
                });
    }
}
