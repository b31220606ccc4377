package org.netsplice.gui.command;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something a user can do: by menu, by key, and by the list of all commands.
 *
 * @param id its name in the file of shortcuts
 * @param menu the menu it is in, perhaps with a submenu after a slash
 * @param block commands of one block stand together in the menu
 * @param title what it is called, which may tell what it would do now
 * @param keys the keys it comes with, as {@link javafx.scene.input.KeyCombination} writes them, or a character
 * @param possible whether it would do something now
 */
public record Command(
        String id,
        String menu,
        int block,
        Supplier<String> title,
        List<String> keys,
        BooleanSupplier possible,
        Runnable action) {

    static Command of(String id, String menu, int block, String title, Runnable action, String... keys) {
        return new Command(id, menu, block, () -> title, List.of(keys), () -> true, action);
    }

    /** The same, only while something holds. */
    Command when(BooleanSupplier condition) {
        return new Command(id, menu, block, title, keys, condition, action);
    }

    /** The same with a title that changes. */
    Command withTitle(Supplier<String> other) {
        return new Command(id, menu, block, other, keys, possible, action);
    }

    /** Does it, if it is possible now. */
    public void run() {
        if (possible.getAsBoolean()) {
            action.run();
        }
    }
}
