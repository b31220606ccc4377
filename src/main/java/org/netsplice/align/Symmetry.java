package org.netsplice.align;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;

/**
 * The groups of units of a network whose order means nothing: a network with the units of a group in another order, in all weights that
 * know them, predicts the same. Inputs, outputs and everything a layer says nothing about keep their order. Immutable.
 */
public final class Symmetry {

    /**
     * An axis of a tensor that holds units of a group.
     *
     * @param tensor which of the layer's weights
     * @param axis counted from 0
     * @param positions for every unit, where it stands along the axis; as many positions for each
     */
    record Spot(WeightsId layer, int tensor, int axis, int[][] positions) {}

    private final List<Integer> sizes;
    private final List<List<Spot>> spots;

    private Symmetry(List<Integer> sizes, List<List<Spot>> spots) {
        this.sizes = List.copyOf(sizes);
        this.spots = List.copyOf(spots);
    }

    /** The number of units of each group, in the order of the graph. */
    public List<Integer> sizes() {
        return sizes;
    }

    /** Where the units of a group stand. */
    List<Spot> spots(int group) {
        return spots.get(group);
    }

    /** Finds the groups of a graph without problems. */
    public static Symmetry of(Graph graph) {
        return new Search(graph).found();
    }

    /**
     * Puts units in another order.
     *
     * @param weights known weights of the graph
     * @param orders for each group, which unit comes first, second and so on
     */
    public Map<WeightsId, Weights> ordered(Map<WeightsId, Weights> weights, List<int[]> orders) {
        Map<WeightsId, List<Tensor>> changed = new HashMap<>();
        for (int group = 0; group < sizes.size(); group++) {
            for (Spot spot : spots.get(group)) {
                List<Tensor> tensors = changed.computeIfAbsent(
                        spot.layer(),
                        layer -> new ArrayList<>(weights.get(layer).tensors()));
                tensors.set(spot.tensor(), picked(tensors.get(spot.tensor()), spot, orders.get(group)));
            }
        }
        Map<WeightsId, Weights> all = new HashMap<>(weights);
        changed.forEach((layer, tensors) -> all.put(layer, new Weights(tensors)));
        return all;
    }

    /** The tensor with the units of a spot in another order. */
    static Tensor picked(Tensor tensor, Spot spot, int... order) {
        int[] along = new int[(int) tensor.shape().size(spot.axis())];
        for (int i = 0; i < along.length; i++) {
            along[i] = i;
        }
        for (int unit = 0; unit < order.length; unit++) {
            for (int i = 0; i < spot.positions()[unit].length; i++) {
                along[spot.positions()[unit][i]] = spot.positions()[order[unit]][i];
            }
        }
        int inner = (int)
                tensor.shape().axes(spot.axis() + 1, tensor.shape().rank()).elements();
        int[] places = new int[tensor.length()];
        for (int i = 0; i < places.length; i++) {
            int position = i / inner % along.length;
            places[i] = i + (along[position] - position) * inner;
        }
        return tensor.picked(tensor.shape(), places);
    }

    /** Follows the units through the graph, from the inputs to the outputs. */
    private static final class Search {
        private final Graph graph;
        private final Report report;
        private final Labels labels = new Labels();
        private final Map<Port, List<long[]>> ports = new HashMap<>();
        private final Map<WeightsId, List<List<long[]>>> weights = new LinkedHashMap<>();

        /** The units of bonds that have weights, by layer and these weights' places, for further calls of the layer. */
        private final Map<List<Object>, long[]> known = new HashMap<>();

        Search(Graph graph) {
            this.graph = graph;
            report = Report.of(graph);
        }

        Symmetry found() {
            report.order().forEach(this::visit);
            graph.outputs().forEach(output -> axes(output.port()).forEach(labels::fix));
            Map<Integer, List<Spot>> byGroup = new LinkedHashMap<>();
            weights.forEach((layer, tensors) -> {
                for (int tensor = 0; tensor < tensors.size(); tensor++) {
                    for (int axis = 0; axis < tensors.get(tensor).size(); axis++) {
                        gather(layer, tensor, axis, tensors.get(tensor).get(axis), byGroup);
                    }
                }
            });
            return new Symmetry(byGroup.keySet().stream().map(labels::size).toList(), List.copyOf(byGroup.values()));
        }

        private void gather(WeightsId layer, int tensor, int axis, long[] entries, Map<Integer, List<Spot>> byGroup) {
            Map<Integer, List<List<Integer>>> positions = new LinkedHashMap<>();
            for (int i = 0; i < entries.length; i++) {
                long label = labels.now(entries[i]);
                if (label != Labels.FIXED) {
                    List<List<Integer>> units = positions.computeIfAbsent(Labels.group(label), group -> {
                        List<List<Integer>> empty = new ArrayList<>();
                        for (int unit = 0; unit < labels.size(group); unit++) {
                            empty.add(new ArrayList<>());
                        }
                        return empty;
                    });
                    units.get(Labels.place(label)).add(i);
                }
            }
            positions.forEach((group, units) -> byGroup.computeIfAbsent(group, key -> new ArrayList<>())
                    .add(new Spot(
                            layer,
                            tensor,
                            axis,
                            units.stream()
                                    .map(unit -> unit.stream()
                                            .mapToInt(Integer::intValue)
                                            .toArray())
                                    .toArray(int[][]::new))));
        }

