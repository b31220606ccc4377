package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;

/**
 * The architecture in {@code configuration.json}: a {@code ComputationGraph} or a {@code MultiLayerNetwork}, which is a chain.
 *
 * @param inputs the names of the inputs
 * @param vertices all others in the order in which DL4J computes them and keeps their parameters
 * @param outputs the names of the vertices whose results are predictions
 */
record Configuration(List<String> inputs, List<Vertex> vertices, List<String> outputs) {
    /** The name of the entry. */
    static final String ENTRY = "configuration.json";

    private static final String INPUT = "input";

    /**
     * A vertex.
     *
     * @param name its name
     * @param type its class: that of the layer when it holds one
     * @param settings the fields of the layer or of the vertex
     * @param read the names of the vertices it reads, in order
     * @param preprocessor what turns its input into what the layer reads
     * @param layer whether it holds a layer
     */
    record Vertex(
            String name, String type, Json settings, List<String> read, Optional<Json> preprocessor, boolean layer) {}

    /**
     * Reads an architecture.
     *
     * @throws org.netsplice.problem.ModelException.Invalid when it is none
     */
    static Configuration of(Json json) {
        if (json.find("confs").isPresent()) {
            return chain(json);
        }
        if (json.find("vertices").isPresent()) {
            return graph(json);
        }
        throw json.wrong("holds neither layers nor vertices");
    }

    private static Configuration chain(Json json) {
        List<Json> layers = json.get("confs").items();
        if (layers.isEmpty()) {
            throw json.get("confs").wrong("has no layers");
        }
        Optional<Json> preprocessors = json.find("inputPreProcessors");
        List<Vertex> vertices = new ArrayList<>();
        FreeNames names = new FreeNames();
        names.take(INPUT);
        String before = INPUT;
        for (int i = 0; i < layers.size(); i++) {
            ClassNames.Named layer = ClassNames.of(layers.get(i).get("layer"));
            String key = String.valueOf(i);
            String wanted = layer.settings().find("layerName").map(Json::text).orElse("layer" + i);
            String name = names.take(wanted);
            Optional<Json> preprocessor = preprocessors.flatMap(all -> all.find(key));
            vertices.add(new Vertex(name, layer.name(), layer.settings(), List.of(before), preprocessor, true));
            before = name;
        }
        return new Configuration(List.of(INPUT), vertices, List.of(before));
    }

    private static Configuration graph(Json json) {
        List<String> inputs = names(json.get("networkInputs"));
        Set<String> entrances = Set.copyOf(inputs);
        Json all = json.get("vertices");
        Json reads = json.get("vertexInputs");
        Map<String, Vertex> vertices = new LinkedHashMap<>();
        for (String name : all.keys()) {
            if (entrances.contains(name)) {
                throw all.get(name).wrong("has the name of an input");
            }
            vertices.put(name, vertex(name, all.get(name), names(reads.get(name))));
        }
        Map<String, List<String>> edges = new LinkedHashMap<>();
        vertices.forEach((name, vertex) -> edges.put(name, vertex.read()));
        Set<String> known = new HashSet<>(inputs);
        known.addAll(vertices.keySet());
        edges.forEach((name, read) -> read.stream()
                .filter(other -> !known.contains(other))
                .findFirst()
                .ifPresent(other -> {
                    throw reads.get(name).wrong("reads the vertex \"" + other + "\", which is not there");
                }));
        Optional<List<String>> kept = json.find("topologicalOrderStr").map(Configuration::names);
        List<String> order = kept.orElseGet(() -> VertexOrder.of(inputs, edges));
        Set<String> before = new HashSet<>();
        for (String name : order) {
            boolean input = entrances.contains(name);
            if (!known.contains(name) || !(input || before.containsAll(edges.get(name))) || !before.add(name)) {
                throw json.wrong("names the vertex \"" + name + "\" in an order in which it cannot be computed");
            }
        }
        if (before.size() != known.size()) {
            throw json.get("vertexInputs").wrong("leads in a circle");
        }
        List<String> outputs = names(json.get("networkOutputs"));
        for (String output : outputs) {
            if (!known.contains(output)) {
                throw json.get("networkOutputs").wrong("names the vertex \"" + output + "\", which is not there");
            }
        }
        List<Vertex> ordered =
                order.stream().filter(vertices::containsKey).map(vertices::get).toList();
        return new Configuration(inputs, ordered, outputs);
    }

    private static Vertex vertex(String name, Json json, List<String> read) {
        ClassNames.Named vertex = ClassNames.of(json);
        if (!vertex.name().equals("graph.LayerVertex")) {
            return new Vertex(name, vertex.name(), vertex.settings(), read, Optional.empty(), false);
        }
        ClassNames.Named layer =
                ClassNames.of(vertex.settings().get("layerConf").get("layer"));
        return new Vertex(
                name, layer.name(), layer.settings(), read, vertex.settings().find("preProcessor"), true);
    }

    private static List<String> names(Json list) {
        return list.items().stream().map(Json::text).toList();
    }

    /** The vertices that read each vertex or input, by its name. */
    Map<String, List<Vertex>> readers() {
        Map<String, List<Vertex>> readers = new HashMap<>();
        for (Vertex vertex : vertices) {
            vertex.read()
                    .forEach(name -> readers.computeIfAbsent(name, any -> new ArrayList<>())
                            .add(vertex));
        }
        return readers;
    }
}
