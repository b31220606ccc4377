package org.netsplice.graph;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Of each node of a graph the nodes it reads, by their places in the graph; −1 for those that are not there. All in one list,
 * so that going through it costs little however large the graph is.
 */
final class Sources {
    /** Where in the list those of the node at each place begin; one more for where the last ones end. */
    private final int[] begins;

    private final int[] read;
    private final Supplier<Readers> readers = Suppliers.memoize(this::makeReaders);

    private Sources(int[] begins, int[] read) {
        this.begins = begins;
        this.read = read;
    }

    /** Those of nodes. */
    static Sources of(Nodes nodes) {
        Found found = new Found(nodes);
        found.look(0, nodes.size());
        return found.all();
    }

    /** Those of nodes, taken over from others where they read what they read there. */
    static Sources of(Nodes nodes, Nodes before, Sources known) {
        Overlap overlap = nodes.overlap(before);
        int behind = nodes.size() - overlap.last();
        Found found = new Found(nodes);
        found.take(known, before, overlap, 0, overlap.first());
        found.look(overlap.first(), behind);
        found.take(known, before, overlap, behind, nodes.size());
        return found.all();
    }

    /** Those that were found so far, node by node. */
    private static final class Found {
        private final Nodes nodes;
        private final int[] begins;
        private int[] read;
        /** How many nodes. */
        private int count;

        Found(Nodes nodes) {
            this.nodes = nodes;
            begins = new int[nodes.size() + 1];
            read = new int[nodes.size() + nodes.size() / 4 + 16];
        }

        /** Looks up what the next nodes read. */
        void look(int from, int to) {
            for (int place = from; place < to; place++) {
                List<Port> inputs = nodes.values().get(place).inputs();
                int at = begins[count];
                room(at + inputs.size());
                for (int i = 0; i < inputs.size(); i++) {
                    read[at + i] = nodes.place(inputs.get(i).node());
                }
                count++;
                begins[count] = at + inputs.size();
            }
        }

        /** Takes over what the next nodes read before, but for those that are others than before. */
        void take(Sources known, Nodes before, Overlap overlap, int from, int to) {
            if (from == to) {
                return;
            }
            int shift = overlap.place(from, nodes.size(), before.size()) - from;
            int next = from;
            for (int place : nodes.values().differing(from, before.values(), from + shift, to - from)) {
                takeAll(known, before, overlap, next, place);
                look(place, place + 1);
                next = place + 1;
            }
            takeAll(known, before, overlap, next, to);
        }

        private void takeAll(Sources known, Nodes before, Overlap overlap, int from, int to) {
            if (from == to) {
                return;
            }
            int there = overlap.place(from, nodes.size(), before.size());
            int begin = known.begins[there];
            int end = known.begins[there + to - from];
            int shift = begins[count] - begin;
            room(end + shift);
            int moved = nodes.size() - before.size();
            int behind = before.size() - overlap.last();
            int first = overlap.first();
            for (int i = begin; i < end; i++) {
                int place = known.read[i];
                if (place < 0 || (place >= first && place < behind)) {
                    look(from, to);
                    return;
                }
                read[i + shift] = place < first ? place : place + moved;
            }
            for (int i = 1; i <= to - from; i++) {
                begins[count + i] = known.begins[there + i] + shift;
            }
            count += to - from;
        }

        private void room(int size) {
            if (size > read.length) {
                read = Arrays.copyOf(read, Math.max(size, 2 * read.length));
            }
        }

        Sources all() {
            return new Sources(begins, Arrays.copyOf(read, begins[count]));
        }
    }

    /** How many nodes there are. */
    int nodes() {
        return begins.length - 1;
    }

    /** The place of the node that an input of the node at a place reads; −1 when it is not there. */
    int source(int place, int input) {
        Objects.checkIndex(input, begins[place + 1] - begins[place]);
        return read[begins[place] + input];
    }

