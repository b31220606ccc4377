package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/**
 * Layers and settings as a person types them: {@code Dense(units=3, activation=softmax, name=head)}. The class is an {@link Kind#id id}; the
 * parentheses may be left out; values are JSON, or texts without quotes.
 */
public final class LayerNotation {
    private LayerNotation() {}

    /**
     * A layer, and the name given to it.
     *
     * @param name empty when none was given
     */
    public record Named(ComputedLayer layer, String name) {}

    /**
     * Reads a layer.
     *
     * @param where what a refusal is about
     * @throws ModelException.EditRefused when the text is malformed, the class or a setting unknown, or a value wrong
     */
    public static Named parse(String text, Where where) {
        int open = text.indexOf('(');
        String className = (open < 0 ? text : text.substring(0, open)).strip();
        if (open >= 0 && !text.strip().endsWith(")")) {
            throw refused(where, "\"" + text + "\" has no closing parenthesis", "Write CLASS(setting=value, …).");
        }
        Kind<?> kind = Layers.kind(className)
                .orElseThrow(() -> refused(
                        where,
                        "there is no layer \"" + className + "\"",
                        "Choose one of " + String.join(", ", Layers.names()) + "."));
        String inside =
                open < 0 ? "" : text.strip().substring(open + 1, text.strip().length() - 1);
        Map<String, Object> config = new LinkedHashMap<>();
        String name = "";
        for (String part : split(inside)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (key.equals("name")) {
                name = value;
            } else if (kind.setting(key).isPresent() || kind.isOperation()) {
                config.put(key, JsonReader.typed(value));
            } else {
                throw refused(
                        where,
                        className + " has no setting \"" + (equals < 0 ? part.strip() : key) + "\"",
                        "Its settings are "
                                + Stream.concat(kind.settings().stream().map(Setting::name), Stream.of("name"))
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
        return new Named(read(kind, config, where), name);
    }

    /**
     * A layer with one setting changed to what a person typed.
     *
     * @param where what a refusal is about
     * @throws ModelException.EditRefused when the value is wrong; it names the setting and what is allowed
     */
    public static ComputedLayer change(ComputedLayer layer, String setting, String typed, Where where) {
        Map<String, Object> config = new LinkedHashMap<>(layer.kind().config(layer));
        config.put(setting, JsonReader.typed(typed));
        return read(layer.kind(), config, where);
    }

    private static ComputedLayer read(Kind<?> kind, Map<String, Object> config, Where where) {
        for (Setting<?> setting : kind.settings()) {
            if (config.containsKey(setting.name())) {
                try {
                    setting.read(Json.of(config));
                } catch (ModelException.Invalid | ModelException.Unsupported problem) {
                    throw refused(
                            where,
                            setting.name() + " of " + kind.className() + ": "
                                    + problem.problem().what(),
                            "Give " + setting.range() + ".");
                }
            }
        }
        return kind.read(Json.of(config));
    }

    private static ModelException.EditRefused refused(Where where, String what, String remedy) {
        return new ModelException.EditRefused(where, what, remedy);
    }

    /** Splits at commas that are not inside brackets or quotes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            depth += "[({".indexOf(c) >= 0 ? 1 : "])}".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (!text.substring(start).isBlank()) {
            parts.add(text.substring(start));
        }
        return parts;
    }
}
