package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.OnnxActivations;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Array;
import org.netsplice.ops.Bend;

/**
 * A function applied to a layer's result: one of Keras' named functions, or a layer without weights used as one.
 *
 * @param name the name in {@code keras.activations}, or the class name of the layer
 * @param layer the layer, when it is one
 */
public record Activation(String name, Optional<ComputedLayer> layer) {
    /** No activation. */
    public static final Activation LINEAR = new Activation("linear", Optional.empty());

    /** The function with this name; one of {@link #names}. */
    public static Activation named(String name) {
        return new Activation(name, Optional.empty());
    }

    /** Names of TensorFlow's functions, where files hold those instead of Keras'. */
    private static final Map<String, String> ALSO = Map.of(
            "softmax_v2", "softmax",
            "log_softmax_v2", "log_softmax",
            "identity", "linear",
            "exp", "exponential");

    /** Whether it takes every number alone, so that it may be applied to several results at once. */
    boolean isElementwise() {
        return layer.isEmpty() && !Activations.REDUCING.contains(name);
    }

    /** Whether values in another order give the same results in that order: only {@code glu} and some layers tell values by their place. */
    boolean keepsOrder() {
        return layer.isEmpty() && !name.equals("glu");
    }

    /** Every name Keras 3 knows. */
    public static List<String> names() {
        return Activations.names();
    }

    /** Reads and writes activations: a name, or a layer used as one. */
    static final Codec<Activation> CODEC =
            new Codec<>("the name of an activation", names(), Activation::read, Activation::write);

    /** A setting that is an activation, by default none. */
    static Setting<Activation> setting(String name, String help) {
        return new Setting<>(name, LINEAR, help, CODEC);
    }

    private static Activation read(Json json) {
        if (json.isText()) {
            return function(json, json.text());
        }
        String type = json.get("class_name").text();
        Json config = json.get("config");
        if (type.equals("function")) {
            return function(json, config.text());
        }
        ComputedLayer layer = Layers.kind(type)
                .map(kind -> kind.read(config))
                .orElseThrow(() -> json.unsupported("the activation \"" + type + "\" is not known"));
        if (!layer.weights(List.of(TensorSpec.of(Shape.of(Shape.UNKNOWN, 2)))).isEmpty()) {
            throw json.unsupported("the activation \"" + type + "\" has weights of its own, which is not supported");
        }
        return new Activation(type, Optional.of(layer));
    }

    private static Activation function(Json json, String name) {
        if (name.isEmpty()) {
            return LINEAR;
        }
        String known = ALSO.getOrDefault(name, name);
        if (!names().contains(known)) {
            throw json.unsupported("the activation \"" + name + "\" is not known");
        }
        return named(known);
    }

    Object write() {
        if (layer.isEmpty()) {
            return name;
        }
        return Map.of(
                "module",
                "keras.layers",
                "class_name",
                name,
                "config",
                layer.get().kind().config(layer.get()));
    }

    /** Applies the function. */
    public Array apply(Array x) {
        return layer.isPresent() ? layer.get().forward(List.of(x), List.of()).get(0) : Activations.apply(name, x);
    }

    /** The function with its derivatives; it acts number by number, as {@link #isElementwise} tells. */
    Bend bend() {
        return layer.isPresent() ? this::apply : Bend.named(name);
    }

    /** Writes nodes of ONNX that apply the function. */
    OnnxValue write(OnnxBuilder onnx, OnnxValue x) {
        return layer.isPresent()
                ? layer.get().write(onnx, List.of(x), List.of(), List.of()).get(0)
                : OnnxActivations.apply(onnx, name, x);
    }

    /** The shape of the result; only {@code glu} changes it. */
    Shape shape(Shape shape) {
        return name.equals("glu") ? Shapes.halvedLast(shape) : shape;
    }

    /** The name. */
    String text() {
        return name;
    }
}
