package org.netsplice.keras;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.format.StoredLayer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.Comparison;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Weights in the layout of Keras 1 and 2, which Keras 3 uses for {@code .h5} too: one group for each layer of the whole model,
 * whose attribute {@code weight_names} lists its datasets.
 */
final class NamedWeights implements WeightSource {
    /** Compares shapes as a set, because the weights of a nested model are stored in another order than its layers need them. */
    private static final Comparator<Shape> SIZES = Comparator.comparing(Shape::toString);

    /** The group with the numbers of the optimizer. */
    static final String OPTIMIZER = "optimizer_weights";

    private final Hdf hdf;
    private final String base;
    private final Origin origin;

    /**
     * The weights in a group of a file.
     *
     * @param base the group, or an empty text for the whole file
     * @param origin who wrote the architecture; the file itself is asked first
     */
    NamedWeights(Hdf hdf, String base, Origin origin) {
        this.hdf = hdf;
        this.base = base;
        this.origin = hdf.text(base, "keras_version")
                .map(version -> Origin.of(version, hdf.text(base, "backend").orElse("")))
                .orElse(origin);
    }

    /** Whether a group of a file has this layout. */
    static boolean recognises(Hdf hdf, String base) {
        return hdf.texts(base, "layer_names").isPresent();
    }

    /** A dataset by the name in the list. */
    private record Entry(String name, Tensor tensor) {
        /** Whether its name shows that it belongs to a layer of a nested model. */
        boolean isOf(Leaf leaf) {
            return ("/" + name).contains("/" + leaf.name() + "/");
        }
    }

