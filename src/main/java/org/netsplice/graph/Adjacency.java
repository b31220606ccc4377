package org.netsplice.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The readers of every node of a graph. Nodes are told apart by their place in the graph's order, counted from 0: walks over large
 * graphs are frequent, and looking nodes up by identity would be most of their time.
 */
final class Adjacency {
    /** For each place the places of the nodes it reads, once for each time; nodes that are not in the graph are left out. */
    private final int[][] sources;

    /** For each place the places of the nodes that read it, once for each time. */
    private final int[][] readers;

    private Adjacency(int[][] sources) {
        this.sources = sources;
        this.readers = inverted(sources);
    }

    /** The adjacency of nodes. */
    static Adjacency of(Nodes nodes) {
        List<Node> inOrder = nodes.inOrder();
        int[][] sources = new int[inOrder.size()][];
        for (int place = 0; place < sources.length; place++) {
            sources[place] = inOrder.get(place).inputs().stream()
                    .mapToInt(port -> nodes.place(port.node()))
                    .filter(source -> source >= 0)
                    .toArray();
        }
        return new Adjacency(sources);
    }

    private static int[][] inverted(int[][] sources) {
        int[] counts = new int[sources.length];
        for (int[] of : sources) {
            for (int source : of) {
                counts[source]++;
            }
        }
        int[][] readers = new int[sources.length][];
        Arrays.setAll(readers, place -> new int[counts[place]]);
        for (int place = 0; place < sources.length; place++) {
            for (int source : sources[place]) {
                readers[source][readers[source].length - counts[source]--] = place;
            }
        }
        return readers;
    }

    /** The places of the nodes that read the node at a place, in order, once for each time. */
    int[] readers(int place) {
        return readers[place].clone();
    }

    /** All places, each after those it reads, ties in their order; fewer when there is a cycle (A. B. Kahn, 1962). */
    int[] order() {
        int[] waiting = new int[sources.length];
        BitSet ready = new BitSet();
        for (int place = 0; place < sources.length; place++) {
            waiting[place] = sources[place].length;
            ready.set(place, waiting[place] == 0);
        }
        int[] order = new int[sources.length];
        int count = 0;
        int place = ready.nextSetBit(0);
        while (place >= 0) {
            ready.clear(place);
            order[count++] = place;
            int next = place;
            for (int reader : readers[place]) {
                waiting[reader]--;
                if (waiting[reader] == 0) {
                    ready.set(reader);
                    next = Math.min(next, reader);
                }
            }
            place = ready.nextSetBit(next);
        }
        return Arrays.copyOf(order, count);
    }

    /** The given places and everything they depend on; places of −1 are left out. */
    BitSet upstream(int[] places) {
        return reached(places, sources);
    }

    /** The given places and everything that depends on them; places of −1 are left out. */
    BitSet downstream(int[] places) {
        return reached(places, readers);
    }

    private static BitSet reached(int[] places, int[][] next) {
        BitSet seen = new BitSet(next.length);
        Deque<Integer> left = new ArrayDeque<>();
        for (int place : places) {
            if (place >= 0 && !seen.get(place)) {
                seen.set(place);
                left.add(place);
            }
        }
        while (!left.isEmpty()) {
            for (int place : next[left.remove()]) {
                if (!seen.get(place)) {
                    seen.set(place);
                    left.add(place);
                }
            }
        }
        return seen;
    }
}
