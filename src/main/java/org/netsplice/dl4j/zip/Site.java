package org.netsplice.dl4j.zip;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.CommonKinds;
import org.netsplice.layers.kind.Kind;

/**
 * What a rule sees of the vertex it draws.
 *
 * @param drawing where it is drawn
 * @param name the name of the vertex
 * @param settings the fields of the layer or vertex
 * @param read what it reads
 * @param numbers its parameters
 * @param trainable whether training changes them
 */
record Site(Drawing drawing, String name, Json settings, List<Value> read, Parameters numbers, boolean trainable) {

    /** Sizes in files are below this, so that their products fit. */
    private static final long LARGEST = 1L << 24;

    /** The first of what it reads. */
    Value value() {
        if (read.isEmpty()) {
            throw settings.wrong("reads nothing");
        }
        return read.get(0);
    }

    /** The same place with a value instead of the first of what it reads. */
    Site reading(Value other) {
        return new Site(drawing, name, settings, List.of(other), numbers, trainable);
    }

    /** The same place with other fields, such as those of a layer inside. */
    Site with(Json other, boolean trained) {
        return new Site(drawing, name, other, read, numbers, trained);
    }

    /** Adds the layer that carries the name of the vertex. */
    Value main(Kind<?> kind, Map<String, ?> with, Layout gives, List<Tensor> weights) {
        return drawing.add(name, new Step(kind, with), gives, read, weights, trainable);
    }

    /** Adds a layer beside the one that carries the name of the vertex. */
    Value beside(String suffix, Kind<?> kind, Map<String, ?> with, Layout gives, Value from) {
        return drawing.add(
                drawing.beside(name, suffix), new Step(kind, with), gives, List.of(from), List.of(), trainable);
    }

    /** A whole number from 1 on. */
    static long size(Json settings, String key) {
        return settings.get(key).integer(1, LARGEST);
    }

    /** A whole number from 1 on of this place. */
    long size(String key) {
        return size(settings, key);
    }

    static boolean flag(Json settings, String key, boolean otherwise) {
        return settings.find(key).map(Json::flag).orElse(otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return flag(settings, key, otherwise);
    }

    static String text(Json settings, String key, String otherwise) {
        return settings.find(key).map(Json::text).orElse(otherwise);
    }

    /** A text in upper case. */
    String word(String key, String otherwise) {
        return text(settings, key, otherwise).toUpperCase(Locale.ROOT);
    }

    double number(String key, double otherwise) {
        return settings.find(key).map(Json::number).orElse(otherwise);
    }

    /**
     * Whole numbers, one for each direction. One number stands for all, and of more than wanted the first count, as one-dimensional
     * layers are stored with two.
     */
    List<Integer> sizes(String key, int count, int least, int otherwise) {
        Optional<Json> found = settings.find(key);
        if (found.isEmpty()) {
            return same(count, otherwise);
        }
        List<Json> items = found.get().isList() ? found.get().items() : List.of(found.get());
        if (items.isEmpty()) {
            throw found.get().wrong("holds no sizes");
        }
        Integer[] sizes = new Integer[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = (int) items.get(Math.min(i, items.size() - 1)).integer(least, LARGEST);
        }
        return List.of(sizes);
    }

    static List<Integer> same(int count, int size) {
        Integer[] sizes = new Integer[count];
        Arrays.fill(sizes, size);
        return List.of(sizes);
    }

    /** Refuses data that a layer of this kind cannot read in this program; the layer is then only drawn and kept. */
    Value reading(boolean fits, String what) {
        if (!fits) {
            throw settings.unsupported("it reads data that is no " + what);
        }
        return value();
    }

    /** Flattens (rows, …) to (rows, features). */
    Value flattened(String suffix, long features) {
        Value value = value();
        if (value.shape().knownButBatch() && value.shape().elementsPerRow() == features) {
            return beside(suffix, CommonKinds.FLATTEN, Map.of(), Layout.FLAT, value);
        }
        return beside(suffix, CommonKinds.RESHAPE, Map.of("target_shape", List.of(features)), Layout.FLAT, value);
    }

    /** The product of sizes, none of which is unknown. */
    static long product(List<Integer> sizes) {
        return Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray()).elements();
    }
}
