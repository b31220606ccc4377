package org.netsplice.gui.form;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a form says or offers at one place. Parts of one class and key are shown by the same control, one after the other. */
sealed interface Part {

    /** Tells the parts of a form apart. */
    String key();

    /** What the form is about. */
    record Title(String text) implements Part {
        @Override
        public String key() {
            return "";
        }
    }

    /** A text in a style of the style sheet. */
    record Words(String key, String text, String style) implements Part {
        /** The heading of what follows. */
        static Words section(String text) {
            return new Words(text, text, "section");
        }

        static Words muted(String key, String text) {
            return new Words(key, text, "muted");
        }
    }

    /** A name and what is known under it. */
    record Fact(String key, String name, String text) implements Part {
        Fact(String name, String text) {
            this(name, name, text);
        }
    }

    /** A text that is taken over by Enter or by leaving the field; {@code commit} gives back what is wrong with it. */
    record Input(String key, String name, String help, String value, Function<String, Optional<String>> commit)
            implements Part {}

    /** A choice among texts. */
    record Choice(String key, String name, String help, List<String> choices, String value, Consumer<String> commit)
            implements Part {}

    /** One of several things that are looked for when they are asked for. */
    record Offer(String key, String prompt, String name, Supplier<List<String>> choices, Consumer<String> chosen)
            implements Part {}

    record Check(String key, String text, String help, boolean on, Consumer<Boolean> commit) implements Part {}

    /** A text with a button behind it; {@code name} for those who do not see where it stands. */
    record Line(String key, String name, String value, Consumer<String> commit, Press press) implements Part {}

    /** A longer text, so many rows of which are seen at once. */
    record Reading(String key, String name, String help, String text, int rows) implements Part {}

    /** Buttons in a row; with another number or other ids they are other buttons. */
    record Buttons(List<Press> all) implements Part {
        Buttons(Press... all) {
            this(List.of(all));
        }

        @Override
        public String key() {
            return String.join(" ", all.stream().map(Press::id).toList());
        }
    }

    /** A button. */
    record Press(String id, String text, String help, boolean possible, Runnable action) {
        Press(String id, String text, String help, Runnable action) {
            this(id, text, help, true, action);
        }
    }
}
