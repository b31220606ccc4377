package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Shape;

/**
 * What DL4J does not store: shapes and types of inputs, names of outputs, dtype policies, and which layers share their weights. It stands
 * in an entry of its own, which DL4J passes over; a network without it opens too.
 */
final class Description {
    /** The name of the entry. */
    static final String ENTRY = "netsplice.json";

    /** The description that says nothing. */
    static final Description NOTHING = new Description(Json.of(Map.of()));

    private static final String INPUTS = "inputs";
    private static final String OUTPUTS = "outputs";
    private static final String POLICIES = "policies";
    private static final String SHARED = "shared";
    private static final String SHAPE = "shape";
    private static final String DTYPE = "dtype";

    private final Json json;

    Description(Json json) {
        this.json = json;
    }

    /** The entry for a document. */
    static Json of(Document document) {
        Graph graph = document.graph();
        Map<String, Object> inputs = new LinkedHashMap<>();
        Map<String, Object> policies = new LinkedHashMap<>();
        Map<String, Object> shared = new LinkedHashMap<>();
        for (Node node : graph.inOrder()) {
            if (node.layer() instanceof InputLayer input) {
                inputs.put(
                        node.name(),
                        Map.of(
                                SHAPE,
                                sizes(input.batchShape()),
                                DTYPE,
                                input.dtype().text()));
            } else if (!node.policy().equals(Policy.FLOAT32)) {
                policies.put(node.name(), node.policy().name());
            }
            if (graph.isShared(node.weights())) {
                shared.put(node.name(), node.weights().number());
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(INPUTS, inputs);
        all.put(OUTPUTS, graph.outputs().stream().map(graph::outputName).toList());
        all.put(POLICIES, policies);
        all.put(SHARED, shared);
        return Json.of(all);
    }

    private static List<Object> sizes(Shape shape) {
        List<Object> sizes = new ArrayList<>();
        for (long size : shape.sizes()) {
            sizes.add(size == Shape.UNKNOWN ? null : (Object) size);
        }
        return sizes;
    }

    private Optional<Json> entry(String part, String name) {
        return json.find(part).flatMap(all -> all.find(name));
    }

    /** The shape and type of an input, as far as the file tells. */
    Optional<InputLayer> input(String name) {
        return entry(INPUTS, name).map(input -> {
            long[] sizes = input.get(SHAPE).items().stream()
                    .mapToLong(size -> size.isNull() ? Shape.UNKNOWN : size.integer(0, Integer.MAX_VALUE))
                    .toArray();
            Json type = input.get(DTYPE);
            return new InputLayer(
                    Shape.of(sizes), DType.named(type.text()).orElseThrow(() -> type.wrong("is no type of numbers")));
        });
    }

    /** The name of an output. */
    Optional<String> output(int index) {
        return json.find(OUTPUTS)
                .map(Json::items)
                .filter(names -> index < names.size())
                .map(names -> names.get(index).text());
    }

    /** The dtype policy of a layer. */
    Policy policy(String name) {
        return entry(POLICIES, name).map(policy -> Policy.named(policy.text())).orElse(Policy.FLOAT32);
    }

    /** A number that all calls of one layer have; empty for a layer that is called once. */
    Optional<Long> shared(String name) {
        return entry(SHARED, name).map(Json::integer);
    }
}
