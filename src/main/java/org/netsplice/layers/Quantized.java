package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Tape;

/**
 * A layer whose kernel is stored as 8-bit whole numbers, after {@code model.quantize("int8")} of Keras 3.3 and later. Unless only the weights
 * are quantized, each input is rounded too, to 127 steps on both sides of 0 along the axes that are summed. Source:
 * {@code keras.quantizers.abs_max_quantize}.
 *
 * @param inputs whether inputs are rounded
 */
public record Quantized(ComputedLayer layer, boolean inputs) implements ComputedLayer {
    static final Kind<Quantized> KIND = Kind.of(
                    "Quantized",
                    Quantized.class,
                    Kind.Family.INTERNAL,
                    "A layer with a kernel of whole numbers and their scales.",
                    new Kind.Example("layer={\"class_name\": \"Dense\", \"config\": {\"units\": 3}}", "(None, 4)"))
            .settings(
                    InnerLayers.layer("layer", Dense.KIND.standard(), "The layer.", Quantized::quantizable),
                    Setting.flag("inputs", true, "Whether inputs are rounded too."))
            .parameters(Parameter.value("inputs"))
            .requires("layer")
            .notInKeras()
            .build();

    private static final String MODE = "mode";
    private static final float LARGEST_STEP = 127;
    private static final float EPSILON = 1e-7f;

    private static ComputedLayer quantizable(ComputedLayer layer, Json json) {
        if (!(layer instanceof Quantizable)) {
            throw json.unsupported("the weights of " + layer.className() + " are quantized");
        }
        return layer;
    }

    /**
     * Returns a layer as it is written or, when its dtype policy says that it is quantized, as a layer of this kind.
     *
     * @throws org.netsplice.problem.ModelException.Unsupported when it is quantized to anything but 8-bit whole numbers
     */
    static Layers.Written written(Layers.Written layer) {
        Optional<String> mode =
                layer.config().isObject() ? layer.config().find("dtype").flatMap(Quantized::mode) : Optional.empty();
        if (mode.isEmpty()) {
            return layer;
        }
        if (!mode.get().equals("int8")) {
            throw layer.config().unsupported("its weights are quantized (" + mode.get() + ")");
        }
        Map<String, Object> own = new LinkedHashMap<>();
        layer.config().keys().stream()
                .filter(key -> !key.equals("dtype"))
                .forEach(key -> own.put(key, layer.config().find(key).orElse(null)));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("layer", Map.of("class_name", layer.className(), "config", own));
        config.put("inputs", rounding(layer.config()));
        return new Layers.Written(KIND.className(), layer.config().replaced(config));
    }

    /** How a dtype policy quantizes; Keras 3.3 wrote {@code int8_from_float32}. */
    private static Optional<String> mode(Json dtype) {
        if (dtype.isText()) {
            int from = dtype.text().indexOf("_from_");
            return from < 0 ? Optional.empty() : Optional.of(dtype.text().substring(0, from));
        }
        Optional<Json> policy = dtype.isObject() ? dtype.find("config").filter(Json::isObject) : Optional.empty();
        if (policy.isPresent() && policy.get().find("policy_map").isPresent()) {
            Json parts = policy.get().get("policy_map");
            return parts.isObject()
                    ? parts.keys().stream()
                            .flatMap(key -> parts.find(key).flatMap(Quantized::mode).stream())
                            .map(mode -> mode + " inside")
                            .findFirst()
                    : Optional.empty();
        }
        return policy.flatMap(one -> one.find(MODE)
                        .or(() -> one.find("name"))
                        .filter(Json::isText)
                        .map(text -> policy.get().find(MODE).isPresent()
                                ? text.text()
                                : mode(text).orElse("")))
                .filter(text -> !text.isEmpty());
    }

    /** Whether inputs are rounded: by default, and unless a configuration says that only weights are. */
    private static boolean rounding(Json config) {
        Optional<Json> all = config.find("quantization_config").flatMap(json -> json.find("config"));
        if (all.isEmpty()) {
            return true;
        }
        Optional<Json> quantizer = all.get().find("activation_quantizer");
        Optional<Json> range = quantizer.flatMap(json -> json.find("config")).flatMap(json -> json.find("value_range"));
        if (range.isPresent() && !range.get().toString().equals("[-127,127]")) {
            throw range.get().unsupported("its inputs are rounded to the range " + range.get());
        }
        return quantizer.isPresent();
    }

    private Quantizable quantized() {
        return (Quantizable) layer;
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return layer.arity();
    }

    @Override
    public MaskRule masks() {
        return layer.masks();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return layer.outputs(inputs);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>(layer.weights(inputs));
        WeightSpec whole = specs.get(0);
        specs.set(0, new WeightSpec(whole.name(), whole.shape(), whole.initial(), false));
        specs.add(quantized().scales(inputs));
        return specs;
    }

    @Override
    public List<Array> forward(List<Array> given, List<Array> weights) {
        int last = weights.size() - 1;
        List<Array> restored = new ArrayList<>(weights.subList(0, last));
        restored.set(0, quantized().restored(weights.get(0), weights.get(last)));
        Array x = given.get(0);
        int[] axes = quantized().summed(Shape.of(x.sizes()));
        return layer.forward(List.of(inputs && axes.length > 0 ? rounded(x, axes) : x), restored);
    }

    /** Rounds to 127 steps up to the largest magnitude along axes; in single precision like Keras, so that ties are rounded alike. */
    static Array rounded(Array x, int... axes) {
        Array largest = Reducing.over(x.map(Math::abs), true, Reducing.MAXIMUM, axes);
        Array rounded = Broadcasting.map(x, largest, (value, most) -> {
            float scale = LARGEST_STEP / ((float) most + EPSILON);
            float steps = (float) Math.rint((float) value * scale);
            return Math.min(Math.max(steps, -LARGEST_STEP), LARGEST_STEP) / scale;
        });
        return Tape.obstacle("rounding", rounded, x);
    }

    @Override
    public String activationText() {
        return layer.activationText();
    }

    @Override
    public String unwritable() {
        return "its weights are quantized to int8, which this program computes with and does not write";
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return layer.flops(inputs, outputs);
    }
}
