package org.netsplice.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.Kind;

/** The steps of a {@link Submodel} as JSON. */
final class SubmodelText {
    private SubmodelText() {}

    static List<Submodel.Step> steps(Json json) {
        return json.items().stream()
                .map(item -> new Submodel.Step(
                        InnerLayers.read(item.get("layer")),
                        places(item.get("inputs")),
                        item.get("path").text()))
                .toList();
    }

    static List<Submodel.Place> places(Json json) {
        return json.items().stream()
                .map(Json::items)
                .map(pair -> new Submodel.Place(Codec.within(pair.get(0), -1), Codec.within(pair.get(1), 0)))
                .toList();
    }

    static Object numbers(List<Submodel.Place> places) {
        return places.stream()
                .map(place -> List.of(place.step(), place.output()))
                .toList();
    }

    static Map<String, Object> written(Submodel.Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        Kind<?> kind = step.layer().kind();
        json.put("layer", Map.of("class_name", kind.id(), "config", kind.config(step.layer())));
        json.put("inputs", numbers(step.inputs()));
        json.put("path", step.path());
        return json;
    }
}
