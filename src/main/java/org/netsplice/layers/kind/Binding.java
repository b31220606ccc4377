package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** The arguments of a call given to the parameters of a kind, as Python does it. */
final class Binding {
    /** Names of a layer's first parameter in Keras where its kind declares none. */
    private static final Set<String> FIRST = Set.of("inputs", "input", "x", "sequences", "sequence", "data", "images");

    private final String className;
    private final List<Parameter> parameters;
    private final Set<String> ignored;
    private final List<Integer> inputs = new ArrayList<>();
    private final Map<String, Object> named = new LinkedHashMap<>();

    Binding(String className, List<Parameter> parameters, Set<String> ignored) {
        this.className = className;
        this.parameters = parameters;
        this.ignored = ignored;
    }

    Kind.Bound bind(List<Json> args, Map<String, Json> kwargs) {
        String first = parameters.isEmpty() && args.isEmpty() ? first(kwargs) : "";
        if (!first.isEmpty()) {
            addInputs(kwargs.get(first));
        } else if (parameters.isEmpty()) {
            args.forEach(this::addInputs);
        } else if (parameters.get(0).isList()
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
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw unsupported(value, name);
            }
            named.put(name, renumbered(value));
        });
        return new Kind.Bound(inputs, isPlain() ? Arguments.PLAIN : new Arguments(Json.of(named)));
    }

    private static String first(Map<String, Json> kwargs) {
        return kwargs.keySet().stream().filter(FIRST::contains).findFirst().orElse("");
    }

    /** Gives a positional argument to the parameter at its position, or to the one that takes the rest. */
    private void give(Json value, int position) {
        int last = parameters.size() - 1;
        int rest = 0;
        while (rest < last && !parameters.get(rest).isRest()) {
            rest++;
        }
        boolean hasRest = parameters.get(rest).isRest();
        if (position > last && !hasRest) {
            throw unsupported(value, "argument " + (position + 1));
        }
        boolean tensor = Arguments.isInput(value) || position > last;
        if (!hasRest || position < rest || !tensor) {
            named.put(parameters.get(position).name(), renumbered(value));
            return;
        }
        String name = parameters.get(rest).name();
        List<Object> list = new ArrayList<>();
        if (named.get(name) instanceof List<?> before) {
            list.addAll(before);
        }
        list.add(renumbered(value));
        named.put(name, list);
    }

    /** Adds tensors, in lists or dictionaries or not, to the inputs of a layer without parameters. */
    private void addInputs(Json value) {
        if (value.isNull()) {
            return;
        }
        if (value.isList()) {
            value.items().forEach(this::addInputs);
        } else if (Arguments.isInput(value)) {
            renumbered(value);
        } else if (value.isObject() && value.find("class_name").isEmpty()) {
            value.keys().forEach(key -> value.find(key).ifPresent(this::addInputs));
        } else {
            throw unsupported(value, "an argument that is no tensor");
        }
    }

    /** An argument in which tensors are numbered in the order in which they are read. */
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

    /** Whether the parameters, in their order, get the inputs and nothing else: one each, or the first all of them in a list. */
    private boolean isPlain() {
        int next = 0;
        for (int i = 0; i < named.size(); i++) {
            Parameter parameter = parameters.get(i);
            Object value = named.get(parameter.name());
            if (parameter.form() == Parameter.Form.KEYWORD || (i > 0 && parameter.isRest())) {
                return false;
            }
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
