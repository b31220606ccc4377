package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/**
 * What stands directly in a network: its layers, and the groups inside of it as one unit each. Numbered so that each comes after
 * those it reads, inputs first.
 */
final class Units {
    private final List<List<Node>> units = new ArrayList<>();
    private final List<Boolean> groups = new ArrayList<>();
    private int[][] sources;
    private int[][] readers;

    private Units() {}

    /** The units of a group, or of what is in no group; {@code order} has each layer after those it reads. */
    static Units of(Graph graph, Optional<GroupId> scope, List<Node> order) {
        Map<Object, List<Node>> found = new LinkedHashMap<>();
        for (Node node : order) {
            unit(graph, scope, node)
                    .ifPresent(unit -> found.computeIfAbsent(unit, key -> new ArrayList<>())
                            .add(node));
        }
        Units units = new Units();
        found.forEach((key, nodes) -> {
            units.units.add(nodes);
            units.groups.add(key instanceof GroupId);
        });
        units.connect();
        return units;
    }

    /** The unit of a node: itself, or the group directly in the scope around it; empty when it is outside. */
    private static Optional<Object> unit(Graph graph, Optional<GroupId> scope, Node node) {
        Optional<GroupId> around = graph.groupOf(node.id()).map(group -> group.id());
        if (around.equals(scope)) {
            return Optional.of(node.id());
        }
        while (around.isPresent()) {
            Optional<GroupId> outer = graph.groups().get(around.get()).parent();
            if (outer.equals(scope)) {
                return Optional.of(around.get());
            }
            around = outer;
        }
        return Optional.empty();
    }

    private void connect() {
        Map<NodeId, Integer> places = new HashMap<>();
        for (int unit = 0; unit < units.size(); unit++) {
            for (Node node : units.get(unit)) {
                places.put(node.id(), unit);
            }
        }
        List<TreeSet<Integer>> from = new ArrayList<>();
        List<TreeSet<Integer>> to = new ArrayList<>();
        for (int unit = 0; unit < units.size(); unit++) {
            from.add(new TreeSet<>());
            to.add(new TreeSet<>());
        }
        for (int unit = 0; unit < units.size(); unit++) {
            for (Node node : units.get(unit)) {
                for (Port port : node.inputs()) {
                    Integer source = places.get(port.node());
                    if (source != null && source != unit) {
                        from.get(unit).add(source);
                        to.get(source).add(unit);
                    }
                }
            }
        }
        sources = from.stream()
                .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        readers = to.stream()
                .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    int size() {
        return units.size();
    }

    /** The number of layers. */
    int layers() {
        return units.stream().mapToInt(List::size).sum();
    }

    /** Whether a unit is one layer that stands directly in the network. */
    boolean isSingle(int unit) {
        return !groups.get(unit);
    }

    /** The layer that a unit is. */
    Node node(int unit) {
        return units.get(unit).get(0);
    }

    List<Node> nodes(int unit) {
        return units.get(unit);
    }

    int[] sources(int unit) {
        return sources[unit];
    }

    int[] readers(int unit) {
        return readers[unit];
    }

    /** Some units, and all that lie on a way from one of them to another. */
    List<Integer> between(List<Integer> members) {
        int first = members.stream().mapToInt(Integer::intValue).min().orElse(0);
        int last = members.stream().mapToInt(Integer::intValue).max().orElse(-1);
        boolean[] member = new boolean[Math.max(0, last - first + 1)];
        members.forEach(unit -> member[unit - first] = true);
        boolean[] behind = member.clone();
        for (int unit = first; unit <= last; unit++) {
            behind[unit - first] |= Arrays.stream(sources[unit])
                    .anyMatch(source -> source >= first && source <= last && behind[source - first]);
        }
        boolean[] before = member.clone();
        for (int unit = last; unit >= first; unit--) {
            before[unit - first] |= Arrays.stream(readers[unit])
                    .anyMatch(reader -> reader >= first && reader <= last && before[reader - first]);
        }
        List<Integer> found = new ArrayList<>();
        for (int unit = first; unit <= last; unit++) {
            if (behind[unit - first] && before[unit - first]) {
                found.add(unit);
            }
        }
        return found;
    }

    /**
     * The units with each block as one step, each step after those it reads, inputs first.
     *
     * @param blocks the number of the block of each unit, negative for none; blocks on a cycle are dissolved in it
     */
    List<List<Integer>> steps(int[] blocks) {
        while (true) {
            int[] step = new int[size()];
            List<List<Integer>> steps = new ArrayList<>();
            Map<Integer, Integer> known = new HashMap<>();
            for (int unit = 0; unit < size(); unit++) {
                Integer there = blocks[unit] < 0 ? null : known.putIfAbsent(blocks[unit], steps.size());
                if (there == null) {
                    there = steps.size();
                    steps.add(new ArrayList<>());
                }
                step[unit] = there;
                steps.get(there).add(unit);
            }
            List<List<Integer>> sorted = sorted(steps, step);
            if (sorted.size() == steps.size()) {
                return sorted;
            }
            Set<Integer> done = new HashSet<>();
            sorted.forEach(done::addAll);
            List<List<Integer>> left =
                    steps.stream().filter(one -> !done.contains(one.get(0))).toList();
            if (left.stream().allMatch(one -> one.size() == 1)) {
                sorted.addAll(left);
                return sorted;
            }
            left.stream().filter(one -> one.size() > 1).forEach(one -> one.forEach(unit -> blocks[unit] = -1));
        }
    }

    /** The steps in order; those on a cycle, and what reads them, are absent. */
    private List<List<Integer>> sorted(List<List<Integer>> steps, int[] step) {
        List<TreeSet<Integer>> reads = new ArrayList<>();
        for (int number = 0; number < steps.size(); number++) {
            TreeSet<Integer> own = new TreeSet<>();
            for (int unit : steps.get(number)) {
                Arrays.stream(sources[unit]).map(source -> step[source]).forEach(own::add);
            }
            own.remove(number);
            reads.add(own);
        }
        List<List<Integer>> readBy = new ArrayList<>();
        steps.forEach(each -> readBy.add(new ArrayList<>()));
        for (int number = 0; number < steps.size(); number++) {
            for (int source : reads.get(number)) {
                readBy.get(source).add(number);
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>((one, two) -> {
            boolean input = isInput(steps.get(one));
            return input != isInput(steps.get(two)) ? (input ? -1 : 1) : Integer.compare(one, two);
        });
        int[] missing = reads.stream().mapToInt(TreeSet::size).toArray();
        for (int number = 0; number < missing.length; number++) {
            if (missing[number] == 0) {
                ready.add(number);
            }
        }
        List<List<Integer>> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int number = ready.poll();
            sorted.add(steps.get(number));
            for (int reader : readBy.get(number)) {
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        return sorted;
    }

    boolean isInput(List<Integer> step) {
        return step.size() == 1 && isSingle(step.get(0)) && node(step.get(0)).isInput();
    }
}