    /** Whether every node stands after those it reads. */
    boolean ordered() {
        for (int place = 0; place < nodes(); place++) {
            for (int i = begins[place]; i < begins[place + 1]; i++) {
                if (read[i] >= place) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The places of all nodes, each after those it reads, ties in their order; of fewer nodes when there is a cycle. */
    int[] order() {
        int size = nodes();
        Readers readers = this.readers.get();
        int[] waiting = readers.waiting().clone();
        /* The last one stays, so that the set never shrinks, which would take long. */
        BitSet ready = new BitSet(size + 1);
        ready.set(size);
        for (int place = 0; place < size; place++) {
            ready.set(place, waiting[place] == 0);
        }
        /* Takes the first node of which everything it reads was taken, until there is none (A. B. Kahn, 1962). */
        int[] taken = new int[size];
        int count = 0;
        int place = ready.nextSetBit(0);
        while (place < size) {
            ready.clear(place);
            taken[count++] = place;
            int least = place;
            for (int i = readers.begins()[place]; i < readers.begins()[place + 1]; i++) {
                int reader = readers.places()[i];
                waiting[reader]--;
                if (waiting[reader] == 0) {
                    ready.set(reader);
                    least = Math.min(least, reader);
                }
            }
            place = ready.nextSetBit(least);
        }
        return Arrays.copyOf(taken, count);
    }

    /**
     * The places of the nodes that read each node, one entry for each time.
     *
     * @param begins where those of the node at each place begin, and the last ones end
     * @param waiting how often each node reads one that is there
     */
    private record Readers(int[] begins, int[] places, int[] waiting) {}

    private Readers makeReaders() {
        int size = nodes();
        int[] first = new int[size + 1];
        for (int source : read) {
            if (source >= 0) {
                first[source + 1]++;
            }
        }
        for (int place = 0; place < size; place++) {
            first[place + 1] += first[place];
        }
        int[] next = first.clone();
        int[] places = new int[first[size]];
        int[] waiting = new int[size];
        for (int place = 0; place < size; place++) {
            for (int i = begins[place]; i < begins[place + 1]; i++) {
                if (read[i] >= 0) {
                    places[next[read[i]]++] = place;
                    waiting[place]++;
                }
            }
        }
        return new Readers(first, places, waiting);
    }

    /** Whether every node is read by another, but for some. */
    boolean allRead(BitSet but) {
        int[] first = readers.get().begins();
        for (int place = 0; place < nodes(); place++) {
            if (first[place] == first[place + 1] && !but.get(place)) {
                return false;
            }
        }
        return true;
    }

    /** Names the places of the nodes that read a node, once for each time. */
    void readers(int place, IntConsumer reader) {
        Readers all = readers.get();
        int end = all.begins()[place + 1];
        for (int i = all.begins()[place]; i < end; i++) {
            reader.accept(all.places()[i]);
        }
    }

    /** The nodes at some places, and everything they depend on; places of −1 are left out. */
    BitSet upstream(int[] places) {
        return reached(places, begins, read);
    }

    /** The nodes at some places, and everything that depends on them; places of −1 are left out. */
    BitSet downstream(int[] places) {
        return reached(places, readers.get().begins(), readers.get().places());
    }

    private BitSet reached(int[] places, int[] begin, int[] next) {
        BitSet seen = new BitSet(nodes());
        int[] left = new int[Math.max(64, places.length)];
        int count = 0;
        for (int place : places) {
            count = note(place, seen, left, count);
        }
        while (count > 0) {
            count--;
            int from = begin[left[count]];
            int to = begin[left[count] + 1];
            if (count + to - from > left.length) {
                left = Arrays.copyOf(left, 2 * left.length + to - from);
            }
            for (int i = from; i < to; i++) {
                count = note(next[i], seen, left, count);
            }
        }
        return seen;
    }

    /** Notes a place that was not seen before; how many are left to look at. */
    private static int note(int place, BitSet seen, int[] left, int count) {
        if (place < 0 || seen.get(place)) {
            return count;
        }
        seen.set(place);
        left[count] = place;
        return count + 1;
    }
}
