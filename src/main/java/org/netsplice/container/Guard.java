package org.netsplice.container;

import java.nio.file.Files;
import java.nio.file.Path;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Limits on what a file may make this program hold in memory. */
public final class Guard {
    /** The largest single piece of a file that is read into memory, in bytes. */
    public static final long LARGEST = 2L << 30;
    /** How many times larger than its compressed form an entry may be once it exceeds {@link #SMALL}. */
    public static final long MOST_EXPANSION = 100;
    /** Entries up to this size may expand at will. */
    public static final long SMALL = 32L << 20;

    private Guard() {}

    /** Refuses a piece that is too large, or that a few stored bytes claim to expand to. */
    public static void check(String file, String inside, long declared, long stored) {
        if (declared < 0 || declared > LARGEST) {
            throw invalid(file, inside, "claims to hold " + declared + " bytes, more than the " + LARGEST + " allowed");
        }
        checkExpansion(file, inside, declared, stored);
    }

    /** Refuses a piece that a few stored bytes claim to expand to. */
    static void checkExpansion(String file, String inside, long declared, long stored) {
        if (declared > SMALL && declared / MOST_EXPANSION > stored) {
            throw invalid(
                    file,
                    inside,
                    "claims to expand from " + stored + " to " + declared
                            + " bytes, which looks like a decompression bomb");
        }
    }

    /** Refuses what is neither a file nor a folder: reading a device, a pipe or a socket may never end. */
    public static void requireFile(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new ModelException.Unreadable(
                    Problem.error(
                            new Where.InFile(path.toString(), ""),
                            "is a device, a pipe or a socket, and only files are opened",
                            "Save what it gives to a file, and open that."),
                    null);
        }
    }

    /** A complaint about a broken file. */
    public static ModelException.Invalid invalid(String file, String inside, String what) {
        return invalid(file, inside, what, null);
    }

    /** A complaint about a broken file, with its cause. */
    public static ModelException.Invalid invalid(String file, String inside, String what, Throwable cause) {
        return new ModelException.Invalid(
                Problem.error(
                        new Where.InFile(file, inside),
                        what,
                        "The file is damaged or not to be trusted; get it again from its source."),
                cause);
    }

    /** A complaint about a file that cannot be read at all. */
    public static ModelException.Unreadable unreadable(String file, Throwable cause) {
        boolean missing = cause instanceof java.nio.file.NoSuchFileException;
        boolean denied = cause instanceof java.nio.file.AccessDeniedException;
        String what = missing
                ? "there is no such file"
                : denied ? "reading it is not permitted" : "cannot be read: " + cause.getMessage();
        String remedy = missing ? "Check the name and the folder." : "Check the permissions and the disk.";
        return new ModelException.Unreadable(Problem.error(new Where.InFile(file, ""), what, remedy), cause);
    }
}
