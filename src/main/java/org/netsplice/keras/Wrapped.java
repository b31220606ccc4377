package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.format.Opened;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Submodel;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/** Whole models that stand inside the settings of a layer, such as the one a TimeDistributed wraps. */
final class Wrapped {
    private Wrapped() {}

    /**
     * A configuration in which each model is replaced by the list of its steps, except a model with a layer that cannot be computed. Models
     * of an older Keras become models of Keras 3.
     */
    static Json flattened(Json config, Origin origin) {
        boolean none = config.keys().stream()
                .noneMatch(key -> config.find(key).filter(Wrapped::isModel).isPresent());
        if (none) {
            return config;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        config.keys()
                .forEach(key -> changed.put(
                        key,
                        config.find(key)
                                .map(value -> isModel(value) ? flat(value, origin) : value)
                                .orElse(null)));
        return config.replaced(changed);
    }

    private static boolean isModel(Json value) {
        return value.isObject()
                && value.find("class_name").filter(Json::isText).isPresent()
                && value.find("config").isPresent()
                && ArchitectureReader.isModel(value);
    }

    private static Object flat(Json model, Origin origin) {
        try {
            return submodel(model, origin);
        } catch (ModelException.Unsupported inside) {
            return model;
        }
    }

    private static Object submodel(Json object, Origin origin) {
        ModelConfig model = ArchitectureReader.read(object, origin);
        NetworkBuilder.Built built = NetworkBuilder.build(model, object);
        for (Node node : built.graph().nodes().values()) {
            if (!node.isInput() && !(node.layer() instanceof ComputedLayer)) {
                throw new ModelException.Unsupported(Problem.error(
                        object.where(), "the layer " + node.layer().className() + " inside it is not supported", ""));
            }
        }
        if (origin.old()) {
            Kept kept = Keeping.of(model, object, built, Report.of(built.graph()), origin, Trained.NOT);
            Document document = new Opened.Network(built.graph(), built.name(), "", withoutLists(kept)).asDocument();
            return submodel(object.replaced(KerasFile.architecture(document)), Origin.KERAS_3);
        }
        Graph graph = built.graph();
        Map<WeightsId, String> paths = new HashMap<>();
        built.leaves().forEach(leaf -> paths.put(leaf.id(), leaf.path()));
        Map<NodeId, Integer> steps = new HashMap<>();
        List<Submodel.Step> all = new ArrayList<>();
        for (Node node : Topology.of(graph).order()) {
            if (node.isInput()) {
                continue;
            }
            steps.put(node.id(), all.size());
            List<Submodel.Place> inputs = node.inputs().stream()
                    .map(port -> place(port, graph, steps))
                    .toList();
            String path =
                    paths.getOrDefault(node.weights(), "layers/#" + node.id().number());
            all.add(new Submodel.Step((ComputedLayer) node.layer(), inputs, path));
        }
        List<Submodel.Place> outputs = graph.outputs().stream()
                .map(Output::port)
                .map(port -> place(port, graph, steps))
                .toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class_name", Submodel.NAME);
        json.put("config", Submodel.config(all, outputs, object.detached()));
        return json;
    }

    /**
     * The text to keep, without the lists around single inputs and outputs that an older Keras writes: with them a wrapped model of Keras 3
     * would expect its input in a list.
     */
    private static Kept withoutLists(Kept kept) {
        Map<GroupId, String> models = new HashMap<>();
        kept.models()
                .forEach((id, text) -> FileLayer.of(text).ifPresent(model -> {
                    Map<String, Object> config = new LinkedHashMap<>();
                    model.config().keys().stream()
                            .filter(key -> !key.endsWith("put_layers"))
                            .forEach(key ->
                                    config.put(key, model.config().find(key).orElse(null)));
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("class_name", model.className());
                    json.put("config", config);
                    models.put(id, Json.of(json).toString());
                }));
        return new Kept(kept.layers(), models, kept.trainings());
    }

    private static Submodel.Place place(Port port, Graph graph, Map<NodeId, Integer> steps) {
        int input = graph.inputs().indexOf(port.node());
        return input >= 0 ? new Submodel.Place(-1, input) : new Submodel.Place(steps.get(port.node()), port.index());
    }
}
