package org.netsplice.layers;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.problem.Where;

/** Layers that change a tensor's shape so that it can be joined with another; an empty list where nothing is needed, or nothing helps. */
public final class Adapters {
    private Adapters() {}

    private static List<Layer> layer(String className, Map<String, Object> settings) {
        return List.of(Layers.kind(className).orElseThrow().read(Json.of(settings)));
    }

    /** Flattens: (None, 8, 8, 3) becomes (None, 192). */
    public static List<Layer> flat(Shape shape) {
        return shape.rank() > 2 ? layer("Flatten", Map.of()) : List.of();
    }

    /** Takes the mean of every channel: (None, 8, 8, 3) becomes (None, 3). */
    public static List<Layer> pooled(Shape shape) {
        return shape.rank() < 3 || shape.rank() > 5
                ? List.of()
                : layer("GlobalAveragePooling" + (shape.rank() - 2) + "D", Map.of());
    }

    /** Changes the size of the last axis by a Dense layer, which has to be trained. */
    public static List<Layer> projected(long units) {
        return layer("Dense", Map.of("units", units));
    }

    /** Reshapes to the shape of another tensor, whose sizes are known except for the batch. */
    public static List<Layer> reshaped(Shape target) {
        if (!target.knownButBatch() || target.rank() < 2) {
            return List.of();
        }
        List<Long> sizes =
                IntStream.range(1, target.rank()).mapToObj(target::size).toList();
        return layer("Reshape", Map.of("target_shape", sizes));
    }

    /** Crops the centre of images (None, height, width, channels). */
    public static List<Layer> cropped(Shape shape, long height, long width) {
        return shape.size(1) == height && shape.size(2) == width
                ? List.of()
                : layer("CenterCrop", Map.of("height", height, "width", width));
    }

    /** Pads images (None, height, width, channels) with zeros. */
    public static List<Layer> padded(Shape shape, long height, long width) {
        long rows = height - shape.size(1);
        long columns = width - shape.size(2);
        List<List<Long>> padding =
                List.of(List.of(rows / 2, rows - rows / 2), List.of(columns / 2, columns - columns / 2));
        return rows == 0 && columns == 0 ? List.of() : layer("ZeroPadding2D", Map.of("padding", padding));
    }

    /** Casts to float32; booleans become 0 and 1. */
    public static List<Layer> cast() {
        return List.of(
                LayerNotation.parse("ops.Cast(dtype=float32)", Where.NOWHERE).layer());
    }

    /** A layer that returns its input. */
    public static Layer passing() {
        return Layers.kind("Identity").orElseThrow().standard();
    }
}
