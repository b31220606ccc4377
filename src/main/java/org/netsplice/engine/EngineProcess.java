package org.netsplice.engine;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** One {@link Child} that runs, seen from the program. One thread at a time asks. */
final class EngineProcess {
    /** Milliseconds between two questions whether the user wants to stop. */
    private static final long LOOK = 25;
    /** Nanoseconds that an engine may take to stop before it is ended. */
    private static final long PATIENCE = 500_000_000;
    /** Nanoseconds until a process that says nothing counts as one that cannot be started. */
    private static final long START = 60_000_000_000L;

    private final Process process;
    private final Path folder;
    private final Wire wire;
    private final BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private boolean ready;

    /**
     * How a process is started.
     *
     * @param java the program that runs Java
     * @param mainClass what it runs, as {@link Child#main}
     * @param heap the most bytes that its objects may take; native memory may be four times that, as in any start of the program
     */
    record Launch(Path java, String mainClass, long heap) {
        /** This program's own Java, classes and limits. */
        static Launch ofProgram() {
            String java = File.separatorChar == '\\' ? "java.exe" : "java";
            return new Launch(
                    Path.of(System.getProperty("java.home"), "bin", java),
                    Child.class.getName(),
                    Runtime.getRuntime().maxMemory());
        }

        private List<String> command(Path folder) {
            List<String> command = new ArrayList<>(List.of(
                    java.toString(),
                    "-Xmx" + Math.max(64, heap >> 20) + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+SuppressFatalErrorMessage",
                    "-Djava.awt.headless=true",
                    "-Dfile.encoding=UTF-8",
                    "-Dorg.deeplearning4j.crash.reporting.enabled=false"));
            System.getProperties().stringPropertyNames().stream()
                    .filter(name -> name.startsWith("org.bytedeco.") || name.equals("java.io.tmpdir"))
                    .sorted()
                    .map(name -> "-D" + name + "=" + System.getProperty(name))
                    .forEach(command::add);
            command.add(mainClass);
            command.add(folder.toString());
            return command;
        }
    }

    private EngineProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.wire = new Wire(new BufferedInputStream(process.getInputStream()), process.getOutputStream());
    }

    /**
     * Starts a process and returns at once.
     *
     * @throws IOException when there is no such program, or the system forbids it
     */
    static EngineProcess start(Launch launch) throws IOException {
        Path folder = Files.createTempDirectory("netsplice-engine");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(launch.command(folder)).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("CLASSPATH", classPath());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            EngineProcess started = new EngineProcess(builder.start(), folder);
            Lane.alone("engine answers", started::read);
            Lane.alone("engine requests", started::write);
            return started;
        } catch (IOException | RuntimeException impossible) {
            Child.remove(folder);
            throw impossible;
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try {
            for (Optional<Message> answer = wire.receive(); answer.isPresent(); answer = wire.receive()) {
                answers.add(answer.get());
            }
        } catch (IOException | OutOfMemoryError broken) {
            System.getLogger(EngineProcess.class.getName()).log(System.Logger.Level.DEBUG, "the pipe", broken);
        } finally {
            process.destroyForcibly();
            answers.add(new Message.Gone());
            requests.add(new Message.Gone());
            Child.remove(folder);
        }
    }

    private void write() {
        try {
            for (Message request = requests.take(); !(request instanceof Message.Gone); request = requests.take()) {
                wire.send(request);
            }
        } catch (IOException gone) {
            System.getLogger(EngineProcess.class.getName()).log(System.Logger.Level.DEBUG, "the pipe", gone);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A folder for files between the two, which is removed with the process. */
    Path folder() {
        return folder;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The number by which the system knows it. */
    long pid() {
        return process.pid();
    }

    /** Waits until it runs; false when it ended before or does not begin. */
    boolean ready(Progress progress) {
        long end = System.nanoTime() + START;
        while (!ready) {
            Message answer = next(progress, "Starting the engine");
            if (answer instanceof Message.Gone || System.nanoTime() > end) {
                end();
                return false;
            }
            ready = answer instanceof Message.Ready;
        }
        return true;
    }

    /** Sends a request that has no answer. */
    void tell(Message request) {
        requests.add(request);
    }

    /** Sends a request and waits for its answer, {@link Message.Gone} when the process ended. When the user stops, it stops or is ended. */
    Message ask(Message request, Progress progress) {
        requests.add(request);
        double fraction = -1;
        String what = "Predicting";
        try {
            while (true) {
                Message answer = poll();
                if (answer instanceof Message.Doing doing) {
                    fraction = doing.fraction();
                    what = doing.what();
                } else if (answer != null) {
                    return answer;
                }
                progress.at(fraction, what);
            }
        } catch (Stopped stopped) {
            stop();
            throw stopped;
        }
    }

    private Message next(Progress progress, String what) {
        Message answer = poll();
        if (answer == null) {
            progress.at(-1, what);
        }
        return answer;
    }

    private Message poll() {
        try {
            return answers.poll(LOOK, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** Asks it to stop what it does, and ends it when it does not. */
    private void stop() {
        requests.add(new Message.Stop());
        long end = System.nanoTime() + PATIENCE;
        Message answer = poll();
        while (System.nanoTime() < end && (answer == null || answer instanceof Message.Doing)) {
            answer = poll();
        }
        if (answer == null || answer instanceof Message.Doing) {
            end();
            reason();
        }
    }

    /** Ends the process at once, whatever it does. */
    void end() {
        process.destroyForcibly();
    }

    /** Ends the process and removes its folder before this returns, because the program may end right after. */
    void close() {
        end();
        reason();
        Child.remove(folder);
    }

    /** Why it ended, in words; waits a moment for the end. */
    String reason() {
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                return "it does not answer";
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "it does not answer";
        }
        int code = process.exitValue();
        return switch (code) {
            case Child.OUT_OF_MEMORY -> "its memory was used up";
            case 137 -> "the system ended it, as it does when memory is short";
            case 134, 136, 139 -> "a fault in native code";
            default -> "exit code " + code;
        };
    }
}
