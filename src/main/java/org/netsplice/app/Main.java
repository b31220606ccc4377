package org.netsplice.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogManager;
import org.netsplice.cli.Program;
import org.netsplice.dl4j.Dl4jExporter;
import org.netsplice.dl4j.JavaExporter;
import org.netsplice.dl4j.zip.DescribingExporter;
import org.netsplice.dl4j.zip.Dl4jImporter;
import org.netsplice.editor.UserFolder;
import org.netsplice.format.Exporter;
import org.netsplice.format.Formats;
import org.netsplice.gui.window.App;
import org.netsplice.keras.Hdf5Exporter;
import org.netsplice.keras.KerasExporter;
import org.netsplice.keras.KerasImporter;
import org.netsplice.keras.PythonExporter;
import org.netsplice.onnx.OnnxImporter;
import org.netsplice.onnx.write.OnnxExporter;
import org.netsplice.problem.Printable;
import org.netsplice.splice.SpliceFile;
import org.netsplice.work.Ending;

/** Starts the program: a command when one is named, else the window. */
public final class Main {
    private Main() {}

    /** All formats, wired together. */
    public static Formats formats() {
        SpliceFile splice = new SpliceFile();
        Exporter zip = new DescribingExporter(new Dl4jExporter());
        return new Formats(
                List.of(splice, new KerasImporter(), new OnnxImporter(), new Dl4jImporter()),
                List.of(
                        splice,
                        new KerasExporter(),
                        new Hdf5Exporter(),
                        new PythonExporter(),
                        new OnnxExporter(),
                        zip,
                        new JavaExporter(zip)));
    }

    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.setProperty("org.deeplearning4j.crash.reporting.enabled", "false");
        JvmWarnings.silence();
        quietLogging();
        int code = answer(Request.of(args));
        Ending.prepare();
        System.exit(code);
    }

    private static int answer(Request request) {
        if (request instanceof Request.Command command) {
            return run(command.words().toArray(String[]::new));
        } else if (request instanceof Request.Window window) {
            return window(window);
        }
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
                .println(((Request.Refused) request).text());
        return Program.USAGE;
    }

    /** Opens the window with files, in the one that is open already if there is one; where none can open, says why. */
    private static int window(Request.Window window) {
        Optional<String> obstacle = Display.obstacle();
        if (obstacle.isPresent()) {
            return withoutWindow(window, obstacle.get());
        }
        OneWindow.Meeting meeting = window.sample()
                ? OneWindow.Meeting.ALONE
                : OneWindow.meet(UserFolder.state().resolve("window"), Display.place(), window.files());
        if (meeting.taken()) {
            return 0;
        }
        try {
            App.open(
                    formats(),
                    window.files(),
                    window.sample(),
                    opened -> meeting.first().ifPresent(first -> first.listen(opened)));
            return 0;
        } catch (UnsupportedOperationException problem) {
            return withoutWindow(window, "no window can open here: " + problem.getMessage());
        } finally {
            meeting.first().ifPresent(OneWindow::close);
        }
    }

    /** Says why no window can open; the tour follows unless the user asked for files. */
    private static int withoutWindow(Request.Window window, String obstacle) {
        System.err.println("netsplice: " + obstacle);
        if (window.files().isEmpty()) {
            System.err.println("  The tour of the two tutorials follows instead; netsplice --help lists the commands.");
            return run("tour");
        }
        System.err.println("  Commands need no window: netsplice summary "
                + Printable.name(window.files().get(0).toString()) + "; netsplice --help lists them.");
        return Program.USAGE;
    }

    /** Runs a command on the standard streams, in UTF-8. */
    static int run(String... args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        return Program.run(args, out, err, formats(), isTerminal());
    }

    /** Whether the error stream is a terminal, as far as the system shows it. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException problem) {
            return false;
        }
    }

    private static void quietLogging() {
        try (InputStream settings = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
