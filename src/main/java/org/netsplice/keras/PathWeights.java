package org.netsplice.keras;

import java.util.ArrayList;
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
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;

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
        unused.removeIf(path -> path.contains("/optimizer/"));
        for (Leaf leaf : leaves) {
            List<WeightSpec> specs = needs.apply(leaf);
            Map<String, String> datasets =
                    hdf.datasets(specs.isEmpty() ? leaf.path() : leaf.path() + "/" + variables(leaf));
            List<Tensor> found = new ArrayList<>();
            for (String path : datasets.values()) {
                found.add(hdf.tensor(path));
                unused.remove(path);
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

    private static String variables(Leaf leaf) {
        return Layers.kind(leaf.className()).map(Kind::variables).orElse("vars");
    }
}
