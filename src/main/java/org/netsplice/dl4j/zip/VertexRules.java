package org.netsplice.dl4j.zip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.layers.CommonKinds;
import org.netsplice.layers.kind.Kind;

/** Vertices that hold no layer. */
final class VertexRules {
    private static final Map<String, Kind<?>> ELEMENTWISE = Map.of(
            "ADD",
            CommonKinds.ADD,
            "SUBTRACT",
            CommonKinds.SUBTRACT,
            "PRODUCT",
            CommonKinds.MULTIPLY,
            "AVERAGE",
            CommonKinds.AVERAGE,
            "MAX",
            CommonKinds.MAXIMUM);

    private VertexRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("graph.MergeVertex", Rule.plain(settings -> Wanted.SAME, VertexRules::merged));
        rules.put("graph.ElementWiseVertex", Rule.plain(VertexRules::elementWise));
        rules.put("graph.SubsetVertex", Rule.plain(settings -> Wanted.NOTHING, VertexRules::subset));
        rules.put(
                "graph.ScaleVertex",
                Rule.plain(site -> site.main(
                        CommonKinds.RESCALING,
                        Map.of("scale", site.number("scaleFactor", 1)),
                        site.value().layout(),
                        List.of())));
        rules.put(
                "graph.ShiftVertex",
                Rule.plain(site -> site.main(
                        CommonKinds.RESCALING,
                        Map.of("scale", 1, "offset", site.number("shiftFactor", 0)),
                        site.value().layout(),
                        List.of())));
        rules.put("graph.L2NormalizeVertex", Rule.plain(VertexRules::length));
        rules.put("graph.ReshapeVertex", Rule.plain(settings -> Wanted.NOTHING, VertexRules::reshaped));
        rules.put(
                "graph.PoolHelperVertex",
                Rule.plain(settings -> Wanted.passing(Layout.IMAGE_FIRST), VertexRules::helped));
        rules.put(
                "graph.rnn.LastTimeStepVertex",
                Rule.plain(settings -> Wanted.passing(Layout.SEQUENCE_FIRST), VertexRules::last));
        rules.put(
                "graph.rnn.ReverseTimeSeriesVertex",
                Rule.plain(settings -> Wanted.passing(Layout.SEQUENCE_FIRST), VertexRules::reversed));
        rules.put(
                "graph.PreprocessorVertex",
                Rule.plain(
                        settings -> Preprocessors.wants(settings.get("preProcessor")),
                        site -> Preprocessors.draw(site, site.settings().get("preProcessor"), site.name())));
        rules.put(
                "graph.FrozenVertex",
                new Rule(
                        settings -> inside(rules, settings)
                                .count()
                                .applyAsLong(inner(settings).settings()),
                        settings -> inside(rules, settings)
                                .wants()
                                .apply(inner(settings).settings()),
                        site -> inside(rules, site.settings())
                                .draw()
                                .apply(site.with(inner(site.settings()).settings(), false))));
        keptTo(rules);
    }

    /** Vertices that are only drawn and kept. */
    private static void keptTo(Map<String, Rule> rules) {
        rules.put("graph.StackVertex", Rule.kept("it joins rows of several inputs"));
        rules.put("graph.UnstackVertex", Rule.kept("it takes rows apart"));
        rules.put("graph.L2Vertex", Rule.kept("distances have no counterpart here"));
        rules.put(
                "graph.rnn.DuplicateToTimeSeriesVertex",
                Rule.kept("as many steps as another input has have no counterpart here"));
    }

    private static ClassNames.Named inner(Json settings) {
        return ClassNames.of(settings.get("underlying"));
    }

    private static Rule inside(Map<String, Rule> rules, Json settings) {
        return Optional.ofNullable(rules.get(inner(settings).name()))
                .orElseThrow(() -> settings.unsupported("the vertex inside is none this program knows"));
    }

    private static void requireAlike(Site site) {
        Layout layout = site.value().layout();
        if (site.read().stream().anyMatch(value -> value.layout() != layout)) {
            throw site.settings().unsupported("it joins data whose axes mean different things");
        }
    }

    private static Value merged(Site site) {
        requireAlike(site);
        Layout layout = site.value().layout();
        int named = (int) site.settings()
                .find("mergeAxis")
                .map(axis -> axis.integer(-5, 5))
                .orElse(1L)
                .longValue();
        boolean untouched = named == 1 && layout.features() != 1 && layout.rank() > 3;
        int axis = untouched ? layout.features() : layout.held(named);
        if (axis < 1 || axis >= layout.rank()) {
            throw site.settings().unsupported("it joins along an axis that is not there");
        }
        if (site.read().size() == 1) {
            return site.main(CommonKinds.IDENTITY, Map.of(), layout, List.of());
        }
        return site.main(
                CommonKinds.CONCATENATE, Map.of("axis", axis == layout.rank() - 1 ? -1 : axis), layout, List.of());
    }

    private static Value elementWise(Site site) {
        requireAlike(site);
        String operation = site.word("op", "ADD");
        Kind<?> kind = ELEMENTWISE.get(operation);
        if (kind == null) {
            throw site.settings().unsupported("the operation " + operation + " is not known");
        }
        if (site.read().size() == 1) {
            return site.main(CommonKinds.IDENTITY, Map.of(), site.value().layout(), List.of());
        }
        return site.main(kind, Map.of(), site.value().layout(), List.of());
    }

    private static Value subset(Site site) {
        int from = (int) site.settings().get("from").integer(0, 1 << 24);
        int to = (int) site.settings().get("to").integer(from, 1 << 24);
        return Steps.part(site, site.value().layout().held(1), from, to + 1);
    }

    private static Value length(Site site) {
        Layout layout = site.value().layout();
        List<Integer> all = IntStream.range(1, layout.rank()).boxed().toList();
        if (site.settings()
                .find("dimension")
                .filter(json -> !json.items().isEmpty())
                .isPresent()) {
            throw site.settings().unsupported("lengths along chosen axes have no counterpart here");
        }
        return site.main(CommonKinds.UNIT_NORMALIZATION, Map.of("axis", all), layout, List.of());
    }

    /** Rows in another shape; those of a sequence are held in another order, so that they are turned before. */
    private static Value reshaped(Site site) {
        List<Long> shape = site.settings().get("newShape").items().stream()
                .map(size -> size.integer(-1, 1 << 24))
                .toList();
        boolean rowsKept = shape.size() > 1
                && shape.get(0) == -1
                && !shape.subList(1, shape.size()).contains(-1L);
        if (!rowsKept || !site.word("reshapeOrder", "C").equals("C")) {
            throw site.settings().unsupported("it changes the number of rows, or their order");
        }
        Value value = Border.outside(site.drawing(), site.value(), site.name());
        Layout gives = Layout.ofRank(shape.size());
        Value result = site.reading(value)
                .main(CommonKinds.RESHAPE, Map.of("target_shape", shape.subList(1, shape.size())), gives, List.of());
        return Border.inside(site.drawing(), result, site.name());
    }

    /** Cuts the first row and column off, as networks that came from Caffe need. */
    private static Value helped(Site site) {
        Value value = site.reading(site.value().layout() == Layout.IMAGE_FIRST, "image with its channels first");
        return site.main(
                CommonKinds.cropping(2),
                Map.of("cropping", List.of(List.of(1, 0), List.of(1, 0)), "data_format", "channels_first"),
                value.layout(),
                List.of());
    }

    private static Value last(Site site) {
        Value value = site.reading(site.value().layout().sequence(), "sequence");
        return Steps.last(site, value);
    }

    private static Value reversed(Site site) {
        Value value = site.reading(site.value().layout().sequence(), "sequence");
        return site.main(CommonKinds.operation("Flip"), Map.of("axis", 1), value.layout(), List.of());
    }
}
