package org.netsplice.splice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Initial;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.kind.ComputedLayer;

/** Writes layers as JSON and reads them. */
final class LayerText {
    private static final int MOST_OUTPUTS = 10_000;

    private LayerText() {}

    static Map<String, Object> write(Layer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (layer instanceof InputLayer input) {
            json.put("input", spec(new TensorSpec(input.batchShape(), input.dtype())));
        } else if (layer instanceof ComputedLayer computed) {
            json.put("class", computed.kind().id());
            json.put("config", computed.kind().config(computed));
        } else if (layer instanceof Opaque opaque) {
            Map<String, Object> inside = new LinkedHashMap<>();
            inside.put("class", opaque.className());
            inside.put("object", opaque.config());
            inside.put("reason", opaque.reason());
            inside.put("outputs", opaque.known().stream().map(LayerText::spec).toList());
            inside.put("output_count", opaque.outputCount());
            inside.put("weights", opaque.kept().stream().map(LayerText::kept).toList());
            json.put("opaque", inside);
        } else {
            throw new IllegalArgumentException("a layer of an unknown type: " + layer);
        }
        return json;
    }

    static Layer read(Json json) {
        if (json.find("input").isPresent()) {
            TensorSpec spec = spec(json.get("input"));
            return new InputLayer(spec.shape(), spec.dtype());
        }
        if (json.find("opaque").isPresent()) {
            return opaque(json.get("opaque"));
        }
        Json name = json.get("class");
        return Layers.kind(name.text())
                .<Layer>map(kind -> kind.read(json.get("config")))
                .orElseThrow(() -> name.wrong("the layer " + name.text() + " is not known to this version"));
    }

    private static Opaque opaque(Json json) {
        return new Opaque(
                json.get("class").text(),
                json.get("object").detached(),
                json.get("reason").text(),
                json.get("outputs").items().stream().map(LayerText::spec).toList(),
                (int) json.get("output_count").integer(0, MOST_OUTPUTS),
                json.get("weights").items().stream().map(LayerText::kept).toList());
    }

    private static Map<String, Object> spec(TensorSpec spec) {
        return Map.of("shape", sizes(spec.shape()), "dtype", spec.dtype().text());
    }

    private static TensorSpec spec(Json json) {
        Json dtype = json.get("dtype");
        return new TensorSpec(
                shape(json.get("shape")),
                DType.named(dtype.text()).orElseThrow(() -> dtype.wrong("there is no type " + dtype.text())));
    }

    private static Map<String, Object> kept(WeightSpec spec) {
        return Map.of("name", spec.name(), "shape", sizes(spec.shape()));
    }

    private static WeightSpec kept(Json json) {
        return new WeightSpec(json.get("name").text(), shape(json.get("shape")), Initial.ZEROS, false);
    }

    static List<Object> sizes(Shape shape) {
        List<Object> sizes = new ArrayList<>();
        for (long size : shape.sizes()) {
            sizes.add(size == Shape.UNKNOWN ? null : (Object) size);
        }
        return sizes;
    }

    static Shape shape(Json json) {
        return Shape.of(json.items().stream()
                .mapToLong(size -> size.isNull() ? Shape.UNKNOWN : size.integer(0, Long.MAX_VALUE))
                .toArray());
    }
}
