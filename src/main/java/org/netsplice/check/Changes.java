package org.netsplice.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;

/** What is concluded otherwise than in the report before; used to count anew what has changed only. */
final class Changes {
    /** With more it is as quick to count everything. */
    private static final int MOST = 8;

    private final List<Inference> gone = new ArrayList<>();
    private final List<Inference> come = new ArrayList<>();

    /** Notes what was concluded about a node before, null when it was not there, and what is concluded now, if it counts otherwise. */
    void add(Inference before, Inference now) {
        if (come.size() > MOST || (before != null && now.countsAs(before))) {
            return;
        }
        come.add(now);
        if (before != null) {
            gone.add(before);
        }
    }

    /** The counts of a report from those of the one before; none when everything is to be counted. */
    Optional<Counts> counts(Report before, Report now) {
        if (come.size() > MOST || before.order().isEmpty() || now.order().isEmpty()) {
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
