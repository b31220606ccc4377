package org.netsplice.problem;

import java.util.Locale;

/** Sizes of memory in words, and what helps when it is used up. */
public final class MemoryShortage {
    private static final double MEGABYTE = (double) (1L << 20);
    private static final double GIGABYTE = (double) (1L << 30);

    /** The share of the free memory that one thing may take. */
    private static final double MAX_SHARE = 0.5;

    private MemoryShortage() {}

    /** Bytes as people write them, such as {@code 2.3 GB}; at least 1 MB. */
    public static String size(double bytes) {
        return bytes >= GIGABYTE
                ? String.format(Locale.ROOT, "%,.1f GB", bytes / GIGABYTE)
                : Math.max(1, Math.round(bytes / MEGABYTE)) + " MB";
    }

    /**
     * The problem that the memory of the Java machine is used up.
     *
     * @param what what happened, without the size of the memory
     * @param remedy what else helps, as a sentence
     */
    public static Problem problem(Where where, String what, String remedy) {
        return Problem.error(
                where,
                what + "; the program may use " + size((double) limit()) + " in all",
                remedy + " Or give the program more: java -Xmx" + more() + "g -jar netsplice.jar …");
    }

    /** Whether a failure, or what caused it, is that memory is used up. */
    public static boolean caused(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** Whether something of this size should not be made: others need room beside it, and large arrays need room without gaps. */
    public static boolean excludes(double bytes) {
        if (bytes <= room()) {
            return false;
        }
        /* What is no longer used counts as used until it is collected. */
        System.gc();
        return bytes > room();
    }

    private static double room() {
        Runtime runtime = Runtime.getRuntime();
        return MAX_SHARE * (limit() - runtime.totalMemory() + runtime.freeMemory());
    }

    /** The bytes that all objects of the program may take. */
    public static long limit() {
        return Runtime.getRuntime().maxMemory();
    }

    /** Twice the present limit, in whole gigabytes. */
    private static long more() {
        return Math.max(2, Math.round(2.0 * limit() / GIGABYTE));
    }
}
