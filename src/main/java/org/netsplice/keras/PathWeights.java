package org.netsplice.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.netsplice.format.StoredLayer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.Comparison;

/**
 * Weights in the layout of Keras 3: {@code layers/dense_1/vars/0}, numbered by class. Keras 2.12 to 2.15 have the same layout with
 * other names: {@code _layer_checkpoint_dependencies} for layers, parts of a layer after the variables that hold them
 * ({@code _query_dense}), and on Windows a group named {@code layers\\dense_1}.
 */
final class PathWeights implements WeightSource {
    private static final String LAYERS = "layers/";

    /** A variable's path: its layer, the part of the layer that holds it, and its number. */
    private static final Pattern STORED =
            Pattern.compile("(?<layer>.*layers/[^/]+)/(?<part>(?:[^/]+/)*)vars/(?<slot>[^/]+)");

    private final Hdf hdf;
    private final NavigableMap<String, Stored> datasets = new TreeMap<>();

    /** A dataset's place among all, and its path in the file. */
    private record Stored(int position, String path) {}

    PathWeights(Hdf hdf) {
        this.hdf = hdf;
        hdf.children("").stream()
                .filter(child -> (canonical(child) + "/").startsWith(LAYERS))
                .forEach(child -> hdf.datasets(child).values().forEach(this::put));
    }

    private void put(String path) {
        String name = canonical(path);
        if (!name.contains("/optimizer/") && !name.contains("/seed_generator/")) {
            datasets.put(name, new Stored(datasets.size(), path));
        }
    }

    /** The name Keras 3 gives to a path. */
    static String canonical(String path) {
        return Arrays.stream(path.split("[/\\\\]"))
                .map(part -> part.equals("_layer_checkpoint_dependencies") ? "layers" : part.replaceFirst("^_+", ""))
                .collect(Collectors.joining("/"));
    }

    /** The paths in the file of all datasets below a path, in the order of their numbers or names. */
    private List<String> below(String path) {
        String start = canonical(path) + "/";
        return datasets.subMap(start, canonical(path) + (char) ('/' + 1)).values().stream()
                .sorted(Comparator.comparing(Stored::position))
                .map(Stored::path)
                .toList();
    }

    /** The paths of the variables that are stored for a layer, for all its slots or some of them. */
    private List<String> below(String path, Set<Integer> slots) {
        return below(path).stream()
                .filter(dataset -> slots.contains(WeightSpec.NEXT) || slots.contains(slot(dataset)))
                .toList();
    }

    private Set<String> all() {
        Set<String> paths = new LinkedHashSet<>();
        datasets.values().stream()
                .sorted(Comparator.comparing(Stored::position))
                .forEach(one -> paths.add(one.path()));
        return paths;
    }

    /** Whether a file has this layout. */
    static boolean recognises(Hdf hdf) {
        return hdf.children("").stream().anyMatch(child -> (canonical(child) + "/").startsWith(LAYERS));
    }

    @Override
    public Map<WeightsId, Weights> read(List<Leaf> leaves, Needs needs) {
        Map<WeightsId, Weights> all = new LinkedHashMap<>();
        Set<String> unused = all();
        for (Leaf leaf : leaves) {
            List<WeightSpec> specs = needs.of(leaf);
            List<Tensor> found = tensors(leaf.path(), specs, unused);
            boolean fits = !needs.known(leaf) ? !found.isEmpty() : new Weights(found).fit(specs);
            Optional<String> other = fits ? Optional.empty() : byName(leaf);
            if (other.isPresent()) {
                found = tensors(other.get(), specs, unused);
            }
            if (!specs.isEmpty() || !found.isEmpty()) {
                all.put(leaf.id(), Pairing.check(hdf.file(), leaf.path(), leaf, specs, found));
            }
        }
        if (!unused.isEmpty() && leaves.stream().allMatch(needs::known)) {
            String first = unused.iterator().next();
            throw Pairing.different(hdf.file(), first, "holds weights of a layer that the architecture does not have");
        }
        return all;
    }

