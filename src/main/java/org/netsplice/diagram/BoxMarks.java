package org.netsplice.diagram;

import java.util.HashSet;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What is marked on boxes beside what is known about their nodes alone.
 *
 * @param outputs nodes that are outputs of the document
 * @param faulty nodes with an error
 * @param shared nodes that call a layer that others call too
 */
record BoxMarks(Set<NodeId> outputs, Set<NodeId> faulty, Set<NodeId> shared) {

    static BoxMarks of(Report report) {
        return new BoxMarks(outputs(report), faulty(report), shared(report.graph()));
    }

    private static Set<NodeId> outputs(Report report) {
        Set<NodeId> found = new HashSet<>();
        report.graph().outputs().stream().map(Output::port).forEach(port -> found.add(port.node()));
        return found;
    }

    private static Set<NodeId> faulty(Report report) {
        Set<NodeId> found = new HashSet<>();
        for (Problem problem : report.problems()) {
            if (problem.where() instanceof Where.AtNode at && problem.severity() == Problem.Severity.ERROR) {
                found.add(new NodeId(at.node()));
            }
        }
        return found;
    }

    private static Set<NodeId> shared(Graph graph) {
        Set<NodeId> found = new HashSet<>();
        for (Node node : graph.nodes().values()) {
            if (graph.isShared(node.weights())) {
                found.add(node.id());
            }
        }
        return found;
    }

    /** Adds the nodes that are marked in another way elsewhere. */
    void differing(BoxMarks other, Set<NodeId> found) {
        differing(outputs, other.outputs, found);
        differing(faulty, other.faulty, found);
        differing(shared, other.shared, found);
    }

    private static void differing(Set<NodeId> one, Set<NodeId> two, Set<NodeId> found) {
        one.stream().filter(id -> !two.contains(id)).forEach(found::add);
        two.stream().filter(id -> !one.contains(id)).forEach(found::add);
    }
}
