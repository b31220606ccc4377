package org.netsplice.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Elements in the order of their keys, each key once; immutable. One that was made from another by taking some out or adding some
 * shares the others with it, so that the two are compared quickly however many there are.
 */
final class Sorted<K extends Comparable<K>, T> {
    private final Function<T, K> key;
    private final ChunkedList<T> elements;

    private Sorted(Function<T, K> key, ChunkedList<T> elements) {
        this.key = key;
        this.elements = elements;
    }

    /** Elements in any order; no two may have the same key. */
    static <K extends Comparable<K>, T> Sorted<K, T> of(Collection<T> elements, Function<T, K> key) {
        List<T> sorted = new ArrayList<>(elements);
        sorted.sort(Comparator.comparing(key));
        return new Sorted<>(key, ChunkedList.copyOf(sorted));
    }

    /** All in order. */
    ChunkedList<T> elements() {
        return elements;
    }

    /** The element with a key; null when there is none. */
    T get(K wanted) {
        int place = place(wanted);
        return place < 0 ? null : elements.get(place);
    }

    /** Where a key is, counted from 0; −1 − the place where it would be when it is not there. */
    private int place(K wanted) {
        int low = 0;
        int high = elements.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key.apply(elements.get(middle)).compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1 - low;
    }

    /** The same without some keys; this one when none of them is there. */
    Sorted<K, T> without(Collection<K> gone) {
        int[] places = gone.stream()
                .mapToInt(this::place)
                .filter(place -> place >= 0)
                .sorted()
                .distinct()
                .toArray();
        return places.length == 0 ? this : new Sorted<>(key, elements.without(places));
    }

    /** The same with an element more, or instead of the one that has its key. */
    Sorted<K, T> with(T element) {
        int place = place(key.apply(element));
        if (place >= 0) {
            return new Sorted<>(key, elements.copy().set(place, element).done());
        }
        ChunkedList.Copy<T> copy = elements.first(-1 - place).add(element);
        return new Sorted<>(
                key, copy.addAll(elements, -1 - place, elements.size()).done());
    }

    /** Names what is only here and what is only in another, in order; elements of the same key that are not equal are both named. */
    void compare(Sorted<K, T> other, Consumer<T> here, Consumer<T> there) {
        int one = 0;
        int two = 0;
        while (one < elements.size() || two < other.elements.size()) {
            int same = elements.same(one, other.elements, two);
            one += same;
            two += same;
            T mine = one < elements.size() ? elements.get(one) : null;
            T its = two < other.elements.size() ? other.elements.get(two) : null;
            if (mine == null && its == null) {
                return;
            }
            int order = mine == null ? 1 : its == null ? -1 : key.apply(mine).compareTo(key.apply(its));
            boolean differ = order != 0 || !mine.equals(its);
            if (differ && order <= 0) {
                here.accept(mine);
            }
            if (differ && order >= 0) {
                there.accept(its);
            }
            one += order <= 0 ? 1 : 0;
            two += order >= 0 ? 1 : 0;
        }
    }
}
