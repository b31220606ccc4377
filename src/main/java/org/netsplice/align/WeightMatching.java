package org.netsplice.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.work.Progress;

/**
 * The order of one network's units in which its weights are most like another's, by the sum of products of their weights: for one group of
 * units after the other the best order is found while those of the others stay, until nothing gets better (“weight matching” of
 * Ainsworth, Hayase and Srinivasa, “Git Re-Basin”, 2023). Such a search ends at an order that no change of one group improves; it
 * starts once from the order as it is and once from the inputs, group by group, and keeps the better end.
 */
public final class WeightMatching {
    /** An order counts as better when the likeness grows by more than this share of it. */
    private static final double LEAST_GROWTH = 1e-9;

    private static final int MOST_SWEEPS = 50;

    private final Symmetry symmetry;
    private final Map<WeightsId, Weights> target;
    private final Map<WeightsId, Weights> moved;

    /** The groups that stand in a tensor. */
    private final Map<List<Object>, Set<Integer>> groupsIn = new HashMap<>();

    private WeightMatching(Symmetry symmetry, Map<WeightsId, Weights> target, Map<WeightsId, Weights> moved) {
        this.symmetry = symmetry;
        this.target = target;
        this.moved = moved;
        for (int group = 0; group < symmetry.sizes().size(); group++) {
            for (Symmetry.Spot spot : symmetry.spots(group)) {
                groupsIn.computeIfAbsent(key(spot), key -> new LinkedHashSet<>())
                        .add(group);
            }
        }
    }

    private static List<Object> key(Symmetry.Spot spot) {
        return List.of(spot.layer(), spot.tensor());
    }

    /**
     * Finds the orders.
     *
     * @param target the weights to be like
     * @param moved weights of the same layers and shapes, to be put in the orders
     * @param seed decides which group comes first
     * @return for each group of the symmetry, which unit of {@code moved} comes first, second and so on
     */
    public static List<int[]> of(
            Symmetry symmetry,
            Map<WeightsId, Weights> target,
            Map<WeightsId, Weights> moved,
            long seed,
            Progress progress) {
        WeightMatching matching = new WeightMatching(symmetry, target, moved);
        List<int[]> asItIs = new ArrayList<>();
        symmetry.sizes().forEach(size -> asItIs.add(identity(size)));
        List<int[]> followed = matching.followed(asItIs, progress.part(0, 0.2));
        matching.improve(asItIs, seed, progress.part(0.2, 0.6));
        matching.improve(followed, seed, progress.part(0.6, 1));
        return matching.likeness(followed) > matching.likeness(asItIs) * (1 + LEAST_GROWTH) ? followed : asItIs;
    }

    private static int[] identity(int size) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        return order;
    }

    /** Orders found group by group from the inputs, each by the weights whose other groups are known by then. */
    private List<int[]> followed(List<int[]> start, Progress progress) {
        List<int[]> orders = new ArrayList<>(start);
        Set<Integer> known = new LinkedHashSet<>();
        for (int group = 0; group < orders.size(); group++) {
            progress.at((double) group / orders.size(), "Aligning");
            int own = group;
            List<Symmetry.Spot> sure = symmetry.spots(group).stream()
                    .filter(spot ->
                            groupsIn.get(key(spot)).stream().allMatch(other -> other == own || known.contains(other)))
                    .toList();
            if (!sure.isEmpty()) {
                orders.set(group, Assignment.best(gains(group, sure, orders)));
            }
            known.add(group);
        }
        return orders;
    }

    private void improve(List<int[]> orders, long seed, Progress progress) {
        Random random = new Random(seed);
        List<Integer> groups = new ArrayList<>();
        for (int group = 0; group < orders.size(); group++) {
            groups.add(group);
        }
        boolean better = true;
        for (int sweep = 0; better && sweep < MOST_SWEEPS; sweep++) {
            better = false;
            Collections.shuffle(groups, random);
            for (int group : groups) {
                progress.at(-1, "Aligning");
                int[] before = orders.get(group);
                double likeness = likeness(orders, symmetry.spots(group));
                orders.set(group, Assignment.best(gains(group, symmetry.spots(group), orders)));
                if (likeness(orders, symmetry.spots(group)) > likeness + LEAST_GROWTH * Math.abs(likeness)) {
                    better = true;
                } else {
                    orders.set(group, before);
                }
            }
        }
    }

    private double likeness(List<int[]> orders) {
        List<Symmetry.Spot> all = new ArrayList<>();
        for (int group = 0; group < orders.size(); group++) {
            all.addAll(symmetry.spots(group));
        }
        return likeness(orders, all);
    }

    /** The sum of the products of the weights of the tensors at these spots. */
    private double likeness(List<int[]> orders, List<Symmetry.Spot> spots) {
        Set<List<Object>> seen = new LinkedHashSet<>();
        double sum = 0;
        for (Symmetry.Spot spot : spots) {
            if (seen.add(key(spot))) {
                Tensor one = target.get(spot.layer()).tensors().get(spot.tensor());
                Tensor two = ordered(spot, orders, -1);
                for (int i = 0; i < one.length(); i++) {
                    sum += one.numberAt(i) * two.numberAt(i);
                }
            }
        }
        return sum;
    }

    /** The moved tensor of a spot in these orders, but with the units of a group as they are along the axis of the spot. */
    private Tensor ordered(Symmetry.Spot spot, List<int[]> orders, int except) {
        Tensor tensor = moved.get(spot.layer()).tensors().get(spot.tensor());
        for (int group : groupsIn.get(key(spot))) {
            for (Symmetry.Spot other : symmetry.spots(group)) {
                boolean here = other.layer().equals(spot.layer()) && other.tensor() == spot.tensor();
                if (here && !(group == except && other.axis() == spot.axis())) {
                    tensor = Symmetry.picked(tensor, other, orders.get(group));
                }
            }
        }
        return tensor;
    }

    /** How much it adds to the likeness when a unit of the moved network (column) comes where one of the target is (row). */
    private double[][] gains(int group, List<Symmetry.Spot> spots, List<int[]> orders) {
        int size = symmetry.sizes().get(group);
        double[][] gains = new double[size][size];
        for (Symmetry.Spot spot : spots) {
            double[][] one = byEntry(target.get(spot.layer()).tensors().get(spot.tensor()), spot);
            double[][] two = byEntry(ordered(spot, orders, group), spot);
            for (int entry = 0; entry < one.length; entry++) {
                for (int i = 0; i < size; i++) {
                    double factor = one[entry][i];
                    double[] row = gains[i];
                    double[] other = two[entry];
                    for (int j = 0; factor != 0 && j < size; j++) {
                        row[j] += factor * other[j];
                    }
                }
            }
        }
        return gains;
    }

    /** For every other index of a tensor the weights of all units. */
    private static double[][] byEntry(Tensor tensor, Symmetry.Spot spot) {
        Shape shape = tensor.shape();
        int inner = (int) shape.axes(spot.axis() + 1, shape.rank()).elements();
        int along = (int) shape.size(spot.axis());
        int outer = tensor.length() / inner / along;
        int repeats = spot.positions()[0].length;
        double[][] entries = new double[outer * repeats * inner][spot.positions().length];
        int entry = 0;
        for (int before = 0; before < outer; before++) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                for (int behind = 0; behind < inner; behind++) {
                    for (int unit = 0; unit < spot.positions().length; unit++) {
                        int position = spot.positions()[unit][repeat];
                        entries[entry][unit] = tensor.numberAt((before * along + position) * inner + behind);
                    }
                    entry++;
                }
            }
        }
        return entries;
    }
}
