package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.keras.Folded.Call;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.keras.Folded.Place;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;

/**
 * Python code for Keras 3 that builds a model: a function for each model, a line for each layer and call. It knows no kind of layer; class,
 * settings and calls are those of a written file.
 */
final class PythonCode {
    private static final String INDENT = "    ";

    private final List<String> functions = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Set.of("build"));
    private boolean operations;
    private boolean arrays;

    private PythonCode() {}

    /**
     * A script whose function {@code build} makes the model and {@code load} reads its weights.
     *
     * @param outputs the names of outputs, empty when they have none of their own
     * @param weights the name of the file of weights that lies beside the script
     * @throws PythonText.Unnamed when something in the model has no form
     */
    static String of(Folded model, List<String> outputs, String weights) {
        PythonCode code = new PythonCode();
        code.function("build", model, outputs, false);
        StringBuilder text = new StringBuilder("# Written by NetSplice for Keras 3.\nimport os\n\n");
        text.append("import keras\n").append(code.arrays ? "import numpy as np\n" : "");
        text.append("from keras import layers\n");
        if (code.operations) {
            text.append("\n\ndef operation(kind, of, **config):\n")
                    .append("    \"\"\"An operation of keras.ops by the name of its class.\"\"\"\n")
                    .append("    return keras.saving.deserialize_keras_object(\n")
                    .append(
                            "        {\"module\": kind, \"class_name\": of, \"config\": config, \"registered_name\": of}\n")
                    .append("    )\n");
        }
        code.functions.forEach(one -> text.append("\n\n").append(one));
        text.append("\n\ndef load():\n")
                .append("    \"\"\"The model with its weights, which lie beside this file.\"\"\"\n")
                .append("    model = build()\n")
                .append("    here = os.path.dirname(os.path.abspath(__file__))\n")
                .append("    model.load_weights(os.path.join(here, ")
                .append(PythonText.text(weights))
                .append("))\n    return model\n\n\n")
                .append("if __name__ == \"__main__\":\n    load().summary()\n");
        return text.toString();
    }

    /** Adds a function that makes a model; {@code frozen} when a model around it is not trainable. */
    private void function(String function, Folded model, List<String> outputs, boolean frozen) {
        Body body = new Body(model, frozen);
        String made = model.sequential() ? body.sequential() : body.functional(outputs);
        functions.add("def " + function + "():\n" + body.lines + INDENT + "return " + made + "\n");
    }

    private String unused(String name, Set<String> taken) {
        String free = name;
        for (int i = 1; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** The lines of one function. */
    private final class Body {
        private final Folded model;
        private final boolean trainable;
        private final boolean frozen;
        private final StringBuilder lines = new StringBuilder();
        private final Set<String> variables = new HashSet<>();
        private final Map<Entry, List<String>> results = new HashMap<>();
        private final Map<Entry, String> shared = new HashMap<>();
        private final Map<Entry, String> built = new HashMap<>();

        Body(Folded model, boolean frozen) {
            this.model = model;
            this.trainable = ArchitectureWriter.trainable(model, frozen);
            this.frozen = frozen || !trainable;
        }

        String sequential() {
            List<String> parts = new ArrayList<>();
            boolean input = model.layers().stream().anyMatch(Entry::isInput);
            if (!input) {
                parts.add(input(model.inputs().get(0).spec(), Map.of()));
            }
            for (Entry entry : model.layers()) {
                parts.add(entry.isInput() ? input(entry.input(), config(entry)) : made(entry));
            }
            return parts.stream()
                            .map(part -> INDENT.repeat(3) + part + ",\n")
                            .collect(Collectors.joining("", "keras.Sequential(\n" + INDENT.repeat(2) + "[\n", ""))
                    + INDENT.repeat(2) + "],\n" + INDENT.repeat(2) + "name=" + PythonText.text(model.name()) + ",\n"
                    + (trainable ? "" : INDENT.repeat(2) + "trainable=False,\n") + INDENT + ")";
        }

        String functional(List<String> names) {
            for (Entry entry : model.layers()) {
                if (entry.isInput()) {
                    String variable = unused(PythonText.variable(entry.name()), variables);
                    results.put(entry, List.of(variable));
                    line(variable + " = " + input(entry.input(), config(entry)));
                }
            }
            called();
            List<String> inputs = model.inputs().stream().map(this::read).toList();
            List<String> outputs = model.outputs().stream().map(this::read).toList();
            String given = outputs.size() == 1 ? outputs.get(0) : "[" + String.join(", ", outputs) + "]";
            if (!names.isEmpty()) {
                Map<String, Object> named = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    named.put(names.get(i), new PythonText.Code(outputs.get(i)));
                }
                given = PythonText.value(named);
            }
            return "keras.Model(\n" + INDENT.repeat(2) + "inputs="
                    + (inputs.size() == 1 ? inputs.get(0) : "[" + String.join(", ", inputs) + "]") + ",\n"
                    + INDENT.repeat(2) + "outputs=" + given + ",\n" + INDENT.repeat(2) + "name="
                    + PythonText.text(model.name()) + ",\n"
                    + (trainable ? "" : INDENT.repeat(2) + "trainable=False,\n") + INDENT + ")";
        }

        /** Adds the calls, each after those it reads. */
        private void called() {
            Map<Entry, Integer> done = new HashMap<>();
            boolean more = true;
            while (more) {
                more = false;
                for (Entry entry : model.layers()) {
                    int at = done.getOrDefault(entry, 0);
                    while (at < entry.calls().size() && ready(entry.calls().get(at))) {
                        call(entry, at++);
                        done.put(entry, at);
                        more = true;
                    }
                }
            }
        }

        private boolean ready(Call call) {
            return call.inputs().stream()
                    .allMatch(place ->
                            results.getOrDefault(place.layer(), List.of()).size() > place.call());
        }

        private void call(Entry entry, int number) {
            String variable = PythonText.variable(entry.name());
            String layer = made(entry);
            List<String> before = new ArrayList<>(results.getOrDefault(entry, List.of()));
            if (entry.calls().size() > 1) {
                String own = variable + "_shared";
                if (number == 0) {
                    own = unused(own, variables);
                    shared.put(entry, own);
                    line(own + " = " + layer);
                }
                layer = shared.get(entry);
            }
            String result = unused(variable, variables);
            line(result + " = " + layer + "("
                    + String.join(", ", arguments(entry, entry.calls().get(number))) + ")");
            before.add(result);
            results.put(entry, before);
        }

        private List<String> arguments(Entry entry, Call call) {
            List<Object> tensors = call.inputs().stream()
                    .<Object>map(place -> new PythonText.Code(read(place)))
                    .toList();
            List<Object> args = new ArrayList<>();
            Map<String, Object> kwargs = new LinkedHashMap<>();
            CallWriter.arguments(entry, call, tensors, args, kwargs);
            List<String> texts = new ArrayList<>();
            args.forEach(value -> texts.add(noted(PythonText.value(value))));
            kwargs.forEach((name, value) -> {
                if (!PythonText.parameter(name)) {
                    throw new PythonText.Unnamed("an argument " + name);
                }
                texts.add(name + "=" + noted(PythonText.value(value)));
            });
            return texts;
        }

        private String read(Place place) {
            String result = results.get(place.layer()).get(place.call());
            boolean several = place.layer()
                    .nested()
                    .map(inner -> inner.outputs().size() > 1)
                    .orElseGet(() -> !place.layer().isInput()
                            && place.layer().first().layer().outputCount() > 1);
            return several ? result + "[" + place.tensor() + "]" : result;
        }

        /** An expression that makes a layer or a nested model. */
        private String made(Entry entry) {
            if (entry.nested().isPresent()) {
                return built.computeIfAbsent(entry, any -> {
                    String function = unused("build_" + PythonText.variable(entry.name()), names);
                    function(function, entry.nested().get(), List.of(), frozen);
                    return function + "()";
                });
            }
            Kind<?> kind = ((ComputedLayer) entry.first().layer()).kind();
            Map<String, Object> config = config(entry);
            if (kind.isOperation()
                    || !Layers.kind(kind.className()).filter(kind::equals).isPresent()
                    || !kind.module().equals("keras.layers")) {
                operations = true;
                List<String> words =
                        new ArrayList<>(List.of(PythonText.text(kind.module()), PythonText.text(kind.className())));
                words.addAll(PythonText.arguments(config, value -> true));
                return noted("operation(" + String.join(", ", words) + ")");
            }
            return noted(PythonText.layer(kind, config));
        }

        private Map<String, Object> config(Entry entry) {
            return ArchitectureWriter.config(entry, frozen);
        }

        private String noted(String text) {
            arrays |= text.contains("np.array(");
            return text;
        }

        private void line(String text) {
            lines.append(INDENT).append(text).append('\n');
        }
    }

    private static String input(TensorSpec spec, Map<String, Object> config) {
        Object shape = config.getOrDefault("batch_shape", sizes(spec.shape()));
        Object dtype = config.getOrDefault("dtype", spec.dtype().text());
        List<String> words = new ArrayList<>();
        words.add("batch_shape=" + PythonText.tuple(Json.of(shape).items()));
        words.add("dtype=" + PythonText.value(dtype));
        for (String flag : List.of("sparse", "optional")) {
            if (PythonText.value(config.get(flag)).equals("True")) {
                words.add(flag + "=True");
            }
        }
        if (config.get("name") != null) {
            words.add("name=" + PythonText.value(config.get("name")));
        }
        return "keras.Input(" + String.join(", ", words) + ")";
    }

    private static List<Object> sizes(Shape shape) {
        List<Object> sizes = new ArrayList<>();
        for (long size : shape.sizes()) {
            sizes.add(size == Shape.UNKNOWN ? Json.of(null) : (Object) size);
        }
        return sizes;
    }
}
