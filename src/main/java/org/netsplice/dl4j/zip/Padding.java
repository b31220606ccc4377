package org.netsplice.dl4j.zip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.layers.CommonKinds;

/** DL4J's convolution modes. */
final class Padding {
    private static final String MODE = "convolutionMode";

    private Padding() {}

    /** Whether as much is padded as Keras' {@code same} does. */
    static boolean same(Site site) {
        return site.word(MODE, "TRUNCATE").equals("SAME");
    }

    /** Whether only what comes before is padded. */
    static boolean causal(Site site) {
        return site.word(MODE, "TRUNCATE").equals("CAUSAL");
    }

    /** As many cells on both sides of every direction, as settings have them. */
    static Object pairs(List<Integer> sizes) {
        List<List<Integer>> pairs =
                sizes.stream().map(size -> List.of(size, size)).toList();
        return pairs.size() == 1 ? pairs.get(0) : pairs;
    }

    /** Adds a layer that puts zeros around data. */
    static Value zeros(Site site, String suffix, Value value, int directions, List<Integer> sizes) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("padding", pairs(sizes));
        settings.put("data_format", value.layout().format());
        return site.beside(suffix, CommonKinds.zeroPadding(directions), settings, value.layout(), value);
    }
}
