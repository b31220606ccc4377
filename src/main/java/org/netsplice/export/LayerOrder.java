package org.netsplice.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a model in the order of Keras: by distance from the outputs, the farthest first, ties in the order in which a walk from
 * the outputs meets them ({@code keras.src.ops.function.map_graph}).
 *
 * @param layers the layers in order, each once
 * @param chain whether every layer is called once and reads just the one before
 */
record LayerOrder(List<Object> layers, boolean chain) {

    /**
     * One call of a layer.
     *
     * @param layer what all calls of the layer have in common
     * @param reads the numbers of the calls it reads, in order
     */
    record Step(Object layer, List<Integer> reads) {}

    /**
     * Orders the layers of calls that have no circle.
     *
     * @param steps the calls, numbered from 0; those no output depends on count as outputs behind the others
     * @param outputs numbers of the calls whose values are outputs, in order
     */
    static LayerOrder of(List<Step> steps, List<Integer> outputs) {
        Map<Object, Integer> met = new HashMap<>();
        List<Integer> finished = new ArrayList<>();
        boolean[] seen = new boolean[steps.size()];
        outputs.forEach(output -> walk(steps, output, seen, met, finished));
        for (int i = steps.size() - 1; i >= 0; i--) {
            walk(steps, i, seen, met, finished);
        }
        Collections.reverse(finished);
        int[] depths = new int[steps.size()];
        Map<Object, Integer> layerDepths = new LinkedHashMap<>();
        for (int number : finished) {
            Step step = steps.get(number);
            int depth = Math.max(depths[number], layerDepths.getOrDefault(step.layer(), 0));
            depths[number] = depth;
            layerDepths.put(step.layer(), depth);
            step.reads().forEach(read -> depths[read] = Math.max(depths[read], depth + 1));
        }
        List<Object> layers = new ArrayList<>(layerDepths.keySet());
        layers.sort(
                Comparator.comparing((Object layer) -> -layerDepths.get(layer)).thenComparing(met::get));
        return new LayerOrder(layers, chain(steps, depths, layers.size()));
    }

    private static boolean chain(List<Step> steps, int[] depths, int layers) {
        boolean[] taken = new boolean[steps.size() + 1];
        for (int i = 0; i < depths.length; i++) {
            if (depths[i] >= steps.size()
                    || taken[depths[i]]
                    || steps.get(i).reads().size() > 1) {
                return false;
            }
            taken[depths[i]] = true;
        }
        return layers == steps.size();
    }

    /** Notes what a walk against the wires meets: layers when they are come to, calls when all they read was left. */
    private static void walk(
            List<Step> steps, int start, boolean[] seen, Map<Object, Integer> met, List<Integer> finished) {
        Deque<int[]> open = new ArrayDeque<>();
        enter(steps, start, seen, met, open);
        while (!open.isEmpty()) {
            int[] top = open.peek();
            List<Integer> reads = steps.get(top[0]).reads();
            if (top[1] < reads.size()) {
                enter(steps, reads.get(top[1]++), seen, met, open);
            } else {
                finished.add(open.pop()[0]);
            }
        }
    }

    private static void enter(
            List<Step> steps, int number, boolean[] seen, Map<Object, Integer> met, Deque<int[]> open) {
        if (!seen[number]) {
            seen[number] = true;
            met.putIfAbsent(steps.get(number).layer(), met.size());
            open.push(new int[] {number, 0});
        }
    }
}
