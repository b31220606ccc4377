package org.netsplice.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;

/**
 * Values as Python writes them. Texts of files become literals in ASCII, so that no name can end its literal, and objects become calls of
 * constructors of Keras from a closed list of modules, so that the code runs nothing else.
 */
final class PythonText {
    /** The modules whose classes only hold settings, besides the layers of the catalogue. */
    private static final Set<String> SETTINGS = Set.of("keras.initializers", "keras.regularizers", "keras.constraints");

    /** The modules of objects in older files, by the last word of the setting that holds them. */
    private static final Map<String, String> OLDER = Map.of(
            "initializer",
            "keras.initializers",
            "regularizer",
            "keras.regularizers",
            "constraint",
            "keras.constraints");

    /** What every layer takes where it is not told otherwise. */
    private static final Set<String> SILENT = Set.of("trainable=True", "dtype=\"float32\"");

    private static final Set<String> KEYWORDS = Set.of(
            ("False None True and as assert async await break class continue def del elif else except finally for from global if"
                            + " import in is lambda nonlocal not or pass raise return try while with"
                            + " match case type float slice tuple any all abs max min sum pow round range len"
                            + " keras layers np os load operation")
                    .split(" "));

    private PythonText() {}

    /** A value that has no form in Python here. */
    static final class Unnamed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unnamed(String what) {
            super(what, null, false, false);
        }
    }

    /** Python code that stands for a value. */
    record Code(String text) {}

    /** A text as a literal in ASCII. */
    static String text(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                literal.append('\\').append((char) c);
            } else if (c >= ' ' && c <= '~') {
                literal.append((char) c);
            } else if (c <= 0xFFFF) {
                literal.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                literal.append(String.format(Locale.ROOT, "\\U%08x", c));
            }
        });
        return literal.append('"').toString();
    }

    /** A name for a variable like a name in a file: letters, digits and {@code _}, and nothing that Python or the code uses. */
    static String variable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        String begun = plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "x" + plain : plain;
        String shortened = begun.length() > 60 ? begun.substring(0, 60) : begun;
        return KEYWORDS.contains(shortened) || shortened.startsWith("__") || shortened.startsWith("build")
                ? shortened + "_layer"
                : shortened;
    }

    /** Whether a text can be the name of a parameter. */
    static boolean parameter(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*")
                && !name.matches("False|None|True|lambda|import|class|def|del|from");
    }

    /**
     * A value: numbers, texts, lists, and objects in the words of Keras.
     *
     * @throws Unnamed for objects of other modules
     */
    static String value(Object value) {
        if (value instanceof Code code) {
            return code.text();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PythonText::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        Json json = Json.of(value);
        if (json.isNull()) {
            return "None";
        } else if (json.isFlag()) {
            return json.flag() ? "True" : "False";
        } else if (json.isText()) {
            return text(json.text());
        } else if (json.isList()) {
            return value(json.items());
        } else if (json.isObject()) {
            return object(fields(json));
        }
        String number = json.toString();
        return number.matches("-?[0-9][0-9.eE+-]*") ? number : "float(" + text(String.valueOf(json.number())) + ")";
    }

    private static Map<String, Object> fields(Json json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        json.keys().forEach(key -> fields.put(key, json.find(key).orElse(null)));
        return fields;
    }

    /** Sizes as a tuple. */
    static String tuple(List<?> sizes) {
        return sizes.stream()
                .map(PythonText::value)
                .collect(Collectors.joining(", ", "(", sizes.size() == 1 ? ",)" : ")"));
    }

    /** The fields of an object, which may be JSON or already a map. */
    private static Map<String, Object> config(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, one) -> fields.put(String.valueOf(key), one));
            return fields;
        }
        Json json = Json.of(value);
        return json.isObject() ? fields(json) : Map.of();
    }

    private static String word(Object value) {
        Json json = value instanceof Code ? Json.of(null) : Json.of(value);
        return json.isText() ? json.text() : "";
    }

    private static String object(Map<?, ?> given) {
        Map<String, Object> object = config(given);
        if (!object.containsKey("class_name")) {
            return object.entrySet().stream()
                    .map(field -> text(field.getKey()) + ": " + value(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        String name = word(object.get("class_name"));
        Map<String, Object> config = config(object.get("config"));
        return switch (name) {
            case "__slice__" ->
                "slice(" + value(config.get("start")) + ", " + value(config.get("stop")) + ", "
                        + value(config.get("step")) + ")";
            case "__ellipsis__" -> "...";
            case "__tuple__" -> "tuple(" + value(object.get("items")) + ")";
            case "__tensor__" ->
                "keras.ops.convert_to_tensor(" + value(config.get("value")) + ", dtype=" + value(config.get("dtype"))
                        + ")";
            case "__numpy__" ->
                "np.array(" + value(config.get("value")) + ", dtype=" + value(config.get("dtype")) + ")";
            default -> made(word(object.get("module")), name, config);
        };
    }

    private static String made(String module, String name, Map<String, Object> config) {
        if (module.startsWith("keras") && (name.equals("DTypePolicy") || name.equals("Policy"))) {
            return value(config.get("name"));
        }
        if (SETTINGS.contains(module) && name.matches("[A-Z][A-Za-z0-9]*")) {
            return module + "." + name + "(" + String.join(", ", arguments(config, value -> !value.equals("None")))
                    + ")";
        }
        if (name.equals("Sequential") || name.equals("Functional")) {
            throw new Unnamed("a model inside a layer");
        }
        Optional<Kind<?>> kind =
                Layers.kind(name).filter(one -> one.inKeras() && !one.isOperation() && module.equals("keras.layers"));
        if (kind.isEmpty()) {
            throw new Unnamed("an object " + name + " of the module " + module);
        }
        return layer(kind.get(), config);
    }

    /** A call of the constructor of a layer. */
    static String layer(Kind<?> kind, Map<String, Object> config) {
        Map<String, Object> said = new LinkedHashMap<>();
        config.forEach((key, given) -> {
            boolean setting = kind.setting(key).isPresent();
            boolean plain = OLDER.containsKey(ending(key)) && given instanceof Json object && object.isObject();
            Object value = plain ? withModule(fields((Json) given), OLDER.get(ending(key))) : given;
            if (!usual(kind, key, given) && (setting || !SILENT.contains(key + "=" + value(value)))) {
                said.put(key, value);
            }
        });
        return "layers." + kind.className() + "("
                + String.join(
                        ", ",
                        arguments(
                                said,
                                value -> !value.equals("None"),
                                name -> kind.setting(name).isPresent()))
                + ")";
    }

    private static String ending(String key) {
        return key.substring(key.lastIndexOf('_') + 1);
    }

    /** An object of an older file, which does not say its module. */
    private static Map<String, Object> withModule(Map<String, Object> object, String module) {
        object.computeIfAbsent("module", key -> module);
        return object;
    }

    /** Settings as named arguments, without values that are not wanted; the name is last. */
    static List<String> arguments(Map<String, Object> config, Predicate<String> wanted) {
        return arguments(config, wanted, name -> false);
    }

    private static List<String> arguments(
            Map<String, Object> config, Predicate<String> wanted, Predicate<String> always) {
        List<String> arguments = new ArrayList<>();
        config.forEach((key, given) -> {
            if (parameter(key)) {
                String value = value(given);
                if (always.test(key) || wanted.test(value)) {
                    arguments.add(key + "=" + value);
                }
            }
        });
        arguments.stream().filter(one -> one.startsWith("name=")).findFirst().ifPresent(name -> {
            arguments.remove(name);
            arguments.add(name);
        });
        return arguments;
    }

    private static boolean usual(Kind<?> kind, String key, Object given) {
        Optional<Setting<?>> setting = kind.setting(key);
        return setting.isPresent()
                && !Constructors.needs(kind, key)
                && Json.of(given)
                        .toString()
                        .equals(Json.of(kind.config(kind.standard()).get(key)).toString());
    }
}
