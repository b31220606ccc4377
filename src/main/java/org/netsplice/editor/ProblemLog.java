package org.netsplice.editor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of what went wrong in the program. It names classes and lines of the program and its libraries, never what a user's files hold:
 * messages of exceptions, which may quote them, are left out, and so are messages of libraries.
 */
public final class ProblemLog {
    private static final int MAX_BYTES = 256 << 10;
    private static final int FILES = 2;
    /** How many calls of each exception are logged: the innermost, where it happened. */
    private static final int MAX_FRAMES = 40;

    private static final String OWN = "org.netsplice";
    /** How much of the log a report holds, in characters; the newest entries are its end. */
    private static final int MAX_REPORTED = 20_000;

    private final Path folder;

    /** A log in a folder. */
    public ProblemLog(Path folder) {
        this.folder = folder;
    }

    /** The log of the user of this computer. */
    public static ProblemLog ofUser() {
        return new ProblemLog(UserFolder.state().resolve("log"));
    }

    /** The folder of its files; {@code netsplice.0.log} is the newest. */
    public Path folder() {
        return folder;
    }

    /** Writes warnings and errors from now on, as far as the folder can be written. */
    public void start() {
        try {
            Files.createDirectories(folder);
            String pattern = folder.toString().replace("%", "%%") + "/netsplice.%g.log";
            FileHandler handler = new FileHandler(pattern, MAX_BYTES, FILES, true);
            handler.setEncoding(StandardCharsets.UTF_8.name());
            handler.setLevel(Level.WARNING);
            handler.setFormatter(new Entry());
            Logger.getLogger("").addHandler(handler);
        } catch (IOException problem) {
            System.getLogger(ProblemLog.class.getName()).log(System.Logger.Level.DEBUG, "no log", problem);
        }
    }

    /** A text to send with a report of a problem: versions, the system, and the newest entries. */
    public String report() {
        Runtime runtime = Runtime.getRuntime();
        return "NetSplice " + Version.text()
                + "\nJava " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
                + "\n" + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors, "
                + (runtime.maxMemory() >> 20) + " MB for the program\n\n"
                + entries();
    }

    private String entries() {
        Path newest = folder.resolve("netsplice.0.log");
        try {
            String text = Files.exists(newest) ? Files.readString(newest) : "";
            String end = text.substring(Math.max(0, text.length() - MAX_REPORTED));
            return end.isEmpty() ? "Nothing went wrong so far.\n" : end;
        } catch (IOException problem) {
            return "The log cannot be read: " + problem.getClass().getName() + "\n";
        }
    }

    private static final class Entry extends Formatter {
        @Override
        public String format(LogRecord entry) {
            boolean own = String.valueOf(entry.getLoggerName()).startsWith(OWN);
            StringBuilder text = new StringBuilder();
            text.append(entry.getInstant())
                    .append(' ')
                    .append(entry.getLevel().getName())
                    .append(' ')
                    .append(entry.getLoggerName())
                    .append(own ? ": " + entry.getMessage() : "")
                    .append('\n');
            Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Throwable problem = entry.getThrown(); problem != null && seen.add(problem); ) {
                text.append("  ").append(problem.getClass().getName()).append('\n');
                Arrays.stream(problem.getStackTrace())
                        .limit(MAX_FRAMES)
                        .forEach(frame -> text.append("    at ").append(frame).append('\n'));
                problem = problem.getCause();
            }
            return text.toString();
        }
    }
}
