package org.netsplice.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.problem.Problem;

/** What is concluded otherwise than in the report before; tells what else of that report still holds. */
final class Changes {
    /** With more it is as quick to count everything. */
    private static final int MOST = 8;

    private final List<Inference> gone = new ArrayList<>();
    private final List<Inference> come = new ArrayList<>();
    private boolean faulty;
    private boolean otherFaults;
    private boolean otherJoins;
    private boolean other;

    /** Notes what was concluded about a node before, null when it was not there, and what is concluded now. */
    void add(Inference before, Inference now) {
        faulty |= !now.problems().isEmpty();
        if (before == null || !same(now, before)) {
            other = true;
            otherFaults |= before == null || !now.problems().equals(before.problems());
            otherJoins |= before == null || !now.outputs().equals(before.outputs()) || !now.sameTraits(before);
        }
        if (come.size() > MOST || (before != null && now.countsAs(before))) {
            return;
        }
        come.add(now);
        if (before != null) {
            gone.add(before);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Inference one, Inference two) {
        return one == two || one.equals(two);
    }

    /** Whether single nodes may have other faults than before; it matters whether all wires are as they were. */
    boolean faults(List<Problem> before, boolean wired) {
        return wired ? otherFaults : faulty || !before.isEmpty();
    }

    /** Whether joins may be doubtful otherwise than before while all wires and groups are as they were. */
    boolean joins(boolean doubted) {
        return otherJoins || (doubted && other);
    }

    /** The counts of a report from those of the one before; none when everything is to be counted. */
    Optional<Counts> counts(Report before, Report now) {
        if (come.size() > MOST || !before.concluded() || !now.concluded()) {
            return Optional.empty();
        }
        List<Inference> all = new ArrayList<>(gone);
        for (Node node : before.graph().notIn(now.graph())) {
            if (!now.graph().nodes().containsKey(node.id())) {
                all.add(before.found(node.id()));
            }
        }
        if (all.size() > 2 * MOST || anyShared(all, before.graph()) || anyShared(come, now.graph())) {
            return Optional.empty();
        }
        Counts counts = before.counts();
        for (Inference one : all) {
            counts = counts.plus(one.counts(), -1);
        }
        for (Inference one : come) {
            counts = counts.plus(one.counts(), 1);
        }
        return Optional.of(counts);
    }

    private static boolean anyShared(List<Inference> some, Graph graph) {
        return some.stream()
                .anyMatch(one -> one.counts().parameters() > 0
                        && graph.callsOf(one.node()).size() > 1);
    }
}
