package org.netsplice.keras;

import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Opaque;
import org.netsplice.problem.ModelException;

/** Makes a layer of its configuration; what is not known becomes an {@link Opaque} one. */
final class LayerReader {
    private LayerReader() {}

    /**
     * Reads a layer.
     *
     * @param outputs what the file says of the outputs, where it does
     * @param count how many outputs others read, at least 1
     */
    static Layer read(LayerConfig layer, List<TensorSpec> outputs, int count) {
        if (isInput(layer)) {
            return input(layer.config());
        }
        Optional<String> obstacle = obstacle(layer);
        if (obstacle.isPresent()) {
            return opaque(layer, obstacle.get(), outputs, count);
        }
        try {
            return Layers.kind(layer.className()).orElseThrow().readWhole(layer.config());
        } catch (ModelException.Unsupported option) {
            return opaque(layer, option.problem().what(), outputs, count);
        }
    }

    private static Opaque opaque(LayerConfig layer, String reason, List<TensorSpec> outputs, int count) {
        return new Opaque(layer.className(), layer.object().detached(), reason, outputs, count, List.of());
    }

    static boolean isInput(LayerConfig layer) {
        return layer.className().equals("InputLayer");
    }

    /** Whether an entry is an operation of {@code keras.ops}, which has no weights and does not count as a layer. */
    static boolean isOperation(LayerConfig layer) {
        Optional<Json> module = layer.object().find("module");
        if (module.isPresent()) {
            return module.get().text().startsWith("keras.src.ops");
        }
        return layer.nested().isEmpty()
                && !isInput(layer)
                && layer.config().isObject()
                && layer.config().find("trainable").isEmpty()
                && layer.config().find("dtype").isEmpty();
    }

    private static Optional<String> obstacle(LayerConfig layer) {
        String registered =
                layer.object().find("registered_name").map(Json::text).orElse(layer.className());
        String module = layer.object().find("module").map(Json::text).orElse("keras");
        Optional<Kind<?>> kind = Layers.kind(layer.className()).filter(Kind::inKeras);
        if (layer.className().equals("Lambda")) {
            return Optional.of("it holds Python code, which is never run");
        }
        if (isOperation(layer)) {
            return Optional.of("operations of keras.ops are not supported");
        }
        if (registered.contains(">") || !(module.equals("keras") || module.startsWith("keras."))) {
            return Optional.of(
                    "it is a custom layer, " + (registered.contains(">") ? registered : module + "." + registered));
        }
        if (kind.isEmpty()) {
            return Optional.of("the layer " + layer.className() + " is not supported");
        }
        List<String> extras = layer.calls().stream()
                .flatMap(call -> call.extras().stream())
                .distinct()
                .toList();
        return extras.isEmpty() ? Optional.empty() : Optional.of("its call uses " + String.join(", ", extras));
    }

    private static InputLayer input(Json config) {
        Json shape = config.find("batch_shape")
                .or(() -> config.find("batch_input_shape"))
                .orElseThrow(() -> config.wrong("the input layer has no shape"));
        return new InputLayer(shape(shape), dtype(config));
    }

    static Shape shape(Json json) {
        return Shape.of(json.items().stream().mapToLong(LayerReader::size).toArray());
    }

    private static long size(Json json) {
        if (json.isNull()) {
            return Shape.UNKNOWN;
        }
        long size = json.integer();
        if (size < 0) {
            throw json.wrong("expected a size, received " + size);
        }
        return size;
    }

    static DType dtype(Json config) {
        String name = config.find("dtype").filter(Json::isText).map(Json::text).orElse("float32");
        return DType.named(name).orElse(DType.FLOAT32);
    }

    /** What the file says of a tensor. */
    static Optional<TensorSpec> spec(Json tensor) {
        return tensor.find("shape").filter(Json::isList).map(shape -> new TensorSpec(shape(shape), dtype(tensor)));
    }
}
