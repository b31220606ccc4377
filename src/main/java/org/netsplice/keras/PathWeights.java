package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.Comparison;

/** Weights in the layout of Keras 3: {@code layers/dense_1/vars/0}, numbered by class. */
final class PathWeights implements WeightSource {
    private final Hdf hdf;

    PathWeights(Hdf hdf) {
        this.hdf = hdf;
    }

    /** Whether a file has this layout. */
    static boolean recognises(Hdf hdf) {
        return hdf.has("layers");
    }

    @Override
    public Map<WeightsId, Weights> read(List<Leaf> leaves, Function<Leaf, List<WeightSpec>> needs) {
        Map<WeightsId, Weights> all = new LinkedHashMap<>();
        Set<String> unused = new LinkedHashSet<>(hdf.datasets("layers").values());
        unused.removeIf(path -> path.contains("/optimizer/") || path.contains("/seed_generator/"));
        for (Leaf leaf : leaves) {
            List<WeightSpec> specs = needs.apply(leaf);
            List<Tensor> found = tensors(leaf.path(), specs, unused);
            boolean fits = leaf.opaque() ? !found.isEmpty() : new Weights(found).fit(specs);
            Optional<String> other = fits ? Optional.empty() : byName(leaf);
            if (other.isPresent()) {
                found = tensors(other.get(), specs, unused);
            }
            if (!specs.isEmpty() || !found.isEmpty()) {
                all.put(leaf.id(), Pairing.check(hdf.file(), leaf.path(), leaf, specs, found));
            }
        }
        if (!unused.isEmpty() && leaves.stream().noneMatch(Leaf::opaque)) {
            String first = unused.iterator().next();
            throw Pairing.different(hdf.file(), first, "holds weights of a layer that the architecture does not have");
        }
        return all;
    }

    @Override
    public Optional<List<Tensor>> optimizer(long most) {
        Map<String, String> datasets = hdf.datasets("optimizer");
        return Trained.numbered(List.copyOf(datasets.keySet()))
                ? Trained.tensors(hdf, List.copyOf(datasets.values()), most)
                : Optional.of(List.of());
    }

    private List<Tensor> tensors(String path, List<WeightSpec> specs, Set<String> unused) {
        List<Tensor> found = new ArrayList<>();
        groups(path, specs).forEach((group, slots) -> {
            Map<String, String> datasets = hdf.datasets(group);
            unused.removeAll(datasets.values());
            boolean every = slots.contains(WeightSpec.NEXT);
            datasets.entrySet().stream()
                    .filter(dataset -> every || slots.contains(slot(dataset.getKey())))
                    .forEach(dataset -> found.add(hdf.tensor(dataset.getValue())));
        });
        return found;
    }

    /** Where the file says a layer of this name is, for classes whose names in Python and in files differ. */
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
    public List<Comparison.Row> compare(List<Leaf> leaves, Function<Leaf, List<WeightSpec>> needs) {
        List<Comparison.Row> rows = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>(hdf.datasets("layers").values());
        unused.removeIf(path -> path.contains("/optimizer/") || path.contains("/seed_generator/"));
        for (Leaf leaf : leaves) {
            List<WeightSpec> specs = needs.apply(leaf);
            List<Shape> held = new ArrayList<>();
            groups(leaf.path(), specs)
                    .forEach((group, slots) -> hdf.datasets(group).forEach((name, path) -> {
                        unused.remove(path);
                        if (slots.contains(WeightSpec.NEXT) || slots.contains(slot(name))) {
                            held.add(hdf.shape(path));
                        }
                    }));
            String holds = WeightSource.shapes(held.stream());
            if (!specs.isEmpty() || !held.isEmpty()) {
                String wanted = leaf.opaque()
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

    /** Where the variables of a layer are, in the order of what it needs, and which of them; of an unknown layer everything below it. */
    private static Map<String, Set<Integer>> groups(String path, List<WeightSpec> specs) {
        Map<String, Set<Integer>> groups = new LinkedHashMap<>();
        for (WeightSpec spec : specs) {
            String group = path + (spec.part().isEmpty() ? "" : "/" + spec.part()) + "/vars";
            groups.computeIfAbsent(group, key -> new HashSet<>()).add(spec.slot());
        }
        return specs.isEmpty() ? Map.of(path, Set.of(WeightSpec.NEXT)) : groups;
    }

    private static int slot(String dataset) {
        return dataset.matches("\\d{1,9}") ? Integer.parseInt(dataset) : WeightSpec.NEXT;
    }
}
