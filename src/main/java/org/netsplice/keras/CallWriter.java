package org.netsplice.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.keras.Folded.Call;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.keras.Folded.Place;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;

/** Writes the calls of layers as Keras 3 does. */
final class CallWriter {
    private CallWriter() {}

    /** A call with its arguments by position and by name. */
    static Map<String, Object> inbound(Entry entry, Call call) {
        List<Object> tensors =
                call.inputs().stream().<Object>map(CallWriter::tensor).toList();
        List<Object> args = new ArrayList<>();
        Map<String, Object> kwargs = new LinkedHashMap<>();
        arguments(entry, call, tensors, args, kwargs);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("args", args);
        json.put("kwargs", kwargs);
        return json;
    }

    /** Adds the arguments of a call, in which {@code tensors} stand for what it reads. */
    static void arguments(Entry entry, Call call, List<Object> tensors, List<Object> args, Map<String, Object> kwargs) {
        if (entry.nested().isPresent()) {
            args.add(tensors.size() == 1 ? tensors.get(0) : tensors);
        } else if (call.node().layer() instanceof ComputedLayer layer && !(layer instanceof NestedInput)) {
            arguments(layer, tensors, args, kwargs);
        }
    }

    private static void arguments(
            ComputedLayer layer, List<Object> tensors, List<Object> args, Map<String, Object> kwargs) {
        List<Parameter> parameters = layer.kind().parameters();
        Object call = layer.kind().config(layer).get(Kind.CALL);
        if (call instanceof Json named) {
            named(layer, named, tensors, args, kwargs);
        } else if (parameters.isEmpty()) {
            args.add(tensors.size() == 1 && layer.arity().least() < 2 ? tensors.get(0) : tensors);
        } else if (parameters.get(0).form() == Parameter.Form.LIST) {
            args.add(tensors);
        } else if (parameters.get(0).form() == Parameter.Form.REST) {
            args.addAll(tensors);
        } else {
            args.add(tensors.get(0));
            for (int i = 1; i < tensors.size(); i++) {
                Parameter parameter = parameters.get(Math.min(i, parameters.size() - 1));
                if (i == 1 && parameter.form() == Parameter.Form.REST) {
                    kwargs.put(parameter.name(), listed(layer, tensors.subList(1, tensors.size())));
                    break;
                }
                args.add(tensors.get(i));
            }
        }
    }

    /** Call arguments as Keras writes them: by position up to the first that is missing; masks, states and flags by name. */
    private static void named(
            ComputedLayer layer, Json call, List<Object> tensors, List<Object> args, Map<String, Object> kwargs) {
        Map<String, Object> given = new LinkedHashMap<>();
        call.keys().forEach(key -> given.put(key, filled(call.find(key).orElse(Json.of(null)), tensors)));
        for (Parameter parameter : layer.kind().parameters()) {
            String name = parameter.name();
            boolean rest = parameter.form() == Parameter.Form.REST;
            if (rest
                    && given.get(name) instanceof List<?> several
                    && several.stream().noneMatch(List.class::isInstance)) {
                given.put(name, listed(layer, List.copyOf(several)));
            }
            boolean byName = !args.isEmpty() && (rest || parameter.form() == Parameter.Form.KEYWORD);
            if (byName || !given.containsKey(name)) {
                break;
            }
            Object value = given.remove(name);
            if (rest && value instanceof List<?> several) {
                args.addAll(several);
            } else {
                args.add(value);
            }
        }
        kwargs.putAll(given);
    }

    /** Tensors in the lists in which Keras takes them. */
    private static List<Object> listed(ComputedLayer layer, List<Object> tensors) {
        List<Object> lists = new ArrayList<>();
        int from = 0;
        for (int length : layer.lists()) {
            int to = Math.min(from + length, tensors.size());
            lists.add(tensors.subList(from, to));
            from = to;
        }
        return lists.isEmpty() || from < tensors.size() ? tensors : lists;
    }

    private static Object filled(Json value, List<Object> tensors) {
        if (Arguments.isInput(value)) {
            return tensors.get(Arguments.index(value));
        }
        if (value.isList()) {
            return value.items().stream()
                    .map(item -> item.isNull() ? null : filled(item, tensors))
                    .toList();
        }
        if (value.isObject()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            value.keys()
                    .forEach(key -> fields.put(
                            key,
                            value.find(key).map(item -> filled(item, tensors)).orElse(null)));
            return fields;
        }
        return value;
    }

    private static Map<String, Object> tensor(Place place) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("shape", ArchitectureWriter.sizes(place.spec().shape()));
        config.put("dtype", place.spec().dtype().text());
        config.put("keras_history", List.of(place.layer().name(), place.call(), place.tensor()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class_name", "__keras_tensor__");
        json.put("config", config);
        return json;
    }
}
