package org.netsplice.dl4j;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.netsplice.check.Report;
import org.netsplice.graph.Node;
import org.netsplice.graph.WeightSpec;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** How much memory native code may ask for; a failed native allocation kills the process, so it is asked beforehand. */
final class PhysicalMemory {
    private PhysicalMemory() {}

    /** Bytes of free memory, caches that the system would give back not counted. */
    static long available() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.max(system.getFreeMemorySize(), system.getTotalMemorySize() / 4)
                : Long.MAX_VALUE;
    }

    /** Says when a network's weights and the values of one row would not fit. */
    static List<Problem> problems(Report report, List<Node> needed) {
        long weights = 0;
        for (Node node : needed) {
            for (WeightSpec spec : report.weights(node.id())) {
                weights += 4 * spec.shape().elements();
            }
        }
        return problems(2 * weights + report.counts().activationBytes());
    }

    /** Says when this many bytes are not there. */
    static List<Problem> problems(long wanted) {
        long available = available();
        if (wanted >= 0 && wanted <= available) {
            return List.of();
        }
        return List.of(Problem.error(
                Where.NOWHERE,
                "needs about " + (wanted >> 20) + " MB of memory, but only " + (available >> 20) + " MB are free",
                "Close other programs, use smaller batches, or use a smaller network."));
    }
}
