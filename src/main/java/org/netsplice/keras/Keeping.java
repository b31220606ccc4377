package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.WeightsId;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Submodel;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Origin;

/**
 * Gathers the parts of an architecture that the graph does not hold: initializers, constraints and dtypes of layers, the form of calls,
 * classes and names of nested models. Text of an older Keras is gathered as Keras 3 would write it.
 */
final class Keeping {
    private final NetworkBuilder.Built built;
    private final Report report;
    private final Origin origin;
    private final Map<WeightsId, Node> first = new HashMap<>();
    private final Map<WeightsId, Kept.Said> layers = new HashMap<>();
    private final List<WeightsId> trained = new ArrayList<>();

    private Keeping(NetworkBuilder.Built built, Report report, Origin origin) {
        this.built = built;
        this.report = report;
        this.origin = origin;
        built.graph().nodes().values().forEach(node -> first.putIfAbsent(node.weights(), node));
    }

    /** Gathers from {@code object}, the JSON from which {@code model} was read. */
    static Kept of(
            ModelConfig model, Json object, NetworkBuilder.Built built, Report report, Origin origin, Trained how) {
        Keeping keeping = new Keeping(built, report, origin);
        keeping.walk(model);
        Map<GroupId, String> models = new HashMap<>();
        built.models().forEach((id, nested) -> models.put(id, withoutLayers(nested)));
        models.put(Kept.NETWORK, withoutLayers(object));
        Graph graph = built.graph();
        List<String> outputs = graph.outputs().stream().map(graph::outputName).toList();
        Map<GroupId, Kept.Training> trainings = !how.known()
                ? Map.of()
                : Map.of(
                        Kept.NETWORK,
                        new Kept.Training(how.config(), outputs, keeping.trained, how.state(), how.missing()));
        return new Kept(keeping.layers, models, trainings);
    }

    private void walk(ModelConfig model) {
        for (LayerConfig layer : model.layers()) {
            if (layer.nested().isPresent()) {
                walk(layer.nested().get());
                continue;
            }
            Node node = first.get(built.objects().get(layer.object()));
            if (node != null && node.layer().obstacle().isEmpty() && !layers.containsKey(node.weights())) {
                keep(layer, node);
            }
        }
    }

    private void keep(LayerConfig layer, Node node) {
        boolean old = origin.old();
        if (!old || !layer.config().toString().contains('"' + Submodel.NAME + '"')) {
            layers.put(node.weights(), new Kept.Said(node.name(), (old ? modern(layer) : layer.object()).toString()));
        }
        NodeId id = node.id();
        if (node.trainable() && report.weights(id).stream().anyMatch(WeightSpec::trainable)) {
            trained.add(node.weights());
        }
    }

    /** A layer of an older Keras without its calls, and without the settings its kind knows, because Keras 3 writes both differently. */
    private static Json modern(LayerConfig layer) {
        Optional<Kind<?>> kind = Layers.kind(layer.className());
        Map<String, Object> config = new LinkedHashMap<>();
        layer.config().keys().stream()
                .filter(key -> kind.flatMap(one -> one.setting(key)).isEmpty())
                .forEach(key -> config.put(key, layer.config().find(key).orElse(null)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class_name", kind.map(Kind::className).orElse(layer.className()));
        json.put("config", config);
        return Json.of(json);
    }

    private static String withoutLayers(Json model) {
        Map<String, Object> json = new LinkedHashMap<>();
        model.keys().forEach(key -> json.put(key, model.find(key).orElse(null)));
        json.remove("keras_version");
        json.remove("backend");
        Json config = model.get("config");
        Map<String, Object> own = new LinkedHashMap<>();
        if (config.isObject()) {
            config.keys().forEach(key -> own.put(key, config.find(key).orElse(null)));
        }
        own.remove("layers");
        json.put("config", own);
        return Json.of(json).toString();
    }
}
