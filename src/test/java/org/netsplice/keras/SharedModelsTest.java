package org.netsplice.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.ModelException;

/**
 * Layers and nested models that are called any number of times read what the file says, however its Keras counted the calls: each
 * output of the graph is written as the formula it stands for, and compared with the formula the file was made of.
 */
class SharedModelsTest {
    private static final String SHAPE_2 = "batch_input_shape";

    /** How a member is written; of the Sequentials one has an input layer, one only a shape, and one had neither when it was called. */
    private enum Form {
        LAYER,
        FUNCTIONAL,
        SEQUENTIAL,
        SEQUENTIAL_WITH_SHAPE,
        SEQUENTIAL_WITHOUT
    }

    /** A tensor of the model around: output {@code port} of call {@code call} of a member, or an input when {@code call} is -1. */
    private record Value(int member, int call, int port, String formula) {}

    @Property(tries = 500)
    void callsAreCountedAsEachKerasCountsThem(@ForAll long seed, @ForAll boolean old) {
        Random random = new Random(seed);
        List<Form> forms = new ArrayList<>();
        Map<Integer, List<List<Value>>> calls = new LinkedHashMap<>();
        for (int member = 0; member <= random.nextInt(4); member++) {
            forms.add(Form.values()[random.nextInt(Form.values().length)]);
            calls.put(member, new ArrayList<>());
        }
        List<Value> values = new ArrayList<>();
        values.add(new Value(0, -1, 0, "x0"));
        values.add(new Value(1, -1, 0, "x1"));
        for (int step = 0; step <= random.nextInt(8); step++) {
            int member = random.nextInt(forms.size());
            int size = forms.get(member) == Form.FUNCTIONAL ? 2 : 1;
            List<Value> given = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                given.add(values.get(random.nextInt(values.size())));
            }
            int call = calls.get(member).size();
            calls.get(member).add(given);
            String first = "m" + member + "(" + given.get(0).formula() + ")";
            if (size == 2) {
                String second = given.get(1).formula();
                values.add(new Value(member, call, 0, "(" + first + " - " + second + ")"));
                values.add(new Value(member, call, 1, "m" + member + "(" + second + ")"));
            } else {
                values.add(new Value(member, call, 0, first));
            }
        }
        Graph graph = graph(written(forms, calls, values, old));
        assertThat(graph.outputs().stream().map(output -> formula(graph, output.port())))
                .isEqualTo(values.stream().map(Value::formula).toList());
    }

    private static Graph graph(Map<String, Object> model) {
        Json json = Json.of(model);
        return NetworkBuilder.build(ArchitectureReader.read(json, Origin.KERAS_3), json)
                .graph();
    }

    private static String formula(Graph graph, Port port) {
        Node node = graph.node(port.node());
        if (node.isInput()) {
            return node.name();
        }
        List<String> inputs =
                node.inputs().stream().map(input -> formula(graph, input)).toList();
        if (node.layer() instanceof NestedInput) {
            return inputs.get(0);
        }
        ComputedLayer layer = (ComputedLayer) node.layer();
        if (layer.className().equals("Subtract")) {
            return "(" + inputs.get(0) + " - " + inputs.get(1) + ")";
        }
        long member =
                Math.round(Json.of(layer.kind().config(layer)).get("scale").number()) - 1;
        return "m" + member + "(" + inputs.get(0) + ")";
    }

    private static Map<String, Object> written(
            List<Form> forms, Map<Integer, List<List<Value>>> calls, List<Value> values, boolean old) {
        List<Object> layers = new ArrayList<>(List.of(input("x0"), input("x1")));
        calls.forEach((member, own) -> {
            if (!own.isEmpty()) {
                List<Object> nodes = own.stream()
                        .map(given -> call(
                                given.stream()
                                        .map(value -> reference(forms, value, false, old))
                                        .toList(),
                                old))
                        .toList();
                layers.add(with(member(forms.get(member), member, old), "inbound_nodes", nodes));
            }
        });
        List<Object> outputs = values.stream()
                .<Object>map(value -> reference(forms, value, true, old))
                .toList();
        return functional("whole", layers, List.of(List.of("x0", 0, 0), List.of("x1", 0, 0)), outputs);
    }

    private static List<Object> reference(List<Form> forms, Value value, boolean output, boolean old) {
        if (value.call() < 0) {
            return List.of("x" + value.member(), 0, 0);
        }
        Form form = forms.get(value.member());
        boolean own = old ? form != Form.LAYER && form != Form.SEQUENTIAL_WITHOUT : output && form == Form.FUNCTIONAL;
        return List.of("member" + value.member(), value.call() + (own ? 1 : 0), value.port());
    }

    private static Object call(List<List<Object>> references, boolean old) {
        if (old) {
            return references.stream()
                    .map(reference -> List.of(reference.get(0), reference.get(1), reference.get(2), Map.of()))
                    .toList();
        }
        List<Object> tensors = references.stream().map(SharedModelsTest::tensor).toList();
        return Map.of("args", tensors.size() == 1 ? tensors : List.of(tensors), "kwargs", Map.of());
    }

    private static Object tensor(Object history) {
        return Map.of("class_name", "__keras_tensor__", "config", Map.of("keras_history", history));
    }

    private static Map<String, Object> member(Form form, int number, boolean old) {
        String name = "member" + number;
        Map<String, Object> scale = layer("Rescaling", form == Form.LAYER ? name : "scale", "scale", number + 1);
        return switch (form) {
            case LAYER -> scale;
            case FUNCTIONAL -> {
                List<Object> a = List.of("a", 0, 0);
                List<Object> b = List.of("b", 0, 0);
                List<Object> scaled = List.of("scale", 0, 0);
                Object subtract = with(
                        layer("Subtract", "subtract", "trainable", true),
                        "inbound_nodes",
                        List.of(call(List.of(scaled, b), old)));
                Object twice = with(scale, "inbound_nodes", List.of(call(List.of(a), old), call(List.of(b), old)));
                yield functional(
                        name,
                        List.of(input("a"), input("b"), twice, subtract),
                        List.of(a, b),
                        List.of(List.of("subtract", 0, 0), List.of("scale", 1, 0)));
            }
            case SEQUENTIAL -> sequential(name, input("x"), scale);
            case SEQUENTIAL_WITH_SHAPE -> {
                Map<String, Object> first = layer("Rescaling", "scale", "scale", number + 1);
                first.put("config", with(first.get("config"), SHAPE_2, Arrays.asList(null, 3)));
                yield sequential(name, first);
            }
            case SEQUENTIAL_WITHOUT -> {
                Map<String, Object> model = sequential(name, scale);
                model.put("config", with(model.get("config"), "build_input_shape", Arrays.asList(null, 3)));
                yield model;
            }
        };
    }

    private static Map<String, Object> input(String name) {
        return layer("InputLayer", name, "batch_shape", Arrays.asList(null, 3));
    }

    private static Map<String, Object> layer(String className, String name, String setting, Object value) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("class_name", className);
        layer.put("name", name);
        layer.put("config", with(Map.of("name", name), setting, value));
        return layer;
    }

    private static Map<String, Object> functional(String name, List<Object> layers, Object inputs, Object outputs) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", name);
        config.put("layers", layers);
        config.put("input_layers", inputs);
        config.put("output_layers", outputs);
        return new LinkedHashMap<>(Map.of("class_name", "Functional", "name", name, "config", config));
    }

    private static Map<String, Object> sequential(String name, Object... layers) {
        Map<String, Object> config = Map.of("name", name, "layers", List.of(layers));
        return new LinkedHashMap<>(Map.of("class_name", "Sequential", "name", name, "config", config));
    }

    private static Map<String, Object> with(Object fields, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>();
        ((Map<?, ?>) fields).forEach((key, field) -> more.put(String.valueOf(key), field));
        more.put(name, value);
        return more;
    }

    /** The formula of the only output of (member(…), member(…)) whose references to the calls are these. */
    private static String called(int first, int second) {
        List<Object> given = List.of("x0", 0, 0);
        Object member = with(
                member(Form.SEQUENTIAL, 0, true),
                "inbound_nodes",
                List.of(call(List.of(given), true), call(List.of(List.of("x1", 0, 0)), true)));
        Object subtract = with(
                layer("Subtract", "subtract", "trainable", true),
                "inbound_nodes",
                List.of(call(List.of(List.of("member0", first, 0), List.of("member0", second, 0)), true)));
        Graph graph = graph(functional(
                "whole",
                List.of(input("x0"), input("x1"), member, subtract),
                List.of(given, List.of("x1", 0, 0)),
                List.of(List.of("subtract", 0, 0))));
        return formula(graph, graph.outputs().get(0).port());
    }

    @Test
    void callsThatDoNotExistAreTold() {
        assertThat(called(1, 2)).isEqualTo("(m0(x0) - m0(x1))");
        assertThat(called(1, 0)).isEqualTo("(m0(x1) - m0(x0))");
        assertThatThrownBy(() -> called(1, 3))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageEndingWith("refers to call 3 of the layer \"member0\", which has 2 calls counted from 1");
        assertThatThrownBy(() -> called(2, 0))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageEndingWith("refers to call 2 of the layer \"member0\", which has 2 calls counted from 0");
    }

    /** The formula of (m0(…) - …), which a model with these inputs gives to what it is called with. */
    private static String dictionary(Object inputs, Object given) {
        Map<String, Object> inner = member(Form.FUNCTIONAL, 0, false);
        inner.put("config", with(inner.get("config"), "input_layers", inputs));
        Object called = with(inner, "inbound_nodes", List.of(Map.of("args", List.of(given), "kwargs", Map.of())));
        Graph graph = graph(functional(
                "whole",
                List.of(input("x0"), input("x1"), called),
                Map.of("right", List.of("x1", 0, 0), "left", List.of("x0", 0, 0)),
                Map.of("only", List.of("member0", 1, 0))));
        assertThat(graph.inputs().stream().map(id -> graph.node(id).name()))
                .as("inputs in the order of their keys")
                .containsExactly("x0", "x1");
        assertThat(graph.outputs().get(0).name()).isEqualTo("only");
        return formula(graph, graph.outputs().get(0).port());
    }

    @Test
    void dictionariesArePairedByKey() {
        Object x0 = tensor(List.of("x0", 0, 0));
        Object x1 = tensor(List.of("x1", 0, 0));
        List<Object> a = List.of("a", 0, 0);
        List<Object> b = List.of("b", 0, 0);
        Map<String, Object> straight = new LinkedHashMap<>();
        straight.put("k2", x1);
        straight.put("k1", x0);
        Map<String, Object> layers = new LinkedHashMap<>();
        layers.put("b", x0);
        layers.put("a", x1);
        assertThat(dictionary(Map.of("k1", a, "k2", b), straight)).isEqualTo("(m0(x0) - x1)");
        assertThat(dictionary(Map.of("k1", b, "k2", a), straight)).isEqualTo("(m0(x1) - x0)");
        assertThat(dictionary(Map.of("k2", a, "k1", b), List.of(x0, x1)))
                .as("a list is in the order of the keys")
                .isEqualTo("(m0(x1) - x0)");
        assertThat(dictionary(List.of(a, b), layers))
                .as("a model with a list of inputs takes a dictionary of their layers")
                .isEqualTo("(m0(x1) - x0)");
        assertThat(dictionary(Map.of("k", List.of(b, a)), Map.of("k", List.of(x0, x1))))
                .as("lists in dictionaries")
                .isEqualTo("(m0(x1) - x0)");
        assertThatThrownBy(() -> dictionary(List.of(a, b), List.of(x0)))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageEndingWith("the nested model has 2 inputs, but is called with 1");
    }

    /** A model around another that it calls {@code calls} times one after the other, {@code depth} times over. */
    private static Map<String, Object> around(int depth, int calls) {
        if (depth == 0) {
            return sequential("m0", input("x"), layer("Rescaling", "scale", "scale", 1));
        }
        String inner = "m" + (depth - 1);
        int first = depth == 1 ? 0 : 1;
        List<Object> nodes = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            List<Object> read = call == 0 ? List.of("x", 0, 0) : List.of(inner, call - 1, 0);
            nodes.add(call(List.of(read), false));
        }
        return functional(
                "m" + depth,
                List.of(input("x"), with(around(depth - 1, calls), "inbound_nodes", nodes)),
                List.of(List.of("x", 0, 0)),
                List.of(List.of(inner, calls - 1 + first, 0)));
    }

    @Test
    void modelsThatUnfoldToTooManyLayersAreRefusedBeforeTheyAreMade() {
        assertThat(graph(around(2, 4)).nodes()).hasSize(1 + 4 * (1 + 4 * 2));
        assertThatThrownBy(() -> graph(around(10, 6)))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageEndingWith("has 133,025,587 layers when every call of the models inside it is counted; "
                        + "at most 100,000 can be opened");
        assertThatThrownBy(() -> graph(around(40, 12)))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageContaining("has more than 10^18 layers");
    }
}
