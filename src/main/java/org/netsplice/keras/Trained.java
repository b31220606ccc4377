package org.netsplice.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.ModelException;

/**
 * The training configuration of a model in a file.
 *
 * @param config the JSON under {@code compile_config} in files of Keras 3; empty when the model was not compiled or its words are too old
 * @param state the numbers of the optimizer in its order
 * @param missing why something of this is not kept; empty when all is
 */
record Trained(String config, List<Tensor> state, String missing) {
    static final Trained NOT = new Trained("", List.of(), "");

    /** The most numbers of an optimizer that are kept. */
    private static final long MAX_NUMBERS = 64L << 20;

    private static final String OPTIMIZER = "optimizer_config";

    boolean known() {
        return !config.isEmpty() || !missing.isEmpty();
    }

    /**
     * What an architecture says.
     *
     * @param compiled the value of {@code compile_config} or {@code training_config}
     */
    static Trained of(Optional<Json> compiled, Origin origin) {
        if (compiled.filter(Json::isObject)
                .filter(json -> !json.keys().isEmpty())
                .isEmpty()) {
            return NOT;
        }
        if (origin.old()) {
            return new Trained("", List.of(), "they are in the words of Keras " + origin.major());
        }
        return new Trained(modern(compiled.get()).toString(), List.of(), "");
    }

    /** Joins the optimizer and the rest, which HDF5 files keep apart. */
    private static Json modern(Json compiled) {
        Optional<Json> optimizer = compiled.find(OPTIMIZER);
        if (optimizer.isEmpty()) {
            return compiled;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("module", "keras.optimizers");
        object.put("class_name", optimizer.get().find("class_name").orElse(null));
        object.put("config", optimizer.get().find("config").orElse(null));
        object.put("registered_name", null);
        json.put("optimizer", object);
        compiled.keys().stream()
                .filter(key -> !key.equals(OPTIMIZER))
                .forEach(key -> json.put(key, compiled.find(key).orElse(null)));
        return Json.of(json);
    }

    /** A {@code compile_config} as HDF5 files have it. */
    static Map<String, Object> training(Json config) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String key : config.keys()) {
            Optional<Json> value = config.find(key);
            if (!key.equals("optimizer")) {
                json.put(key, value.orElse(null));
            } else if (value.isPresent() && value.get().isObject()) {
                Map<String, Object> optimizer = new LinkedHashMap<>();
                optimizer.put("class_name", value.get().find("class_name").orElse(null));
                optimizer.put("config", value.get().find("config").orElse(null));
                json.put(OPTIMIZER, optimizer);
            }
        }
        return json;
    }

    /** The same with the state of the optimizer, where the file has it. */
    Trained with(WeightSource source) {
        if (config.isEmpty()) {
            return this;
        }
        try {
            return source.optimizer(MAX_NUMBERS)
                    .map(found -> new Trained(config, found, ""))
                    .orElseGet(() -> without("there are more than " + (MAX_NUMBERS >> 20) + " million of them"));
        } catch (ModelException damaged) {
            return without("they cannot be read");
        }
    }

    private Trained without(String reason) {
        return new Trained(config, List.of(), reason);
    }

    /** The datasets as tensors; empty when they hold more than {@code most} numbers. */
    static Optional<List<Tensor>> tensors(Hdf hdf, List<String> paths, long most) {
        long numbers = 0;
        for (String path : paths) {
            numbers = Math.addExact(numbers, hdf.shape(path).elements());
            if (numbers > most) {
                return Optional.empty();
            }
        }
        return Optional.of(paths.stream().map(hdf::tensor).toList());
    }

    /** Whether paths are {@code vars/0}, {@code vars/1} and so on. */
    static boolean numbered(List<String> paths) {
        return IntStream.range(0, paths.size()).allMatch(i -> paths.get(i).equals("vars/" + i));
    }
}