    @Override
    public Map<WeightsId, Weights> read(List<Leaf> leaves, Needs needs) {
        Map<String, List<Leaf>> byTop = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            byTop.computeIfAbsent(leaf.names().get(0), name -> new ArrayList<>())
                    .add(leaf);
        }
        List<String> stored = hdf.texts(base, "layer_names").orElse(List.of()).stream()
                .filter(name -> !names(name).isEmpty())
                .toList();
        List<String> wanted = byTop.entrySet().stream()
                .filter(top ->
                        top.getValue().stream().anyMatch(leaf -> !needs.of(leaf).isEmpty()))
                .map(Map.Entry::getKey)
                .toList();
        boolean byName = stored.containsAll(wanted);
        if (stored.size() != wanted.size() && !(byName && byTop.keySet().containsAll(stored))) {
            throw Pairing.different(hdf.file(), base, mismatch(wanted, stored));
        }
        Map<WeightsId, Weights> all = new LinkedHashMap<>();
        for (int i = 0; i < stored.size(); i++) {
            String top = byName || byTop.containsKey(stored.get(i)) ? stored.get(i) : wanted.get(i);
            if (!byTop.containsKey(top)) {
                throw Pairing.different(hdf.file(), base, mismatch(wanted, stored));
            }
            all.putAll(assign(stored.get(i), byTop.get(top), needs));
        }
        return all;
    }

    /** All layers, by the names of the groups; a tensor by the last part of its name where that tells it from others. */
    List<StoredLayer> layers() {
        List<StoredLayer> layers = new ArrayList<>();
        for (String layer : hdf.texts(base, "layer_names").orElse(List.of())) {
            List<String> names = names(layer);
            List<String> titles = names.stream()
                    .map(name -> name.replaceFirst("^.*/", "").replaceFirst(":\\d+$", ""))
                    .toList();
            boolean distinct = titles.stream().distinct().count() == titles.size();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                tensors.put(distinct ? titles.get(i) : names.get(i), hdf.tensor(path(layer) + "/" + names.get(i)));
            }
            if (!tensors.isEmpty()) {
                layers.add(new StoredLayer(layer, tensors));
            }
        }
        return layers;
    }

    @Override
    public Optional<List<Tensor>> optimizer(long most) {
        List<String> paths = hdf.texts(OPTIMIZER, "weight_names").orElse(List.of()).stream()
                .map(name -> OPTIMIZER + "/" + name)
                .toList();
        return Trained.tensors(hdf, paths, most);
    }

    @Override
    public List<Comparison.Row> compare(List<Leaf> leaves, Needs needs) {
        Map<String, List<Leaf>> byTop = new LinkedHashMap<>();
        leaves.forEach(leaf -> byTop.computeIfAbsent(leaf.names().get(0), name -> new ArrayList<>())
                .add(leaf));
        byTop.values()
                .removeIf(group -> group.stream()
                        .allMatch(leaf -> needs.known(leaf) && needs.of(leaf).isEmpty()));
        List<String> stored = new ArrayList<>(hdf.texts(base, "layer_names").orElse(List.of()).stream()
                .filter(name -> !names(name).isEmpty())
                .toList());
        boolean byName = stored.containsAll(byTop.keySet());
        List<Comparison.Row> rows = new ArrayList<>();
        byTop.forEach((top, group) -> {
            String place = byName ? top : stored.isEmpty() ? "" : stored.get(0);
            stored.remove(place);
            List<Tensor> tensors = names(place).stream()
                    .map(name -> hdf.tensor(path(place) + "/" + name))
                    .toList();
            if (group.size() == 1) {
                tensors = group.get(0).modern(tensors, origin);
            }
            boolean nested = group.size() > 1;
            String holds = shapes(tensors.stream().map(Tensor::shape), nested);
            String wanted = shapes(
                    group.stream().flatMap(leaf -> needs.of(leaf).stream()).map(WeightSpec::shape), nested);
            String title = nested ? top + " (model)" : WeightSource.title(group.get(0));
            boolean unknown = !group.stream().allMatch(needs::known);
            rows.add(new Comparison.Row(title, unknown ? holds : wanted, place, holds));
        });
        for (String name : stored) {
            List<Shape> shapes = names(name).stream()
                    .map(one -> hdf.shape(path(name) + "/" + one))
                    .toList();
            rows.add(new Comparison.Row("", "", name, WeightSource.shapes(shapes.stream())));
        }
        return rows;
    }

    @Override
    public List<Shape> shapes(Leaf leaf, List<WeightSpec> specs) {
        String top = leaf.names().get(0);
        List<Entry> entries = entries(top);
        if (leaf.names().size() == 1) {
            List<Tensor> stored = entries.stream().map(Entry::tensor).toList();
            return leaf.modern(stored, writer(entries)).stream()
                    .map(Tensor::shape)
                    .toList();
        }
        return entries.stream()
                .filter(entry -> entry.isOf(leaf))
                .map(entry -> entry.tensor().shape())
                .toList();
    }

    private List<Entry> entries(String layer) {
        return names(layer).stream()
                .map(name -> new Entry(name, hdf.tensor(path(layer) + "/" + name)))
                .toList();
    }

    private static String shapes(Stream<Shape> shapes, boolean sorted) {
        return WeightSource.shapes(sorted ? shapes.sorted(SIZES) : shapes);
    }

    private static String mismatch(List<String> wanted, List<String> stored) {
        String first = "";
        for (int i = 0; i < Math.max(wanted.size(), stored.size()) && first.isEmpty(); i++) {
            String expected = i < wanted.size() ? wanted.get(i) : "nothing";
            String found = i < stored.size() ? stored.get(i) : "nothing";
            first = expected.equals(found)
                    ? ""
                    : "; the first difference is layer " + (i + 1) + ": expected \"" + expected + "\", found \"" + found
                            + "\"";
        }
        return "the architecture has " + wanted.size() + " layers with weights, the file " + stored.size() + first;
    }

    private List<String> names(String layer) {
        if (layer.isEmpty()) {
            return List.of();
        }
        return hdf.texts(path(layer), "weight_names").orElse(List.of());
    }

    private String path(String layer) {
        return base.isEmpty() ? layer : base + "/" + layer;
    }

    private Map<WeightsId, Weights> assign(String layer, List<Leaf> leaves, Needs needs) {
        List<Entry> entries = entries(layer);
        if (entries.stream().anyMatch(entry -> entry.name().contains("/lora_"))) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(hdf.file(), path(layer)),
                    "the layer \"" + layer
                            + "\" has adapters (LoRA) beside its weights, which are not read from .h5 files",
                    "Save the model as .keras in Keras, which adds them to the weights."));
        }
        if (leaves.size() == 1) {
            List<Tensor> stored = entries.stream().map(Entry::tensor).toList();
            List<Entry> modern = leaves.get(0).modern(stored, writer(entries)).stream()
                    .map(tensor -> new Entry("", tensor))
                    .toList();
            return byPosition(layer, leaves, needs, modern);
        }
        Map<WeightsId, Weights> found =
                byName(leaves, needs, entries).orElseGet(() -> byPosition(layer, leaves, needs, entries));
        Map<WeightsId, Weights> modern = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            Weights own = found.get(leaf.id());
            if (own != null) {
                modern.put(leaf.id(), new Weights(leaf.modern(own.tensors(), writer(entries))));
            }
        }
        return modern;
    }

    /** Whether Keras 1 ran on Theano, which the file does not state but the names of weights show: they lack an output number. */
    private Origin writer(List<Entry> entries) {
        boolean theano = origin.first()
                && entries.stream().noneMatch(entry -> entry.name().matches(".*:\\d+"));
        return new Origin(origin.major(), origin.theano() || theano);
    }

    /** Finds weights by {@code layer/variable}, if each exists exactly once; an unknown layer gets all weights under its name. */
    private static Optional<Map<WeightsId, Weights>> byName(List<Leaf> leaves, Needs needs, List<Entry> entries) {
        Map<WeightsId, Weights> found = new LinkedHashMap<>();
        int used = 0;
        for (Leaf leaf : leaves) {
            List<Tensor> tensors = new ArrayList<>();
            if (!needs.known(leaf)) {
                entries.stream().filter(entry -> entry.isOf(leaf)).forEach(entry -> tensors.add(entry.tensor()));
            }
            for (WeightSpec spec : needs.of(leaf)) {
                String wanted = leaf.name() + "/" + spec.name();
                List<Tensor> matching = entries.stream()
                        .filter(entry -> ends(entry.name().replaceFirst(":\\d+$", ""), wanted))
                        .map(Entry::tensor)
                        .filter(tensor -> tensor.shape().equals(spec.shape()))
                        .toList();
                if (matching.size() != 1) {
                    return Optional.empty();
                }
                tensors.add(matching.get(0));
            }
            used += tensors.size();
            if (!tensors.isEmpty()) {
                found.put(leaf.id(), new Weights(tensors));
            }
        }
        return used == entries.size() ? Optional.of(found) : Optional.empty();
    }

    private static boolean ends(String name, String wanted) {
        return name.equals(wanted) || name.endsWith("/" + wanted);
    }

    /** Finds weights by position: trainable tensors of all layers first, then the others, as Keras lists them. */
    private Map<WeightsId, Weights> byPosition(String layer, List<Leaf> leaves, Needs needs, List<Entry> entries) {
        record Slot(Leaf leaf, int index, boolean trainable) {}
        List<Slot> slots = new ArrayList<>();
        for (Leaf leaf : leaves) {
            List<WeightSpec> specs = needs.of(leaf);
            int count = specs.isEmpty() && leaves.size() == 1 ? entries.size() : specs.size();
            for (int i = 0; i < count; i++) {
                slots.add(new Slot(leaf, i, specs.isEmpty() || (specs.get(i).trainable() && leaf.trainable())));
            }
        }
        if (slots.size() != entries.size()) {
            throw Pairing.different(
                    hdf.file(),
                    path(layer),
                    "the layer \"" + layer + "\" needs " + slots.size() + " weights, but the file holds "
                            + entries.size());
        }
        slots.sort(Comparator.comparing((Slot slot) -> !slot.trainable()));
        Map<Leaf, Tensor[]> found = new LinkedHashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            Leaf leaf = slots.get(i).leaf();
            int count = (int)
                    slots.stream().filter(slot -> slot.leaf().equals(leaf)).count();
            found.computeIfAbsent(leaf, key -> new Tensor[count])[slots.get(i).index()] =
                    entries.get(i).tensor();
        }
        Map<WeightsId, Weights> all = new LinkedHashMap<>();
        found.forEach((leaf, tensors) ->
                all.put(leaf.id(), Pairing.check(hdf.file(), path(layer), leaf, needs.of(leaf), List.of(tensors))));
        return all;
    }
}
