package org.netsplice.dl4j;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.check.Report;
import org.netsplice.graph.Node;
import org.netsplice.graph.WeightSpec;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** How much memory native code may ask for; a failed native allocation kills the process, so it is asked beforehand. */
public final class PhysicalMemory {
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

    /**
     * Says when the weights of a network and the values of one row would not fit: all weights are held in native memory and once more
     * while they are copied, and start weights are drawn in the memory of the Java machine.
     */
    static List<Problem> problems(Report report, List<Node> needed) {
        double weights = 0;
        double largestDrawn = 0;
        for (Node node : needed) {
            double own = 0;
            for (WeightSpec spec : report.weights(node.id())) {
                own += (double) spec.shape().elements();
            }
            weights += own;
            largestDrawn = report.untrained(node.id()) ? Math.max(largestDrawn, own) : largestDrawn;
        }
        double heap = 2 * Float.BYTES * largestDrawn;
        if (heap > (double) MemoryShortage.limit()) {
            return List.of(MemoryShortage.problem(
                    Where.NOWHERE,
                    "start weights of " + String.format(Locale.ROOT, "%,.0f", largestDrawn)
                            + " numbers in one layer take " + MemoryShortage.size(heap) + " while they are drawn",
                    "Use a smaller layer."));
        }
        return problems(2 * Float.BYTES * weights + (double) report.counts().activationBytes());
    }

    /** Says when this many bytes are not there. */
    public static List<Problem> problems(double wanted) {
        double available = (double) available();
        if (wanted <= available) {
            return List.of();
        }
        return List.of(Problem.error(
                Where.NOWHERE,
                "needs about " + megabytes(wanted) + " MB of memory, but only " + megabytes(available) + " MB are free",
                "Close other programs, use smaller batches, or use a smaller network."));
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / (1 << 20));
    }
}
