package org.netsplice.splice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightsId;

/** Writes and reads, as JSON, the parts of the original files that a document's graph does not hold. The states of optimizers are among the tensors. */
final class KeptText {
    private static final String KEY = "kept";

    private KeptText() {}

    static void write(Document document, Map<String, Object> into) {
        Kept kept = document.kept().in(document.graph());
        if (kept.equals(Kept.NOTHING)) {
            return;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        List<Object> layers = new ArrayList<>();
        new TreeMap<>(kept.layers()).forEach((id, said) -> layers.add(List.of(id.number(), said.name(), said.text())));
        json.put("layers", layers);
        List<Object> models = new ArrayList<>();
        new TreeMap<>(kept.models()).forEach((id, text) -> models.add(List.of(id.number(), text)));
        json.put("models", models);
        List<Object> trainings = new ArrayList<>();
        new TreeMap<>(kept.trainings()).forEach((id, training) -> trainings.add(training(id, training)));
        json.put("trainings", trainings);
        into.put(KEY, json);
    }

    private static Map<String, Object> training(GroupId id, Kept.Training training) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", id.number());
        json.put("config", training.config());
        json.put("outputs", training.outputs());
        json.put("layers", training.layers().stream().map(WeightsId::number).toList());
        json.put("state", training.state().size());
        json.put("missing", training.missing());
        return json;
    }

    /** The states of optimizers by their keys. */
    static Map<String, Tensor> tensors(Document document) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        new TreeMap<>(document.kept().in(document.graph()).trainings()).forEach((id, training) -> {
            for (int i = 0; i < training.state().size(); i++) {
                tensors.put(key(id, i), training.state().get(i));
            }
        });
        return tensors;
    }

    private static String key(GroupId network, int index) {
        return "optimizer/" + network.number() + "/" + index;
    }

    static Kept read(Json document, Map<String, Tensor> tensors) {
        if (document.find(KEY).isEmpty()) {
            return Kept.NOTHING;
        }
        Json json = document.get(KEY);
        Map<WeightsId, Kept.Said> layers = new TreeMap<>();
        for (Json item : json.get("layers").items()) {
            List<Json> parts = parts(item, 3);
            layers.put(
                    new WeightsId(parts.get(0).integer()),
                    new Kept.Said(parts.get(1).text(), parts.get(2).text()));
        }
        Map<GroupId, String> models = new TreeMap<>();
        for (Json item : json.get("models").items()) {
            List<Json> parts = parts(item, 2);
            models.put(new GroupId(parts.get(0).integer()), parts.get(1).text());
        }
        Map<GroupId, Kept.Training> trainings = new TreeMap<>();
        for (Json item : json.get("trainings").items()) {
            GroupId network = new GroupId(item.get("network").integer());
            trainings.put(network, training(item, network, tensors));
        }
        return new Kept(layers, models, trainings);
    }

    private static List<Json> parts(Json item, int count) {
        if (item.items().size() != count) {
            throw item.wrong("expected a list of " + count);
        }
        return item.items();
    }

    private static Kept.Training training(Json item, GroupId network, Map<String, Tensor> tensors) {
        List<Tensor> state = new ArrayList<>();
        long count = item.get("state").integer();
        for (int i = 0; i < count; i++) {
            Tensor tensor = tensors.get(key(network, i));
            if (tensor == null) {
                throw item.get("state").wrong("the tensor " + key(network, i) + " is missing");
            }
            state.add(tensor);
        }
        return new Kept.Training(
                item.get("config").text(),
                item.get("outputs").items().stream().map(Json::text).toList(),
                item.get("layers").items().stream()
                        .map(layer -> new WeightsId(layer.integer()))
                        .toList(),
                state,
                item.get("missing").text());
    }
}