    /** All layers, by the names the file has for them, else by their paths; tensors by their parts and numbers, such as {@code cell/0}. */
    List<StoredLayer> layers() {
        Map<String, Map<String, Tensor>> layers = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (String path : all()) {
            Matcher stored = STORED.matcher(canonical(path));
            if (stored.matches()) {
                String part = stored.group("part") == null ? "" : stored.group("part");
                String layer = stored.group("layer");
                names.computeIfAbsent(
                        layer,
                        key -> hdf.text(path.replaceFirst("/[^/]*$", ""), "name")
                                .orElse(key.replaceFirst("^layers/", "").replace("/layers/", "/")));
                layers.computeIfAbsent(layer, key -> new LinkedHashMap<>())
                        .put(part + stored.group("slot"), hdf.tensor(path));
            }
        }
        return layers.entrySet().stream()
                .map(one -> new StoredLayer(names.get(one.getKey()), one.getValue()))
                .toList();
    }

    @Override
    public Optional<List<Tensor>> optimizer(long most) {
        Map<String, String> datasets = hdf.datasets("optimizer");
        return Trained.numbered(List.copyOf(datasets.keySet()))
                ? Trained.tensors(hdf, List.copyOf(datasets.values()), most)
                : Optional.of(List.of());
    }

    @Override
    public List<Shape> shapes(Leaf leaf, List<WeightSpec> specs) {
        List<Shape> shapes = new ArrayList<>();
        groups(leaf.path(), specs)
                .forEach((group, slots) -> below(group, slots).forEach(path -> shapes.add(hdf.shape(path))));
        return shapes;
    }

    private List<Tensor> tensors(String path, List<WeightSpec> specs, Set<String> unused) {
        List<Tensor> found = new ArrayList<>();
        groups(path, specs).forEach((group, slots) -> {
            below(group).forEach(unused::remove);
            below(group, slots).forEach(dataset -> found.add(hdf.tensor(dataset)));
        });
        return found;
    }

    /** The path under which the file keeps a layer of this name, for classes whose names in Python and in files differ. */
    private Optional<String> byName(Leaf leaf) {
        String around = leaf.path().substring(0, leaf.path().lastIndexOf('/'));
        return hdf.children(around).stream()
                .map(child -> around + "/" + child)
                .filter(path -> hdf.text(path + "/vars", "name")
                        .filter(leaf.name()::equals)
                        .isPresent())
                .findFirst();
    }

    @Override
    public List<Comparison.Row> compare(List<Leaf> leaves, Needs needs) {
        List<Comparison.Row> rows = new ArrayList<>();
        Set<String> unused = all();
        for (Leaf leaf : leaves) {
            List<WeightSpec> specs = needs.of(leaf);
            List<Shape> held = new ArrayList<>();
            groups(leaf.path(), specs).forEach((group, slots) -> {
                below(group).forEach(unused::remove);
                below(group, slots).forEach(dataset -> held.add(hdf.shape(dataset)));
            });
            String holds = WeightSource.shapes(held.stream());
            if (!specs.isEmpty() || !held.isEmpty()) {
                String wanted = !needs.known(leaf)
                        ? holds
                        : WeightSource.shapes(specs.stream().map(WeightSpec::shape));
                rows.add(
                        new Comparison.Row(WeightSource.title(leaf), wanted, held.isEmpty() ? "" : leaf.path(), holds));
            }
        }
        Map<String, List<Shape>> rest = new LinkedHashMap<>();
        unused.forEach(path -> rest.computeIfAbsent(path.replaceFirst("/vars/[^/]*$", ""), place -> new ArrayList<>())
                .add(hdf.shape(path)));
        rest.forEach(
                (place, shapes) -> rows.add(new Comparison.Row("", "", place, WeightSource.shapes(shapes.stream()))));
        return rows;
    }

    /** The paths of the variables of a layer, in the order in which it needs them; for an unknown layer, every path below its own. */
    private static Map<String, Set<Integer>> groups(String path, List<WeightSpec> specs) {
        Map<String, Set<Integer>> groups = new LinkedHashMap<>();
        for (WeightSpec spec : specs) {
            String group = path + (spec.part().isEmpty() ? "" : "/" + spec.part()) + "/vars";
            groups.computeIfAbsent(group, key -> new HashSet<>()).add(spec.slot());
        }
        return specs.isEmpty() ? Map.of(path, Set.of(WeightSpec.NEXT)) : groups;
    }

    private static int slot(String path) {
        String dataset = path.substring(path.lastIndexOf('/') + 1);
        return dataset.matches("\\d{1,9}") ? Integer.parseInt(dataset) : WeightSpec.NEXT;
    }
}
