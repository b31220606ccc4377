package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.layers.CommonKinds;

/** Pooling, with windows or over everything, and enlarging. None has parameters. */
final class PoolingRules {
    private static final String FORMAT = "data_format";

    /** Less than every number of a network: what is padded is never the largest. */
    private static final double LOWEST = -Float.MAX_VALUE;

    private PoolingRules() {}

    static void addTo(Map<String, Rule> rules) {
        for (String name : List.of("layers.SubsamplingLayer", "layers.Pooling2D")) {
            rules.put(name, Rule.plain(settings -> wants(settings, 2), site -> pooled(site, 2)));
        }
        for (String name : List.of("layers.Subsampling1DLayer", "layers.Pooling1D")) {
            rules.put(name, Rule.plain(settings -> wants(settings, 1), site -> pooled(site, 1)));
        }
        rules.put("layers.Subsampling3DLayer", Rule.plain(settings -> wants(settings, 3), site -> pooled(site, 3)));
        rules.put("layers.GlobalPoolingLayer", Rule.plain(settings -> Wanted.SAME, PoolingRules::global));
        for (int directions = 1; directions <= 3; directions++) {
            int count = directions;
            rules.put(
                    "layers.Upsampling" + count + "D",
                    Rule.plain(settings -> wants(settings, count), site -> upsampled(site, count)));
        }
    }

    private static Wanted wants(Json settings, int directions) {
        return Wanted.passing(
                switch (directions) {
                    case 1 -> Layout.SEQUENCE_FIRST;
                    case 2 ->
                        Layout.named(Site.text(settings, "cnn2dDataFormat", Site.text(settings, "format", "NCHW")));
                    default -> Layout.named(Site.text(settings, "dataFormat", "NCDHW"));
                });
    }

    private static Value fitting(Site site, int directions) {
        Layout layout = site.value().layout();
        return site.reading(
                layout.rank() == directions + 2 && layout != Layout.FOLDED,
                directions == 1 ? "sequence" : directions == 2 ? "image" : "volume");
    }

    private static Value pooled(Site site, int directions) {
        String type = site.word("poolingType", "MAX");
        Value value = fitting(site, directions);
        if (!type.equals("MAX") && !type.equals("AVG")) {
            throw site.settings().unsupported("pooling of the type " + type + " has no counterpart here");
        }
        if (site.sizes("dilation", directions, 1, 1).stream().anyMatch(size -> size > 1)) {
            throw site.settings().unsupported("pooling with a dilation has no counterpart here");
        }
        List<Integer> padding = site.sizes("padding", directions, 0, 0);
        if (!Padding.same(site) && padding.stream().anyMatch(size -> size > 0)) {
            value = padded(site, directions, value, padding, type);
        }
        return site.reading(value)
                .main(
                        CommonKinds.pooling(type.equals("MAX"), directions),
                        Map.of(
                                "pool_size",
                                site.sizes("kernelSize", directions, 1, 1),
                                "strides",
                                site.sizes("stride", directions, 1, 1),
                                "padding",
                                Padding.same(site) ? "same" : "valid",
                                FORMAT,
                                value.layout().format()),
                        value.layout(),
                        List.of());
    }

    private static Value padded(Site site, int directions, Value value, List<Integer> padding, String type) {
        if (type.equals("AVG")) {
            if (!site.flag("avgPoolIncludePadInDivisor", false)) {
                throw site.settings().unsupported("means that leave the padding out have no counterpart here");
            }
            return Padding.zeros(site, "padding", value, directions, padding);
        }
        List<List<Integer>> borders = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < value.layout().rank(); axis++) {
            int size = axis == 0 || axis == value.layout().features() ? 0 : padding.get(next++);
            borders.add(List.of(size, size));
        }
        Map<String, Object> call = Map.of("x", Map.of("input", 0), "constant_values", LOWEST);
        return site.beside(
                "padding",
                CommonKinds.operation("Pad"),
                Map.of("pad_width", borders, "mode", "constant", "call", call),
                value.layout(),
                value);
    }

    private static Value global(Site site) {
        Value value = site.value();
        Layout layout = value.layout();
        String type = site.word("poolingType", "MAX");
        site.reading(layout.rank() > 2 && layout != Layout.FOLDED, "sequence, image or volume");
        List<Integer> all = IntStream.range(1, layout.rank())
                .filter(axis -> axis != layout.features())
                .boxed()
                .toList();
        List<Integer> over = site.settings()
                .find("poolingDimensions")
                .map(axes -> axes.items().stream()
                        .map(axis -> layout.held((int) axis.integer(-5, 5)))
                        .sorted()
                        .toList())
                .orElse(all);
        if (!over.equals(all)) {
            throw site.settings().unsupported("pooling over axes that hold features has no counterpart here");
        }
        boolean collapsed = site.flag("collapseDimensions", true);
        Layout gives = collapsed ? Layout.FLAT : layout;
        return switch (type) {
            case "MAX", "AVG" ->
                site.main(
                        CommonKinds.globalPooling(type.equals("MAX"), all.size()),
                        Map.of(FORMAT, layout.format(), "keepdims", !collapsed),
                        gives,
                        List.of());
            case "SUM" ->
                site.main(CommonKinds.operation("Sum"), Map.of("axis", all, "keepdims", !collapsed), gives, List.of());
            default -> throw site.settings().unsupported("pooling of the type " + type + " has no counterpart here");
        };
    }

    private static Value upsampled(Site site, int directions) {
        Value value = fitting(site, directions);
        List<Integer> sizes = site.sizes("size", directions, 1, 1);
        return site.main(
                CommonKinds.upSampling(directions),
                directions == 1
                        ? Map.of("size", sizes)
                        : Map.of("size", sizes, FORMAT, value.layout().format()),
                value.layout(),
                List.of());
    }
}
