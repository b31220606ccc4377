package org.netsplice.dl4j.zip;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives every name once: one that is taken gets a number. Not thread-safe. */
final class FreeNames {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The name wanted, or the first of {@code wanted_2}, {@code wanted_3}, … that is free. */
    String take(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name = wanted + "_" + (numbers.merge(wanted, 1, Integer::sum) + 1);
        }
        return name;
    }

    /** Makes a name free again. */
    void release(String name) {
        taken.remove(name);
    }
}
