package org.netsplice.dl4j.zip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which DL4J sorts vertices when a file does not hold it: Kahn's algorithm over numbers in hash tables of Java, whose order
 * decides where several vertices could be next. The parameters of a graph stand in this order, so it must be the same one; it was compared
 * with DL4J's on random graphs.
 */
final class VertexOrder {
    private VertexOrder() {}

    /**
     * The inputs and all vertices that can be computed from them, in DL4J's order.
     *
     * @param inputs the names of the inputs
     * @param edges the vertices in the order of the file, each with those it reads
     */
    static List<String> of(List<String> inputs, Map<String, List<String>> edges) {
        List<String> names = new ArrayList<>(inputs);
        names.addAll(edges.keySet());
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            numbers.put(names.get(i), i);
        }
        Map<Integer, Set<Integer>> before = new HashMap<>();
        Map<Integer, Set<Integer>> behind = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Set<Integer> read = new HashSet<>();
            for (String name : edges.getOrDefault(names.get(i), List.of())) {
                int number = numbers.get(name);
                read.add(number);
                behind.computeIfAbsent(number, any -> new HashSet<>()).add(i);
            }
            before.put(i, read);
        }
        Deque<Integer> ready = new ArrayDeque<>();
        before.forEach((number, read) -> {
            if (read.isEmpty()) {
                ready.add(number);
            }
        });
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.removeFirst();
            order.add(names.get(next));
            for (int reader : behind.getOrDefault(next, Set.of())) {
                Set<Integer> left = before.get(reader);
                left.remove(next);
                if (left.isEmpty()) {
                    ready.add(reader);
                }
            }
        }
        return order;
    }
}
