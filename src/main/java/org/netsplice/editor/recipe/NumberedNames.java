package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netsplice.graph.Node;
import org.netsplice.layers.kind.SnakeCase;

/**
 * Blocks of layers that names tell: all layers of a block have the same numbered beginning ({@code block_13_expand},
 * {@code conv5_block3_1_conv}) or the same numbered end ({@code normal_concat_5}). Layers without such a name that lie between
 * those of a block, or are read by it alone, belong to it.
 */
final class NumberedNames {
    /** A block of fewer layers is not worth a box. */
    private static final int MIN_LAYERS = 4;

    private static final Pattern NUMBER = Pattern.compile("\\d+[a-z]?");
    private static final Pattern BEGINNING = Pattern.compile("\\d+[a-z]?(?=[_/.-])");
    private static final Pattern END = Pattern.compile("(?:^|[_/.-])(?:([A-Za-z]+)[_/.-])?(\\d+)$");

    private final Units units;
    private final List<List<String>> beginnings = new ArrayList<>();
    private final List<List<String>> ends = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** A name that a block has in common, such as {@code conv5_block3}, and the same with all numbers replaced. */
    record Key(String text, boolean end) {

        String skeleton() {
            return (end ? "*" : "") + NUMBER.matcher(text).replaceAll("#");
        }
    }

    private NumberedNames(Units units) {
        this.units = units;
        for (int unit = 0; unit < units.size(); unit++) {
            boolean named = units.isSingle(unit) && !units.node(unit).isInput() && !isGiven(units.node(unit));
            String name = named ? units.node(unit).name() : "";
            beginnings.add(beginnings(name));
            ends.add(ends(name));
            beginnings.get(unit).forEach(key -> counts.merge(key, 1, Integer::sum));
            ends.get(unit).forEach(key -> counts.merge("*" + key, 1, Integer::sum));
        }
    }

    /**
     * The blocks of a network, as numbers of its units.
     *
     * @param level 0 for the longest beginnings that are shared, 1 for the next shorter ones, and so on
     */
    static Map<Key, List<Integer>> of(Units units, int level) {
        return new NumberedNames(units).blocks(level);
    }

    /** Whether a name is the one Keras gives to a layer without one, such as {@code conv2d_7}. */
    static boolean isGiven(Node node) {
        String name = node.name().replaceFirst("_\\d+$", "");
        return name.equals(SnakeCase.of(node.layer().className()));
    }

    private static List<String> beginnings(String name) {
        List<String> found = new ArrayList<>();
        Matcher matcher = BEGINNING.matcher(name);
        while (matcher.find()) {
            found.add(0, name.substring(0, matcher.end()));
        }
        return found;
    }

    private static List<String> ends(String name) {
        Matcher matcher = END.matcher(name);
        if (!matcher.find() || matcher.start(2) == 0) {
            return List.of();
        }
        return matcher.group(1) == null
                ? List.of(matcher.group(2))
                : List.of(name.substring(matcher.start(1)), matcher.group(2));
    }

    private Map<Key, List<Integer>> blocks(int level) {
        Map<Key, List<Integer>> members = new LinkedHashMap<>();
        for (int unit = 0; unit < units.size(); unit++) {
            List<String> shared = beginnings.get(unit).stream()
                    .filter(key -> counts.get(key) >= MIN_LAYERS)
                    .toList();
            for (int i = Math.min(level, shared.size() - 1); i >= 0 && i < shared.size(); i++) {
                members.computeIfAbsent(new Key(shared.get(i), false), key -> new ArrayList<>())
                        .add(unit);
            }
            int own = unit;
            ends.get(unit).stream()
                    .filter(key -> counts.get("*" + key) >= MIN_LAYERS)
                    .findFirst()
                    .ifPresent(text -> members.computeIfAbsent(new Key(text, true), key -> new ArrayList<>())
                            .add(own));
        }
        members.values().removeIf(block -> block.size() < MIN_LAYERS);
        Map<Key, List<Integer>> whole = new LinkedHashMap<>();
        members.forEach((key, block) -> {
            List<Integer> closed = units.between(block);
            if (closed.size() <= 2 * block.size()) {
                whole.put(key, closed);
            }
        });
        Map<String, Integer> alike = new TreeMap<>();
        whole.keySet().forEach(key -> alike.merge(key.skeleton(), 1, Integer::sum));
        whole.keySet().removeIf(key -> alike.get(key.skeleton()) < 2);
        return disjoint(whole);
    }

    /** Keeps the smaller and earlier of overlapping blocks, each with the unnamed layers that only it reads. */
    private Map<Key, List<Integer>> disjoint(Map<Key, List<Integer>> whole) {
        Map<Key, List<Integer>> blocks = new LinkedHashMap<>();
        int[] owner = new int[units.size()];
        Arrays.fill(owner, -1);
        List<Map.Entry<Key, List<Integer>>> sorted = new ArrayList<>(whole.entrySet());
        sorted.sort((one, two) ->
                Integer.compare(one.getValue().size(), two.getValue().size()));
        for (Map.Entry<Key, List<Integer>> block : sorted) {
            if (block.getValue().stream().allMatch(unit -> owner[unit] < 0)) {
                block.getValue().forEach(unit -> owner[unit] = blocks.size());
                blocks.put(block.getKey(), new ArrayList<>(block.getValue()));
            }
        }
        List<List<Integer>> all = List.copyOf(blocks.values());
        for (int unit = 0; unit < units.size(); unit++) {
            boolean unnamed =
                    owner[unit] < 0 && units.isSingle(unit) && !units.node(unit).isInput() && isGiven(units.node(unit));
            int[] readers = units.readers(unit);
            if (unnamed && readers.length > 0) {
                int first = owner[readers[0]];
                if (first >= 0 && Arrays.stream(readers).allMatch(reader -> owner[reader] == first)) {
                    all.get(first).add(unit);
                }
            }
        }
        all.forEach(block -> block.sort(null));
        return blocks;
    }
}
