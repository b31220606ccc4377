package org.netsplice.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Policy;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.keras.ModelConfig.Call;
import org.netsplice.keras.ModelConfig.LayerConfig;
import org.netsplice.layers.Layers;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.TensorflowCalls;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.ModelException;

/** Makes a layer from its configuration; an unknown one becomes {@link Opaque}. */
final class LayerReader {
    private LayerReader() {}

    /** A layer with the arguments of one call, and the tensors of the call that it reads, in order. */
    record Read(Layer layer, List<Integer> inputs) {}

    /**
     * Reads a layer.
     *
     * @param call the call that is meant
     * @param outputs what the file says of the outputs, where it does
     * @param count the number of outputs that others read, at least 1
     */
    static Read read(LayerConfig layer, Call call, List<TensorSpec> outputs, int count) {
        List<Integer> all = IntStream.range(0, call.inputs().size()).boxed().toList();
        Optional<String> obstacle = obstacle(layer);
        if (obstacle.isPresent()) {
            return new Read(opaque(layer, obstacle.get(), outputs, count), all);
        }
        try {
            if (TensorflowCalls.isClass(layer.className())) {
                TensorflowCalls.Translation told =
                        TensorflowCalls.translate(layer.className(), layer.config(), call.args(), call.kwargs());
                return read(told.kind(), told.config(), told.args(), told.kwargs());
            }
            Layers.Written actual = Layers.actual(id(layer), layer.config());
            Read known =
                    read(Layers.kind(actual.className()).orElseThrow(), actual.config(), call.args(), call.kwargs());
            if (isOperation(layer) && known.layer().outputCount() < count) {
                throw layer.object()
                        .unsupported("it has as many outputs as its input is long, which is supported only where its"
                                + " configuration says how many");
            }
            return known;
        } catch (ModelException.Unsupported option) {
            return new Read(opaque(layer, option.problem().what(), outputs, count), all);
        }
    }

    private static Read read(Kind<?> kind, Json config, List<Json> args, Map<String, Json> kwargs) {
        Kind.Bound bound = kind.bind(args, kwargs);
        return new Read(kind.readCalled(config, bound.call()), bound.inputs());
    }

    private static String id(LayerConfig layer) {
        return (isOperation(layer) ? "ops." : "") + layer.className();
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
        boolean known = Layers.kind("ops." + layer.className()).isPresent();
        return layer.nested().isEmpty()
                && !isInput(layer)
                && (known || Layers.kind(layer.className()).isEmpty())
                && layer.config().isObject()
                && layer.config().find("trainable").isEmpty()
                && layer.config().find("dtype").filter(Json::isObject).isEmpty()
                && (known || layer.config().find("dtype").isEmpty());
    }

    private static Optional<String> obstacle(LayerConfig layer) {
        if (TensorflowCalls.isClass(layer.className())) {
            return Optional.empty();
        }
        String registered =
                layer.object().find("registered_name").map(Json::text).orElse(layer.className());
        String module = layer.object().find("module").map(Json::text).orElse("keras");
        Optional<Kind<?>> kind = Layers.kind(id(layer)).filter(Kind::inKeras);
        if (layer.className().equals("Lambda")) {
            return Optional.of("it holds Python code, which is never run");
        }
        if (isOperation(layer)) {
            return kind.isPresent()
                    ? Optional.empty()
                    : Optional.of("the operation " + layer.className() + " is not supported");
        }
        if (registered.contains(">") || !(module.equals("keras") || module.startsWith("keras."))) {
            return Optional.of(
                    "it is a custom layer, " + (registered.contains(">") ? registered : module + "." + registered));
        }
        if (kind.isEmpty()) {
            return Optional.of("the layer " + layer.className() + " is not supported");
        }
        return Optional.empty();
    }

    static InputLayer input(Json config) {
        Json shape = config.find("batch_shape")
                .or(() -> config.find("batch_input_shape"))
                .orElseThrow(() -> config.wrong("the input layer has no shape"));
        return new InputLayer(shape(shape), dtype(config));
    }

    /** Reads a shape, which Keras 2 may wrap in an object. */
    static Shape shape(Json json) {
        Json sizes = json.isObject() ? json.get("items") : json;
        return Shape.of(sizes.items().stream().mapToLong(LayerReader::size).toArray());
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

    /** The dtype policy, written as a name or as an object; for a quantized layer, the policy it was quantized from. */
    static Policy policy(LayerConfig layer) {
        if (!layer.config().isObject()) {
            return Policy.FLOAT32;
        }
        Optional<Json> dtype = layer.config().find("dtype");
        Optional<Json> inside = dtype.filter(Json::isObject).flatMap(object -> object.find("config"));
        return inside.filter(Json::isObject)
                .flatMap(config -> config.find("source_name").or(() -> config.find("name")))
                .or(() -> dtype)
                .filter(Json::isText)
                .map(name -> Policy.named(name.text()))
                .orElse(Policy.FLOAT32);
    }

    /** What the file says of a tensor. */
    static Optional<TensorSpec> spec(Json tensor) {
        return tensor.find("shape").filter(Json::isList).map(shape -> new TensorSpec(shape(shape), dtype(tensor)));
    }
}
