package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.problem.Where;

/** Layers that make a tensor of another shape of one, for joining what does not fit; none where nothing is to do or can be done. */
public final class Adapters {
    private Adapters() {}

    private static List<Layer> layer(String className, Map<String, Object> settings) {
        return List.of(Layers.kind(className).orElseThrow().read(Json.of(settings)));
    }

    /** (None, 8, 8, 3) as (None, 192). */
    public static List<Layer> flat(Shape shape) {
        return shape.rank() > 2 ? layer("Flatten", Map.of()) : List.of();
    }

    /** (None, 8, 8, 3) as (None, 3): the mean of every channel. */
    public static List<Layer> pooled(Shape shape) {
        return shape.rank() < 3 || shape.rank() > 5
                ? List.of()
                : layer("GlobalAveragePooling" + (shape.rank() - 2) + "D", Map.of());
    }

    /** The last axis of another size, by a matrix that is to be trained. */
    public static List<Layer> projected(long units) {
        return layer("Dense", Map.of("units", units));
    }

    /** The same numbers in the shape of another tensor, whose sizes but the batch are known. */
    public static List<Layer> reshaped(Shape target) {
        if (!target.knownButBatch() || target.rank() < 2) {
            return List.of();
        }
        List<Long> sizes =
                IntStream.range(1, target.rank()).mapToObj(target::size).toList();
        return layer("Reshape", Map.of("target_shape", sizes));
    }

    /** The middle of images (None, height, width, channels). */
    public static List<Layer> cropped(Shape shape, long height, long width) {
        return shape.size(1) == height && shape.size(2) == width
                ? List.of()
                : layer("CenterCrop", Map.of("height", height, "width", width));
    }

    /** Images (None, height, width, channels) with zeros around them. */
    public static List<Layer> padded(Shape shape, long height, long width) {
        long rows = height - shape.size(1);
        long columns = width - shape.size(2);
        List<List<Long>> padding =
                List.of(List.of(rows / 2, rows - rows / 2), List.of(columns / 2, columns - columns / 2));
        return rows == 0 && columns == 0 ? List.of() : layer("ZeroPadding2D", Map.of("padding", padding));
    }

    /** The same numbers as float32; truth values become 0 and 1. */
    public static List<Layer> cast() {
        return List.of(
                LayerNotation.parse("ops.Cast(dtype=float32)", Where.NOWHERE).layer());
    }

    /** A layer that gives back what it receives. */
    public static Layer passing() {
        return Layers.kind("Identity").orElseThrow().standard();
    }
}
