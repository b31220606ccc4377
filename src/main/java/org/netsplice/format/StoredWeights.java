package org.netsplice.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.container.Safetensors;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * The weights in a file, layer by layer, from which single layers of any network may take theirs.
 *
 * @param file the name of the file, for messages
 * @param layers the layers that have weights, in the order of the file
 */
public record StoredWeights(String file, List<StoredLayer> layers) {
    /** Messages name at most so many layers of a file. */
    private static final int MAX_NAMED = 8;

    public StoredWeights {
        layers = List.copyOf(layers);
    }

    /** The endings of files of arrays, without the dot. */
    public static List<String> extensions() {
        return List.of("safetensors", "npz", "npy");
    }

    /** Whether a file holds arrays and no model: {@code .npy}, {@code .npz} or {@code .safetensors}. */
    static boolean areArrays(Head head) {
        return Npy.recognises(head.bytes()) || isNpz(head) || Safetensors.recognises(head.bytes());
    }

    private static boolean isNpz(Head head) {
        return head.isZip()
                && !head.entries().isEmpty()
                && head.entries().stream().allMatch(entry -> entry.endsWith(".npy"));
    }

    /** Reads a file of arrays; {@code dense/kernel} and {@code dense.weight} belong to a layer {@code dense}. */
    static StoredWeights ofArrays(Head head) {
        Path path = head.path();
        if (Npy.recognises(head.bytes())) {
            return new StoredWeights(head.file(), List.of(new StoredLayer("", Map.of("", Npy.read(path)))));
        }
        boolean npz = isNpz(head);
        Map<String, Map<String, Tensor>> layers = new LinkedHashMap<>();
        (npz ? Npz.read(path) : Safetensors.read(path)).forEach((key, tensor) -> {
            int end = npz || key.contains("/") ? key.indexOf('/') : key.lastIndexOf('.');
            layers.computeIfAbsent(key.substring(0, Math.max(0, end)), name -> new LinkedHashMap<>())
                    .put(key.substring(end + 1), tensor);
        });
        List<StoredLayer> all = new ArrayList<>();
        layers.forEach((name, tensors) -> all.add(new StoredLayer(name, tensors)));
        return new StoredWeights(head.file(), all);
    }

    /** The layers whose weights fit, one of the given name first. */
    public List<StoredLayer> fitting(String name, List<WeightSpec> specs) {
        List<StoredLayer> fitting = new ArrayList<>(
                layers.stream().filter(layer -> layer.fit(specs).isPresent()).toList());
        fitting.sort((one, two) ->
                Boolean.compare(two.name().equals(name), one.name().equals(name)));
        return fitting;
    }

    /**
     * The weights for a layer: those of the layer of its name, else of the only one that fits.
     *
     * @throws ModelException.Invalid when none fits, or several do and none has the name
     */
    public Weights choose(String name, List<WeightSpec> specs) {
        List<StoredLayer> fitting = fitting(name, specs);
        if (fitting.isEmpty()) {
            throw none(name, specs);
        }
        if (fitting.size() > 1 && !fitting.get(0).name().equals(name)) {
            throw refused(
                    "holds weights of " + fitting.size() + " layers that fit " + name + ": "
                            + listed(fitting.stream().map(StoredLayer::name).toList()),
                    "Give the layer the name of one of them.");
        }
        return fitting.get(0).fit(specs).orElseThrow();
    }

    /** Says that no layer fits, what is needed, and what there is: the layer of the name if there is one. */
    public ModelException.Invalid none(String name, List<WeightSpec> specs) {
        List<String> needed =
                specs.stream().map(spec -> spec.title() + " " + spec.shape()).toList();
        List<String> there =
                layers.stream()
                        .filter(layer -> layer.name().equals(name))
                        .findFirst()
                        .map(List::of)
                        .orElse(layers)
                        .stream()
                        .map(layer -> (layer.name() + ": " + layer.described()).replaceFirst("^: ", ""))
                        .toList();
        return refused(
                "has no weights that fit " + name + ", which needs " + String.join(", ", needed),
                there.isEmpty() ? "It has no weights at all." : "It has " + listed(there) + ".");
    }

    private static String listed(List<String> all) {
        List<String> first = all.subList(0, Math.min(MAX_NAMED, all.size()));
        return String.join("; ", first) + (all.size() > MAX_NAMED ? "; and " + (all.size() - MAX_NAMED) + " more" : "");
    }

    private ModelException.Invalid refused(String what, String remedy) {
        return new ModelException.Invalid(Problem.error(new Where.InFile(file, ""), what, remedy));
    }
}
