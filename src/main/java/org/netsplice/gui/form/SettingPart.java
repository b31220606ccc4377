package org.netsplice.gui.form;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.netsplice.layers.kind.Setting;

/** How a setting of layers is shown and changed: a box for yes or no, a list for choices, else a field. */
final class SettingPart {
    private static final Set<String> YES_OR_NO = Set.of("true", "false");
    private static final String DIFFERENT = "different";

    private SettingPart() {}

    /**
     * The part for a setting.
     *
     * @param key tells the part apart in its form
     * @param value the present value as one would type it; empty where the layers have different ones
     * @param change sets a typed value; returns what is wrong with it
     * @param complain hears what is wrong with a value that was not typed
     */
    static Part of(
            String key,
            Setting<?> setting,
            Optional<String> value,
            Function<String, Optional<String>> change,
            Consumer<String> complain) {
        String name = name(setting);
        String help = setting.help() + "\n" + setting.range();
        List<String> choices = setting.choices();
        if (Set.copyOf(choices).equals(YES_OR_NO)
                && value.map(YES_OR_NO::contains).orElse(true)) {
            boolean on = value.map(Boolean::parseBoolean).orElse(false);
            return new Part.Check(
                    key,
                    name,
                    help,
                    on,
                    value.isEmpty(),
                    chosen -> change.apply(chosen.toString()).ifPresent(complain));
        }
        return !choices.isEmpty() && value.map(choices::contains).orElse(true)
                ? new Part.Choice(
                        key,
                        name,
                        help,
                        choices,
                        value.orElse(DIFFERENT),
                        chosen -> change.apply(chosen).ifPresent(complain))
                : new Part.Input(key, name, help, value.orElse(DIFFERENT), change);
    }

    /** The name of a setting in words. */
    static String name(Setting<?> setting) {
        String words = setting.name().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
