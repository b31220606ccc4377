package org.netsplice.graph;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * An immutable list kept in chunks. One that was made from another by changing some elements shares all other chunks with it, so
 * that making it and comparing the two costs what differs, however long they are.
 */
public final class ChunkedList<T> extends AbstractList<T> implements RandomAccess {
    private static final int CHUNK = 128;

    /** Each as long as the others; what lies behind the end of the list belongs to others, or is empty. */
    private final Object[][] chunks;

    private final int size;

    private ChunkedList(Object[][] chunks, int size) {
        this.chunks = chunks;
        this.size = size;
    }

    /** A list of the same elements; no copy of what cannot change. */
    public static <T> ChunkedList<T> copyOf(Collection<? extends T> elements) {
        if (elements instanceof ChunkedList<?>) {
            @SuppressWarnings("unchecked") // it cannot change, so that nothing else can come into it
            ChunkedList<T> same = (ChunkedList<T>) elements;
            return same;
        }
        Copy<T> copy = new Copy<>(new Object[0][], 0);
        elements.forEach(copy::add);
        return copy.done();
    }

    /** A copy of the first elements, to be changed. */
    public Copy<T> first(int count) {
        Objects.checkIndex(count, size + 1);
        return new Copy<>(chunks, count);
    }

    /** A copy to be changed. */
    public Copy<T> copy() {
        return first(size);
    }

    /** The list without the elements at some places, which are given in order and once each. */
    public ChunkedList<T> without(int[] places) {
        Copy<T> copy = first(places.length == 0 ? size : places[0]);
        for (int i = 0; i < places.length; i++) {
            copy.addAll(this, places[i] + 1, i + 1 < places.length ? places[i + 1] : size);
        }
        return copy.done();
    }

    /** A list in the making; it is of no use any more when the list is done. */
    public static final class Copy<T> {
        private Object[][] chunks;
        private final BitSet own = new BitSet();
        private int size;

        private Copy(Object[][] chunks, int size) {
            int count = (size + CHUNK - 1) / CHUNK;
            this.chunks = Arrays.copyOf(chunks, count + 1 + count / 8);
            Arrays.fill(this.chunks, count, this.chunks.length, null);
            this.size = size;
        }

        /** The element at a place, as it is now. */
        @SuppressWarnings("unchecked") // only elements of the type are ever written
        public T get(int place) {
            Objects.checkIndex(place, size);
            return (T) chunks[place / CHUNK][place % CHUNK];
        }

        /** Replaces an element. */
        public Copy<T> set(int place, T element) {
            Objects.checkIndex(place, size);
            write(place, element);
            return this;
        }

        /** Adds an element at the end. */
        public Copy<T> add(T element) {
            write(size, element);
            size++;
            return this;
        }

        /** Adds the elements of another list between two places at the end. */
        public Copy<T> addAll(ChunkedList<T> list, int from, int to) {
            Objects.checkFromToIndex(from, to, list.size);
            int next = from;
            while (next < to) {
                int count = Math.min(to - next, CHUNK - Math.max(next % CHUNK, size % CHUNK));
                write(size, list.at(next));
                System.arraycopy(list.chunks[next / CHUNK], next % CHUNK, chunks[size / CHUNK], size % CHUNK, count);
                next += count;
                size += count;
            }
            return this;
        }

        private void write(int place, T element) {
            int chunk = place / CHUNK;
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * chunks.length);
            }
            if (!own.get(chunk)) {
                chunks[chunk] = chunks[chunk] == null ? new Object[CHUNK] : chunks[chunk].clone();
                own.set(chunk);
            }
            chunks[chunk][place % CHUNK] = element;
        }

        /** The list. */
        public ChunkedList<T> done() {
            return new ChunkedList<>(chunks, size);
        }
    }

    /** The places from one on, so many, where another list has another object, counted there from another place; in order. */
    public int[] differing(int from, ChunkedList<T> other, int there, int count) {
        Objects.checkFromIndexSize(from, count, size);
        Objects.checkFromIndexSize(there, count, other.size);
        int[] found = new int[8];
        int known = 0;
        int next = 0;
        while (next < count) {
            int here = (from + next) % CHUNK;
            int beside = (there + next) % CHUNK;
            Object[] one = chunks[(from + next) / CHUNK];
            Object[] two = other.chunks[(there + next) / CHUNK];
            int most = Math.min(count - next, CHUNK - Math.max(here, beside));
            for (int i = one == two && here == beside ? most : 0; i < most; i++) {
                if (one[here + i] != two[beside + i]) {
                    found = known == found.length ? Arrays.copyOf(found, 2 * known) : found;
                    found[known++] = from + next + i;
                }
            }
            next += most;
        }
        return Arrays.copyOf(found, known);
    }

    /** How many elements from a place on are the same objects as those from a place of another list on. */
    public int same(int from, ChunkedList<T> other, int there) {
        Objects.checkIndex(from, size + 1);
        Objects.checkIndex(there, other.size + 1);
        int count = Math.min(size - from, other.size - there);
        int next = 0;
        while (next < count) {
            int here = (from + next) % CHUNK;
            int beside = (there + next) % CHUNK;
            Object[] one = chunks[(from + next) / CHUNK];
            Object[] two = other.chunks[(there + next) / CHUNK];
            int most = Math.min(count - next, CHUNK - Math.max(here, beside));
            int same = one == two && here == beside ? most : 0;
            while (same < most && one[here + same] == two[beside + same]) {
                same++;
            }
            next += same;
            if (same < most) {
                return next;
            }
        }
        return next;
    }

    @Override
    public T get(int place) {
        Objects.checkIndex(place, size);
        return at(place);
    }

    @SuppressWarnings("unchecked") // only elements of the type are ever written
    private T at(int place) {
        return (T) chunks[place / CHUNK][place % CHUNK];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public T next() {
                if (next >= size) {
                    throw new NoSuchElementException();
                }
                next++;
                return at(next - 1);
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ChunkedList<?> list)) {
            return super.equals(other);
        }
        if (size != list.size) {
            return false;
        }
        @SuppressWarnings("unchecked") // elements are compared only
        int[] places = differing(0, (ChunkedList<T>) list, 0, size);
        return Arrays.stream(places).allMatch(place -> Objects.equals(get(place), list.get(place)));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
