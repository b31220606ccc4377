package org.netsplice.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * A JSON value that knows the file and the path of keys it stands at, so that every complaint names its place. A key that is
 * absent and a key that is {@code null} are the same. Immutable to its users.
 */
public final class Json {
    /** A number in a text; Java would also read type letters and hexadecimal digits. */
    private static final Pattern NUMBER =
            Pattern.compile("NaN|-?Infinity|[+-]?([0-9]{1,20}\\.?[0-9]{0,40}|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?");

    private final JsonNode node;
    private final String file;
    private final String path;

    Json(JsonNode node, String file, String path) {
        this.node = node;
        this.file = file;
        this.path = path;
    }

    /** A value made of maps, collections, numbers, texts, booleans and null. */
    public static Json of(Object value) {
        return new Json(tree(value), "", "");
    }

    private static JsonNode tree(Object value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (value == null) {
            return make.nullNode();
        } else if (value instanceof Json json) {
            return json.node;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = make.objectNode();
            Map<?, ?> ordered = map instanceof LinkedHashMap ? map : new TreeMap<>(map);
            ordered.forEach((key, entry) -> object.set(key.toString(), tree(entry)));
            return object;
        } else if (value instanceof Collection<?> collection) {
            var array = make.arrayNode();
            collection.forEach(entry -> array.add(tree(entry)));
            return array;
        } else if (value instanceof Boolean flag) {
            return make.booleanNode(flag);
        } else if (value instanceof Integer || value instanceof Long) {
            return whole(((Number) value).longValue());
        } else if (value instanceof Number number) {
            return make.numberNode(number.doubleValue());
        }
        return make.textNode(value.toString());
    }

    /** A whole number as the parser makes it, so that equal numbers are equal values. */
    private static JsonNode whole(long value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return value == (int) value ? make.numberNode((int) value) : make.numberNode(value);
    }

    /** The place of this value in its file. */
    public Where where() {
        return file.isEmpty() && path.isEmpty() ? Where.NOWHERE : new Where.InFile(file, path);
    }

    /** An exception that says this value is wrong. */
    public ModelException.Invalid wrong(String what) {
        return new ModelException.Invalid(Problem.error(
                where(), what, "The file is damaged or was written by a program that does not follow the format."));
    }

    /** An exception that says this value is sound, but not one this program can handle. */
    public ModelException.Unsupported unsupported(String what) {
        return new ModelException.Unsupported(Problem.error(where(), what, ""));
    }

    private ModelException.Invalid expected(String kind) {
        String received = node.toString();
        return wrong("expected " + kind + ", received "
                + (received.length() > 60 ? received.substring(0, 57) + "..." : received));
    }

    /**
     * The value of a key.
     *
     * @throws ModelException.Invalid when the key is absent or null
     */
    public Json get(String key) {
        return find(key).orElseThrow(() -> wrong("the key \"" + key + "\" is missing"));
    }

    /** The value of a key, if it is there and not null. */
    public Optional<Json> find(String key) {
        if (!node.isObject()) {
            throw expected("an object with the key \"" + key + "\"");
        }
        JsonNode child = node.get(key);
        if (child == null || child.isNull()) {
            return Optional.empty();
        }
        return Optional.of(new Json(child, file, path.isEmpty() ? key : path + "." + key));
    }

    /** Whether a key is present, even if its value is null. */
    public boolean has(String key) {
        return node.has(key);
    }

    /**
     * The elements of a list, each with its place.
     *
     * @throws ModelException.Invalid when this is something else
     */
    public List<Json> items() {
        if (!node.isArray()) {
            throw expected("a list");
        }
        List<Json> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new Json(node.get(i), file, path + "[" + i + "]"));
        }
        return items;
    }

    /** The keys of an object in their order. */
    public List<String> keys() {
        if (!node.isObject()) {
            throw expected("an object");
        }
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Whether it is an object. */
    public boolean isObject() {
        return node.isObject();
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node.isArray();
    }

    /** Whether it is a text. */
    public boolean isText() {
        return node.isTextual();
    }

    /** Whether it is a number; a text such as {@code "0.5"} is not. */
    public boolean isNumber() {
        return node.isNumber();
    }

    /** Whether it is a number written without a fraction. */
    public boolean whole() {
        return node.isIntegralNumber();
    }

    /** Whether it is true or false. */
    public boolean isFlag() {
        return node.isBoolean();
    }

    /** Whether it is null. */
    public boolean isNull() {
        return node.isNull();
    }

    /**
     * The text.
     *
     * @throws ModelException.Invalid when this is something else
     */
    public String text() {
        if (!node.isTextual()) {
            throw expected("a text");
        }
        return node.textValue();
    }

    /**
     * The whole number; 3.0 is one too.
     *
     * @throws ModelException.Invalid when this is something else, or does not fit into 64 bits
     */
    public long integer() {
        if (!node.isNumber() || !node.canConvertToLong() || node.doubleValue() != Math.rint(node.doubleValue())) {
            throw expected("a whole number");
        }
        return node.longValue();
    }

    /** The whole number, which is at least {@code least} and at most {@code most}. */
    public long integer(long least, long most) {
        long value = integer();
        if (value < least || value > most) {
            throw wrong("expected a whole number from " + least + " to " + most + ", received " + value);
        }
        return value;
    }

    /** The elements of an array of this length; {@code form} says what they are, such as {@code [x, y]}. */
    public List<Json> items(int count, String form) {
        List<Json> items = items();
        if (items.size() != count) {
            throw wrong("expected " + form + ", received " + items.size() + " elements");
        }
        return items;
    }

    /** The number, which may stand as a text such as {@code "0.5"}, {@code "NaN"} or {@code "-Infinity"}. */
    public double number() {
        if (node.isTextual() && NUMBER.matcher(node.textValue()).matches()) {
            return Double.parseDouble(node.textValue());
        }
        if (!node.isNumber()) {
            throw expected("a number");
        }
        return node.doubleValue();
    }

    /** True or false; of numbers, 0 is false and every other is true, as in Python. */
    public boolean flag() {
        if (node.isNumber()) {
            return node.doubleValue() != 0;
        }
        if (!node.isBoolean()) {
            throw expected("true or false");
        }
        return node.booleanValue();
    }

    /** Another value at the same place. */
    public Json replaced(Object value) {
        return new Json(tree(value), file, path);
    }

    /** The same value without its place. */
    public Json detached() {
        return new Json(node, "", "");
    }

    /** Equal when the values are, whatever their places. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && node.equals(json.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** JSON text on one line. */
    @Override
    public String toString() {
        return node.toString();
    }

    /** JSON text with two spaces of indentation. */
    public String pretty() {
        return node.toPrettyString();
    }
}
