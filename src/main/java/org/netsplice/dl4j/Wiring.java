package org.netsplice.dl4j;

import java.util.ArrayList;
import java.util.List;

/**
 * What a vertex reads: the vertices before it, first those of the layer's inputs, then those of their masks.
 *
 * @param vertices names of vertices
 * @param picks for each the output that is meant, or -1 when it has only one
 * @param masks for each input of the layer the index of its mask among {@code vertices}, or -1
 * @param mask whether the mask of the result is wanted instead of the result
 */
record Wiring(List<String> vertices, List<Integer> picks, List<Integer> masks, boolean mask) {

    /** An output of a vertex, and the vertex that gives its mask, or an empty text. */
    record Source(String vertex, int pick, String mask) {}

    /** Reads these, with their masks when {@code masked}. */
    static Wiring of(List<Source> sources, boolean masked, boolean mask) {
        List<String> vertices = new ArrayList<>();
        List<Integer> picks = new ArrayList<>();
        for (Source source : sources) {
            vertices.add(source.vertex());
            picks.add(source.pick());
        }
        List<Integer> masks = new ArrayList<>();
        for (Source source : sources) {
            boolean carried = masked && !source.mask().isEmpty();
            masks.add(carried ? vertices.size() : -1);
            if (carried) {
                vertices.add(source.mask());
                picks.add(-1);
            }
        }
        return new Wiring(vertices, picks, masks, mask);
    }
}