        private List<long[]> axes(Port port) {
            return ports.getOrDefault(port, List.of());
        }

        private long[] axis(Port port, int axis) {
            List<long[]> axes = axes(port);
            return axis < axes.size() ? axes.get(axis) : Labels.UNCOUNTED;
        }

        private void visit(Node node) {
            List<TensorSpec> outputs = report.outputs(node.id());
            for (int i = 0; i < outputs.size(); i++) {
                ports.put(new Port(node.id(), i), fixed(outputs.get(i).shape()));
            }
            boolean trained = graph.weights().containsKey(node.weights());
            if (trained) {
                weights.computeIfAbsent(
                        node.weights(),
                        layer -> graph.weights().get(layer).tensors().stream()
                                .map(tensor -> fixed(tensor.shape()))
                                .toList());
            }
            List<Axes.Bond> bonds = bonds(node);
            Set<List<Integer>> covered = new HashSet<>();
            for (Axes.Bond bond : bonds) {
                bond.places().stream()
                        .filter(place -> place.of() == Axes.Of.INPUT)
                        .forEach(place -> covered.add(List.of(place.index(), place.axis())));
                bind(node, bond);
            }
            for (int i = 0; i < node.inputs().size(); i++) {
                List<long[]> axes = axes(node.inputs().get(i));
                for (int axis = 0; axis < axes.size(); axis++) {
                    if (!covered.contains(List.of(i, axis))) {
                        labels.fix(axes.get(axis));
                    }
                }
            }
        }

        private List<Axes.Bond> bonds(Node node) {
            List<TensorSpec> inputs = report.inputs(node.id());
            boolean usable = node.layer() instanceof ComputedLayer
                    && inputs.size() == node.inputs().size()
                    && !report.outputs(node.id()).isEmpty()
                    && !inputs.isEmpty();
            return usable ? ((ComputedLayer) node.layer()).axes(inputs).bonds() : List.of();
        }

        private static List<long[]> fixed(Shape shape) {
            List<long[]> axes = new ArrayList<>();
            for (int axis = 0; axis < shape.rank(); axis++) {
                axes.add(Labels.fixed(shape.size(axis)));
            }
            return axes;
        }

        private void bind(Node node, Axes.Bond bond) {
            List<Axes.Place> learned = bond.places().stream()
                    .filter(place -> place.of() == Axes.Of.WEIGHT)
                    .toList();
            long[] units = null;
            for (Axes.Place place : bond.places()) {
                if (place.of() == Axes.Of.INPUT) {
                    long[] given = axis(node.inputs().get(place.index()), place.axis());
                    units = units == null ? given : labels.same(units, given);
                }
            }
            List<Object> key = List.of(node.weights(), learned);
            long[] before = learned.isEmpty() ? null : known.get(key);
            if (before != null) {
                units = units == null ? before : labels.same(before, units);
            }
            if (units == null) {
                units = labels.fresh(bond.size());
            }
            if (!learned.isEmpty()) {
                known.put(key, units);
            }
            boolean whole = units.length == bond.size();
            for (Axes.Place place : bond.places()) {
                if (place.of() != Axes.Of.INPUT && !(whole && written(node, place, bond.size(), units))) {
                    labels.fix(units);
                }
            }
        }

        /** Writes units to a place; not where there is no such axis, or weights that have no order to change. */
        private boolean written(Node node, Axes.Place place, int size, long[] units) {
            List<long[]> axes = List.of();
            if (place.of() == Axes.Of.OUTPUT) {
                axes = axes(new Port(node.id(), place.index()));
            } else if (weights.containsKey(node.weights()) && isFloating(node.weights(), place.index())) {
                axes = weights.get(node.weights()).get(place.index());
            }
            int last = place.position(size, place.repeats() - 1, size - 1, place.stride() - 1);
            if (place.axis() >= axes.size() || last >= axes.get(place.axis()).length) {
                return false;
            }
            for (int repeat = 0; repeat < place.repeats(); repeat++) {
                for (int entry = 0; entry < size; entry++) {
                    for (int neighbour = 0; neighbour < place.stride(); neighbour++) {
                        int position = place.position(size, repeat, entry, neighbour);
                        labels.write(axes.get(place.axis()), position, units[entry]);
                    }
                }
            }
            return true;
        }

        private boolean isFloating(WeightsId layer, int tensor) {
            List<Tensor> tensors = graph.weights().get(layer).tensors();
            return tensor < tensors.size() && tensors.get(tensor).dtype().floating();
        }
    }
}
