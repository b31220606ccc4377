package org.netsplice.gui.form;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** One element of a form. Parts of the same class and key are shown by the same control, one after the other. */
sealed interface Part {

    /** Tells the parts of a form apart. */
    String key();

    /** The title of the form. */
    record Title(String text) implements Part {
        @Override
        public String key() {
            return "";
        }
    }

    /** A text in a style of the style sheet. */
    record Words(String key, String text, String style) implements Part {
        /** A heading. */
        static Words section(String text) {
            return new Words(text, text, "section");
        }

        static Words muted(String key, String text) {
            return new Words(key, text, "muted");
        }
    }

    /** A name and a value that cannot be changed. */
    record Fact(String key, String name, String text) implements Part {
        Fact(String name, String text) {
            this(name, name, text);
        }
    }

    /** A text field, confirmed by Enter or by leaving it; {@code commit} returns what is wrong with the text. */
    record Input(String key, String name, String help, String value, Function<String, Optional<String>> commit)
            implements Part {}

    /** A choice among texts. */
    record Choice(String key, String name, String help, List<String> choices, String value, Consumer<String> commit)
            implements Part {}

    /** A menu whose choices are computed when it opens. */
    record Offer(String key, String prompt, String name, Supplier<List<String>> choices, Consumer<String> chosen)
            implements Part {}

    /** A box for yes or no; {@code mixed} where it is on for some of what the form is about, and off for the others. */
    record Check(String key, String text, String help, boolean on, boolean mixed, Consumer<Boolean> commit)
            implements Part {
        Check(String key, String text, String help, boolean on, Consumer<Boolean> commit) {
            this(key, text, help, on, false, commit);
        }
    }

    /** A text field with a button; {@code name} is what a screen reader calls it. */
    record Line(String key, String name, String value, Consumer<String> commit, Press press) implements Part {}

    /** A longer text that cannot be changed, in an area of {@code rows} rows. */
    record Reading(String key, String name, String help, String text, int rows) implements Part {}

    /** A link below a text. */
    record Link(String key, String text, Runnable action) implements Part {}

    /** Buttons in a row, told apart by their ids. */
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
