package org.netsplice.dl4j.zip;

import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Shape;

/**
 * What is known about data from a layer that reads it. Files of DL4J do not hold the shapes of inputs.
 *
 * @param layout what its axes mean
 * @param shape its shape, of the layout's axes as held
 * @param features how many features or channels it has, or {@link Shape#UNKNOWN}
 * @param passes whether the layers behind tell about this data too, because the layer keeps layout and features
 */
record Wanted(Optional<Layout> layout, Optional<Shape> shape, long features, boolean passes) {
    /** Nothing; the layers behind may tell. */
    static final Wanted SAME = new Wanted(Optional.empty(), Optional.empty(), Shape.UNKNOWN, true);

    /** Nothing, and the layers behind read something else. */
    static final Wanted NOTHING = new Wanted(Optional.empty(), Optional.empty(), Shape.UNKNOWN, false);

    /** Data of this layout with this number of features. */
    static Wanted of(Layout layout, long features) {
        return new Wanted(Optional.of(layout), Optional.empty(), features, false);
    }

    /** Data of exactly this shape. */
    static Wanted of(Layout layout, Shape shape) {
        return new Wanted(Optional.of(layout), Optional.of(shape), shape.size(layout.features()), false);
    }

    /** Data of this layout, with the features of the result. */
    static Wanted passing(Layout layout) {
        return new Wanted(Optional.of(layout), Optional.empty(), Shape.UNKNOWN, true);
    }

    /** Data with this number of features, in the layout of the result. */
    static Wanted passing(long features) {
        return new Wanted(Optional.empty(), Optional.empty(), features, true);
    }

    /** Rows of features, as many as {@code nin} says. */
    static Wanted flat(Json settings) {
        return of(Layout.FLAT, Site.size(settings, "nin"));
    }

    /** Sequences of features, as many as {@code nin} says. */
    static Wanted sequence(Json settings) {
        return of(Layout.named(Site.text(settings, "rnnDataFormat", "NCW")), Site.size(settings, "nin"));
    }

    /** What of it is true before a layer that may change sizes. */
    Wanted unsized() {
        return new Wanted(layout, Optional.empty(), features, passes);
    }

    /** What of it is true of each of several that are joined. */
    Wanted joined() {
        return new Wanted(layout, Optional.empty(), Shape.UNKNOWN, passes);
    }

    /** What is known, completed by what is known from elsewhere. */
    Wanted or(Wanted other) {
        return new Wanted(
                layout.or(other::layout),
                shape.or(() -> layout.isEmpty() || layout.equals(other.layout) ? other.shape : Optional.empty()),
                features == Shape.UNKNOWN ? other.features : features,
                passes);
    }

    /** The shape of an input of which this is all that is known. */
    Shape complete() {
        return shape.orElseGet(() -> layout.orElse(Layout.FLAT).shape(features));
    }
}
