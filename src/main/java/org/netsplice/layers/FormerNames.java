package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Origin;

/** What Keras 1 and 2 called settings and values; source: the legacy interfaces of Keras 2. */
final class FormerNames {
    private record Former(String now, String... before) {}

    private static final List<Former> SETTINGS = List.of(
            new Former("units", "output_dim"),
            new Former("use_bias", "bias"),
            new Former("filters", "nb_filter"),
            new Former("kernel_size", "filter_length"),
            new Former("kernel_size", "nb_row", "nb_col"),
            new Former("kernel_size", "kernel_dim1", "kernel_dim2", "kernel_dim3"),
            new Former("strides", "subsample"),
            new Former("strides", "subsample_length"),
            new Former("strides", "stride"),
            new Former("dilation_rate", "atrous_rate"),
            new Former("pool_size", "pool_length"),
            new Former("size", "length"),
            new Former("padding", "border_mode"),
            new Former("data_format", "dim_ordering"),
            new Former("rate", "p"),
            new Former("stddev", "sigma"),
            new Former("recurrent_activation", "inner_activation"),
            new Former("negative_slope", "alpha"),
            new Former("threshold", "theta"));

    private static final Map<String, String> VALUES =
            Map.of("th", "channels_first", "tf", "channels_last", HardSigmoid.PRESENT, HardSigmoid.FORMER);
    private static final List<String> VALUED = List.of("data_format", "activation", "recurrent_activation");

    private static final String MERGE = "Merge";

    private FormerNames() {}

    /** The class and configuration that Keras 3 would write for a layer, including the layers inside it. */
    static Layers.Written modern(String className, Json config, Origin origin) {
        if (className.equals(MERGE)) {
            return merging(config);
        }
        Json modern = Layers.kind(className)
                .filter(kind -> origin.old())
                .map(kind -> modern(kind, className, config, origin))
                .orElse(config);
        return new Layers.Written(className, modern);
    }

    /** Keras 1 had one class for all merge layers; its mode may be a Python function, as in a Lambda layer. */
    private static Layers.Written merging(Json config) {
        String mode = config.find("mode_type").map(Json::text).orElse("raw").equals("raw")
                ? config.get("mode").text()
                : "";
        Map<String, Object> modern = new LinkedHashMap<>();
        config.find("name").ifPresent(name -> modern.put("name", name));
        modern.put("trainable", config.find("trainable").map(Json::flag).orElse(true));
        config.find("concat_axis").ifPresent(axis -> modern.put("axis", axis));
        config.find("dot_axes").ifPresent(axes -> modern.put("axes", axes));
        modern.put("normalize", mode.equals("cos"));
        return Layers.ALL.stream()
                .filter(kind -> kind.history().hasMergeMode(mode))
                .findFirst()
                .map(kind -> {
                    kind.history().defaults().forEach(modern::putIfAbsent);
                    return new Layers.Written(kind.className(), config.replaced(modern));
                })
                .orElse(new Layers.Written(mode.isEmpty() ? "Lambda" : MERGE, config));
    }

    private static Json modern(Kind<?> kind, String className, Json config, Origin origin) {
        Map<String, Object> modern = new LinkedHashMap<>(kind.history().defaults());
        modern.putAll(kind.history().impliedBy(className));
        config.keys()
                .forEach(key -> modern.put(
                        key,
                        config.find(key).map(value -> inside(value, origin)).orElse(null)));
        for (Former former : SETTINGS) {
            boolean apt = kind.setting(former.now()).isPresent()
                    && kind.setting(former.before()[0]).isEmpty();
            if (apt && !modern.containsKey(former.now())) {
                renamed(config, former).ifPresent(value -> modern.put(former.now(), value));
            }
        }
        for (String name : VALUED) {
            if (modern.get(name) instanceof Json value && value.isText()) {
                modern.put(name, VALUES.getOrDefault(value.text(), value.text()));
            }
        }
        return config.replaced(modern);
    }

    private static Optional<Object> renamed(Json config, Former former) {
        List<Object> values = new ArrayList<>();
        for (String name : former.before()) {
            config.find(name).ifPresent(values::add);
        }
        if (values.size() != former.before().length) {
            return Optional.empty();
        }
        return Optional.of(values.size() == 1 ? values.get(0) : values);
    }

    private static Object inside(Json value, Origin origin) {
        if (value.isList()) {
            return value.items().stream().map(item -> inside(item, origin)).toList();
        }
        if (isArray(value)) {
            return value.get("value");
        }
        boolean layer = value.isObject()
                && value.find("class_name").filter(Json::isText).isPresent()
                && value.find("config").filter(Json::isObject).isPresent();
        if (!layer) {
            return value;
        }
        Layers.Written modern = modern(value.get("class_name").text(), value.get("config"), origin);
        Map<String, Object> changed = new LinkedHashMap<>();
        value.keys().forEach(key -> value.find(key).ifPresent(part -> changed.put(key, part)));
        changed.put("class_name", modern.className());
        changed.put("config", modern.config());
        return value.replaced(changed);
    }

    /** Whether a value is a NumPy array, which Keras 1 and 2 wrote as an object with its type and its values. */
    private static boolean isArray(Json value) {
        return value.isObject()
                && value.find("type")
                        .filter(type -> type.isText() && type.text().equals("ndarray"))
                        .isPresent()
                && value.find("value").isPresent();
    }
}
