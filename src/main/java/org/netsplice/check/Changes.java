package org.netsplice.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.problem.Problem;

/** What is concluded otherwise than in the report before; tells what else of that report still holds. */
final class Changes {
    private final List<Inference> gone = new ArrayList<>();
    private final List<Inference> come = new ArrayList<>();
    /** Of the nodes that were looked at, each after those that feed it. */
    private final List<Problem> faults = new ArrayList<>();

    private boolean otherFaults;
    private boolean otherJoins;
    private boolean other;

    /** Notes that the same is concluded about a node as before. */
    void same(Inference now) {
        if (!now.problems().isEmpty()) {
            faults.addAll(now.problems());
        }
    }

    /** Notes what was concluded about a node before, null when it was not there, and what is concluded now. */
    void add(Inference before, Inference now) {
        same(now);
        other = true;
        if (before == null) {
            otherFaults = true;
            otherJoins = true;
            count(now, come);
            return;
        }
        otherFaults = otherFaults || !now.problems().equals(before.problems());
        otherJoins = otherJoins || !now.sameOutputs(before) || !now.sameTraits(before);
        if (!now.countsAs(before)) {
            count(now, come);
            count(before, gone);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static void count(Inference one, List<Inference> counted) {
        if (one.counts() != Counts.NONE) {
            counted.add(one);
        }
    }

    /** The faults of single nodes from those of before; none when all nodes are to be looked at. It matters whether all wires are as they were. */
    Optional<List<Problem>> faults(List<Problem> before, boolean wired) {
        if (before.isEmpty()) {
            return Optional.of(faults);
        }
        return wired && !otherFaults ? Optional.of(before) : Optional.empty();
    }

    /** Whether joins may be doubtful otherwise than before while all wires and groups are as they were. */
    boolean joins(boolean doubted) {
        return otherJoins || (doubted && other);
    }

    /** The counts of a report from those of the one before; none when everything is to be counted. */
    Optional<Counts> counts(Report before, Report now) {
        if (!before.concluded() || !now.concluded()) {
            return Optional.empty();
        }
        List<Inference> all = new ArrayList<>(gone);
        for (Node node : before.graph().notIn(now.graph())) {
            if (!now.graph().nodes().containsKey(node.id())) {
                all.add(before.found(node.id()));
            }
        }
        return anyShared(all, before.graph()) || anyShared(come, now.graph())
                ? Optional.empty()
                : Optional.of(before.counts().with(all, come));
    }

    private static boolean anyShared(List<Inference> some, Graph graph) {
        for (Inference one : some) {
            if (one.counts().parameters() > 0 && graph.calls(one.node().weights()) > 1) {
                return true;
            }
        }
        return false;
    }
}
