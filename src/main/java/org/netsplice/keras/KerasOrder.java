package org.netsplice.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.keras.Folded.Place;

/**
 * The order in which Keras 3 lists the layers of a functional model, by which it also numbers their weights: by depth, then by the order in
 * which a walk from the outputs meets them. Source: {@code keras.src.ops.function.map_graph}.
 */
final class KerasOrder {
    private KerasOrder() {}

    /** One call of an entry. */
    private record Step(Entry entry, int call) {
        List<Step> before() {
            List<Step> before = new ArrayList<>();
            if (!entry.isInput()) {
                entry.calls().get(call).inputs().forEach(place -> before.add(new Step(place.layer(), place.call())));
            }
            return before;
        }
    }

    static List<Entry> of(Collection<Entry> entries, List<Place> inputs, List<Place> outputs) {
        Map<Entry, Integer> met = new HashMap<>();
        List<Step> steps = walk(outputs, met);
        Map<Step, Integer> depths = new HashMap<>();
        Map<Entry, Integer> depth = new LinkedHashMap<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            int own = Math.max(depths.getOrDefault(step, 0), depth.getOrDefault(step.entry(), 0));
            depth.put(step.entry(), own);
            depths.put(step, own);
            step.before().forEach(source -> depths.merge(source, own + 1, Math::max));
        }
        for (Place input : inputs) {
            depth.putIfAbsent(input.layer(), 0);
            met.putIfAbsent(input.layer(), -1);
        }
        List<Entry> ordered = new ArrayList<>(depth.keySet());
        ordered.sort(
                Comparator.<Entry, Integer>comparing(entry -> -depth.get(entry)).thenComparing(met::get));
        entries.stream().filter(entry -> !depth.containsKey(entry)).forEach(ordered::add);
        return ordered;
    }

    /** The calls, each after the calls it reads; {@code met} numbers the layers in the order in which the walk meets them. */
    private static List<Step> walk(List<Place> outputs, Map<Entry, Integer> met) {
        List<Step> finished = new ArrayList<>();
        Set<Step> done = new HashSet<>();
        Map<Step, Iterator<Step>> waiting = new HashMap<>();
        for (Place output : outputs) {
            Deque<Step> stack = new ArrayDeque<>();
            stack.push(new Step(output.layer(), output.call()));
            while (!stack.isEmpty()) {
                Step step = stack.peek();
                if (done.contains(step)) {
                    stack.pop();
                    continue;
                }
                met.putIfAbsent(step.entry(), met.size());
                Iterator<Step> before =
                        waiting.computeIfAbsent(step, any -> step.before().iterator());
                if (before.hasNext()) {
                    stack.push(before.next());
                } else {
                    done.add(step);
                    finished.add(step);
                    stack.pop();
                }
            }
        }
        return finished;
    }
}
