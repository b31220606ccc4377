package org.netsplice.dl4j.zip;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.netsplice.config.Json;

/** The closed list of DL4J's classes that this program knows. */
final class Rules {
    private static final Map<String, Rule> ALL = all();

    /** More parameters than a file can hold; sums of as many as there may be vertices fit into 64 bits. */
    private static final long MAX_NUMBERS = 1L << 40;

    private Rules() {}

    private static Map<String, Rule> all() {
        Map<String, Rule> rules = new HashMap<>();
        DenseRules.addTo(rules);
        ConvolutionRules.addTo(rules);
        PoolingRules.addTo(rules);
        ShapeRules.addTo(rules);
        RecurrentRules.addTo(rules);
        WrapperRules.addTo(rules);
        VertexRules.addTo(rules);
        return rules;
    }

    /** The class with this name without its package. */
    static Optional<String> named(String name) {
        return ALL.keySet().stream().filter(type -> type.endsWith("." + name)).findFirst();
    }

    /** The rule for a class. */
    static Optional<Rule> of(String type) {
        return Optional.ofNullable(ALL.get(type));
    }

    /** How many parameters a vertex has; empty when that cannot be told. */
    static OptionalLong count(Configuration.Vertex vertex) {
        Rule rule = ALL.get(vertex.type());
        if (rule != null) {
            return OptionalLong.of(Math.min(MAX_NUMBERS, rule.count().applyAsLong(vertex.settings())));
        }
        if (vertex.settings().find("layerParams").isPresent()) {
            Json shapes = vertex.settings().get("layerParams");
            return OptionalLong.of(Math.min(MAX_NUMBERS, count(shapes, "weightParams") + count(shapes, "biasParams")));
        }
        return OptionalLong.empty();
    }

    /** The numbers of the tensors of a layer that DL4J computes by SameDiff, whose shapes the file names. */
    private static long count(Json shapes, String key) {
        long count = 0;
        Optional<Json> named = shapes.find(key);
        if (named.isPresent()) {
            for (String name : named.get().keys()) {
                long[] sizes = named.get().get(name).items().stream()
                        .mapToLong(size -> size.integer(0, Integer.MAX_VALUE))
                        .toArray();
                count += Math.min(org.netsplice.graph.Shape.of(sizes).elements(), MAX_NUMBERS);
            }
        }
        return count;
    }
}
