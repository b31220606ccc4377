package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;

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
            List<Tensor> found = new ArrayList<>();
            groups(leaf, specs).forEach((group, slots) -> {
                Map<String, String> datasets = hdf.datasets(group);
                unused.removeAll(datasets.values());
                boolean every = slots.contains(WeightSpec.NEXT);
                datasets.entrySet().stream()
                        .filter(dataset -> every || slots.contains(slot(dataset.getKey())))
                        .forEach(dataset -> found.add(hdf.tensor(dataset.getValue())));
            });
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

    /** Where the variables of a layer are, in the order of what it needs, and which of them; of an unknown layer everything below it. */
    private static Map<String, Set<Integer>> groups(Leaf leaf, List<WeightSpec> specs) {
        Map<String, Set<Integer>> groups = new LinkedHashMap<>();
        for (WeightSpec spec : specs) {
            String group = leaf.path() + (spec.part().isEmpty() ? "" : "/" + spec.part()) + "/vars";
            groups.computeIfAbsent(group, key -> new HashSet<>()).add(spec.slot());
        }
        return specs.isEmpty() ? Map.of(leaf.path(), Set.of(WeightSpec.NEXT)) : groups;
    }

    private static int slot(String dataset) {
        return dataset.matches("\\d{1,9}") ? Integer.parseInt(dataset) : WeightSpec.NEXT;
    }
}
