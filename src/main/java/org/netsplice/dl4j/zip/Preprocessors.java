package org.netsplice.dl4j.zip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Shape;
import org.netsplice.layers.CommonKinds;

/** What DL4J puts before a layer to turn data into what the layer reads. */
final class Preprocessors {
    private static final String HEIGHT = "inputHeight";
    private static final String WIDTH = "inputWidth";
    private static final String DEPTH = "inputDepth";
    private static final String CHANNELS = "numChannels";

    private Preprocessors() {}

    private static Layout sequence(Json settings) {
        return Layout.named(Site.text(settings, "rnnDataFormat", "NCW"));
    }

    private static Layout volume(Json settings) {
        return Site.flag(settings, "ncdhw", true) ? Layout.VOLUME_FIRST : Layout.VOLUME_LAST;
    }

    private static Layout image(Json settings) {
        return Layout.named(Site.text(settings, "format", "NCHW"));
    }

    /** The sizes of an image or a volume without the rows, in the order of a layout; unknown where the file says 0. */
    private static Shape sizes(Json settings, Layout layout) {
        long channels = size(settings, CHANNELS);
        Shape space = layout.volume()
                ? Shape.of(size(settings, DEPTH), size(settings, HEIGHT), size(settings, WIDTH))
                : Shape.of(size(settings, HEIGHT), size(settings, WIDTH));
        return layout.features() == 1 ? Shape.of(channels).plus(space) : space.plus(channels);
    }

    private static long size(Json settings, String key) {
        long size = settings.find(key).map(json -> json.integer(0, 1 << 24)).orElse(0L);
        return size == 0 ? Shape.UNKNOWN : size;
    }

    private static List<Json> parts(Json settings) {
        List<Json> parts = settings.get("inputPreProcessors").items();
        if (parts.isEmpty()) {
            throw settings.wrong("holds no preprocessors");
        }
        return parts;
    }

    /** What a preprocessor reads. */
    static Wanted wants(Json json) {
        ClassNames.Named named = ClassNames.of(json);
        Json settings = named.settings();
        return switch (named.name()) {
            case "preprocessor.CnnToFeedForwardPreProcessor" ->
                shaped(image(settings), sizes(settings, image(settings)));
            case "preprocessor.Cnn3DToFeedForwardPreProcessor" ->
                shaped(volume(settings), sizes(settings, volume(settings)));
            case "preprocessor.FeedForwardToCnnPreProcessor" ->
                Wanted.of(Layout.FLAT, sizes(settings, Layout.IMAGE_FIRST).elements());
            case "preprocessor.FeedForwardToCnn3DPreProcessor" ->
                Wanted.of(Layout.FLAT, sizes(settings, volume(settings)).elements());
            case "preprocessor.RnnToFeedForwardPreProcessor" ->
                new Wanted(Optional.of(sequence(settings)), Optional.empty(), Shape.UNKNOWN, true);
            case "preprocessor.ComposableInputPreProcessor" ->
                wants(parts(settings).get(0));
            default -> Wanted.NOTHING;
        };
    }

    private static Wanted shaped(Layout layout, Shape sizes) {
        return Wanted.of(layout, Shape.of(Shape.UNKNOWN).plus(sizes));
    }

    /** Adds the layers of a preprocessor; the last of them is called {@code name} where the vertex is one. */
    static Value draw(Site site, Json json, String name) {
        ClassNames.Named named = ClassNames.of(json);
        Json settings = named.settings();
        return switch (named.name()) {
            case "preprocessor.CnnToFeedForwardPreProcessor" -> flattened(site, settings, image(settings), name);
            case "preprocessor.Cnn3DToFeedForwardPreProcessor" -> flattened(site, settings, volume(settings), name);
            case "preprocessor.FeedForwardToCnnPreProcessor" -> unfolded(site, settings, Layout.IMAGE_FIRST, name);
            case "preprocessor.FeedForwardToCnn3DPreProcessor" -> unfolded(site, settings, volume(settings), name);
            case "preprocessor.RnnToFeedForwardPreProcessor" ->
                same(
                        site,
                        site.value().layout() == Layout.FLAT
                                ? site.value()
                                : site.reading(site.value().layout().sequence(), "sequence")
                                        .as(Layout.FOLDED),
                        name);
            case "preprocessor.FeedForwardToRnnPreProcessor" ->
                same(
                        site,
                        site.reading(site.value().layout().sequence(), "sequence of rows")
                                .as(sequence(settings)),
                        name);
            case "preprocessor.ComposableInputPreProcessor" -> composed(site, parts(settings), name);
            default -> throw settings.unsupported("the preprocessor " + named.name() + " has no counterpart here");
        };
    }

    /** A vertex of its own is drawn though it changes nothing here. */
    private static Value same(Site site, Value value, String name) {
        return name.equals(site.name())
                ? site.reading(value).main(CommonKinds.IDENTITY, Map.of(), value.layout(), List.of())
                : value;
    }

    private static Value composed(Site site, List<Json> parts, String name) {
        Value value = site.value();
        for (Json part : parts) {
            value = draw(site.reading(value), part, name);
        }
        return value;
    }

    /** Images in DL4J's own order of their numbers, which is the order in which they are held. */
    private static Value flattened(Site site, Json settings, Layout layout, String name) {
        Value value = site.value();
        if (value.layout() == Layout.FLAT) {
            return same(site, value, name);
        }
        site.reading(value.layout().rank() == layout.rank(), layout.image() ? "image" : "volume");
        long count = sizes(settings, layout).elements();
        boolean known = value.shape().knownButBatch() || count == Shape.UNKNOWN;
        return known
                ? site.drawing()
                        .add(
                                free(site, name),
                                new Step(CommonKinds.FLATTEN, Map.of()),
                                Layout.FLAT,
                                List.of(value),
                                List.of(),
                                true)
                : reshaped(site, value, List.of(count), Layout.FLAT, name);
    }

    private static Value unfolded(Site site, Json settings, Layout layout, String name) {
        Value value = site.value();
        if (value.layout().rank() == layout.rank()) {
            return same(site, value, name);
        }
        site.reading(value.layout() == Layout.FLAT, "row of features");
        Shape sizes = sizes(settings, layout);
        if (!sizes.known()) {
            throw settings.unsupported("the file does not tell the size of its images");
        }
        return reshaped(
                site, value, java.util.Arrays.stream(sizes.sizes()).boxed().toList(), layout, name);
    }

    private static Value reshaped(Site site, Value value, List<Long> shape, Layout gives, String name) {
        return site.drawing()
                .add(
                        free(site, name),
                        new Step(CommonKinds.RESHAPE, Map.of("target_shape", shape)),
                        gives,
                        List.of(value),
                        List.of(),
                        true);
    }

    private static String free(Site site, String name) {
        return name.equals(site.name()) ? name : site.drawing().beside(site.name(), name);
    }
}
