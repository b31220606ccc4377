package org.netsplice.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.netsplice.config.Json;
import org.netsplice.graph.Node;
import org.netsplice.problem.Printable;

/**
 * A difference in words, or as JSON.
 *
 * @param before what the first document is called
 * @param after what the second document is called
 */
public record DifferenceReport(String before, String after, DocumentDifference difference) {
    /** Values of settings, such as vocabularies, are cut to this many characters in words. */
    private static final int MAX_VALUE = 60;

    private static final List<String> FORMATS = List.of("text", "json");

    /** The formats of {@link #in}. */
    public static List<String> formats() {
        return FORMATS;
    }

    /** The difference in one of the formats. */
    public String in(String format) {
        return switch (format) {
            case "text" -> text();
            case "json" -> json().pretty() + "\n";
            default -> throw new IllegalArgumentException("no format " + format);
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (LayerDifference layer : difference.layers()) {
            String title = title(layer.node());
            switch (layer.status()) {
                case ADDED -> line(text, "+ " + title + ": only in " + after);
                case REMOVED -> line(text, "- " + title + ": only in " + before);
                case CHANGED -> line(text, "~ " + title + ": " + what(layer));
                case EQUAL -> {}
            }
        }
        difference.outputs().forEach(change -> line(text, "~ " + words(change)));
        long equal = difference.count(LayerDifference.Status.EQUAL);
        if (difference.isNone()) {
            line(text, "no difference: " + layers(equal) + " equal, weights included");
        } else {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "%s equal, %d changed, %d added, %d removed",
                            layers(equal),
                            difference.count(LayerDifference.Status.CHANGED),
                            difference.count(LayerDifference.Status.ADDED),
                            difference.count(LayerDifference.Status.REMOVED)));
        }
        return text.toString();
    }

    private static String layers(long count) {
        return count + (count == 1 ? " layer is" : " layers are");
    }

    private static void line(StringBuilder text, String line) {
        text.append(Printable.name(line)).append('\n');
    }

    private static String title(Node node) {
        return node.name() + " (" + node.layer().className() + ")";
    }

    private static String what(LayerDifference layer) {
        List<String> parts = new ArrayList<>();
        layer.changes().forEach(change -> parts.add(words(change)));
        layer.weights()
                .forEach(distance -> parts.add(String.format(
                        Locale.ROOT,
                        "%s differs by up to %.3g (relative distance %.3g)",
                        distance.tensor(),
                        distance.greatest(),
                        distance.relative())));
        return String.join("; ", parts);
    }

    private static String words(Change change) {
        return change.what() + " " + cut(change.before()) + " → " + cut(change.after());
    }

    private static String cut(String value) {
        if (value.isEmpty()) {
            return "nothing";
        }
        return value.codePointCount(0, value.length()) <= MAX_VALUE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, MAX_VALUE - 1)) + "…";
    }

    private Json json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("equal", difference.isNone());
        all.put("before", before);
        all.put("after", after);
        all.put(
                "layers",
                difference.layers().stream().map(DifferenceReport::json).toList());
        all.put("outputs", changes(difference.outputs()));
        return Json.of(all);
    }

    private static Map<String, Object> json(LayerDifference layer) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", layer.node().name());
        one.put("class", layer.node().layer().className());
        one.put("status", layer.status().name().toLowerCase(Locale.ROOT));
        if (layer.status() == LayerDifference.Status.CHANGED) {
            one.put("changes", changes(layer.changes()));
            one.put(
                    "weights",
                    layer.weights().stream().map(DifferenceReport::json).toList());
        }
        return one;
    }

    private static Map<String, Object> json(WeightsDistance distance) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("tensor", distance.tensor());
        one.put("greatest", finite(distance.greatest()));
        one.put("relative", finite(distance.relative()));
        return one;
    }

    /** A number, or null where JSON has none. */
    private static Object finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static List<Map<String, Object>> changes(List<Change> changes) {
        return changes.stream()
                .map(change -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("what", change.what());
                    one.put("before", change.before());
                    one.put("after", change.after());
                    return one;
                })
                .collect(Collectors.toList());
    }
}
