package org.netsplice.dl4j;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.check.Report;
import org.netsplice.graph.Node;
import org.netsplice.graph.WeightSpec;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** How much memory native code may ask for; a failed native allocation kills the process, so it is asked beforehand. */
final class PhysicalMemory {
    private PhysicalMemory() {}

    private static final Path LINUX = Path.of("/proc/meminfo");

    /** Bytes of free memory and of caches that the system would give back, as far as it tells; at least a quarter of all memory. */
    static long available() {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system)) {
            return Long.MAX_VALUE;
        }
        return Math.max(onLinux().orElse(system.getFreeMemorySize()), system.getTotalMemorySize() / 4);
    }

    /** The line {@code MemAvailable: 21504000 kB} that Linux writes. */
    private static Optional<Long> onLinux() {
        if (!Files.isReadable(LINUX)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10);
        } catch (IOException | NumberFormatException unusual) {
            return Optional.empty();
        }
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
