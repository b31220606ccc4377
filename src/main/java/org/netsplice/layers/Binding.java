package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/**
 * The arguments of a call given to parameters, as Python does it. Of what Keras 2 wrote, a parameter whose name ends in {@code *} takes all
 * positional arguments that are left, and one whose name ends in {@code +} all there are.
 */
final class Binding {
    private final String className;
    private final List<String> parameters;
    private final Set<String> ignored;
    private final List<Integer> inputs = new ArrayList<>();
    private final Map<String, Object> named = new LinkedHashMap<>();

    Binding(String className, List<String> parameters, Set<String> ignored) {
        this.className = className;
        this.parameters = parameters;
        this.ignored = ignored;
    }

    /** Names of a layer's first parameter in Keras where its kind declares none. */
    private static final Set<String> FIRST = Set.of("inputs", "input", "x", "sequences", "sequence", "data", "images");

    Kind.Bound bind(List<Json> args, Map<String, Json> kwargs) {
        String first = parameters.isEmpty() && args.isEmpty() ? first(kwargs) : "";
        if (!first.isEmpty()) {
            plain(kwargs.get(first));
        } else if (parameters.isEmpty()) {
            args.forEach(this::plain);
        } else if (parameters.get(0).endsWith("+")
                && args.size() > 1
                && args.stream().allMatch(Arguments::isInput)) {
            give(Json.of(args), 0);
        } else {
            for (int i = 0; i < args.size(); i++) {
                if (!args.get(i).isNull()) {
                    give(args.get(i), i);
                }
            }
        }
        kwargs.forEach((name, value) -> {
            boolean nothing =
                    value.isNull() || (value.isList() && value.items().stream().allMatch(Json::isNull));
            if (nothing || name.equals(first) || ignored.contains(name)) {
                return;
            }
            if (parameters.stream().noneMatch(parameter -> plainName(parameter).equals(name))) {
                throw unsupported(value, name);
            }
            named.put(name, renumbered(value));
        });
        return new Kind.Bound(inputs, canonical() ? Arguments.PLAIN : new Arguments(Json.of(named)));
    }

    private static String first(Map<String, Json> kwargs) {
        return kwargs.keySet().stream().filter(FIRST::contains).findFirst().orElse("");
    }

    private void give(Json value, int position) {
        int last = parameters.size() - 1;
        int rest = 0;
        while (rest < last && !parameters.get(rest).endsWith("*")) {
            rest++;
        }
        if (position > last && !parameters.get(rest).endsWith("*")) {
            throw unsupported(value, "argument " + (position + 1));
        }
        boolean tensor = Arguments.isInput(value) || position > last;
        boolean open = parameters.get(rest).endsWith("*") && position >= rest && tensor;
        String name = parameters.get(open ? rest : position);
        if (!open) {
            named.put(plainName(name), renumbered(value));
            return;
        }
        List<Object> list = new ArrayList<>();
        if (named.get(plainName(name)) instanceof List<?> before) {
            list.addAll(before);
        }
        list.add(renumbered(value));
        named.put(plainName(name), list);
    }

    private static String plainName(String parameter) {
        return parameter.replaceAll("[*+]$", "");
    }

    /** Tensors only, in lists or not. */
    private void plain(Json value) {
        if (value.isNull()) {
            return;
        }
        if (value.isList()) {
            value.items().forEach(this::plain);
        } else if (Arguments.isInput(value)) {
            renumbered(value);
        } else if (value.isObject() && value.find("class_name").isEmpty()) {
            value.keys().forEach(key -> value.find(key).ifPresent(this::plain));
        } else {
            throw unsupported(value, "an argument that is no tensor");
        }
    }

    private Object renumbered(Json value) {
        if (Arguments.isInput(value)) {
            inputs.add(Math.toIntExact(value.get("input").integer()));
            return Arguments.input(inputs.size() - 1);
        }
        if (value.isList()) {
            List<Object> items = new ArrayList<>();
            value.items().forEach(item -> items.add(item.isNull() ? null : renumbered(item)));
            return items;
        }
        if (value.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            value.keys()
                    .forEach(key -> fields.put(
                            key, value.find(key).map(this::renumbered).orElse(null)));
            return fields;
        }
        return value;
    }

    /** Whether the parameters, in their order, get the inputs and nothing else: one each, or the first all of them in a list; masks and states are named. */
    private boolean canonical() {
        boolean states = parameters.stream()
                .skip(1)
                .anyMatch(parameter -> parameter.endsWith("*") && named.containsKey(plainName(parameter)));
        if (named.containsKey("mask") || states) {
            return false;
        }
        int next = 0;
        for (int i = 0; i < named.size(); i++) {
            Object value = named.get(plainName(parameters.get(i)));
            if (value instanceof List<?> list && named.size() == 1) {
                for (Object item : list) {
                    if (!Arguments.input(next++).equals(item)) {
                        return false;
                    }
                }
                return true;
            }
            if (!Arguments.input(next++).equals(value)) {
                return false;
            }
        }
        return true;
    }

    private ModelException.Unsupported unsupported(Json value, String what) {
        return new ModelException.Unsupported(
                Problem.error(value.where(), "a call of " + className + " with " + what + " is not supported", ""));
    }
}
