package org.netsplice.engine;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Engine;
import org.netsplice.edit.Document;
import org.netsplice.format.Head;
import org.netsplice.format.Opened;
import org.netsplice.graph.Tensor;
import org.netsplice.ort.Engines;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.splice.SpliceFile;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;
import org.netsplice.work.Work;

/**
 * The process that computes. It takes requests from its standard input and answers on its standard output, does one at a time, and ends
 * when its input ends, whatever it is doing then: so it never outlives the program that started it.
 */
public final class Child {
    /** The exit code when memory is used up. */
    static final int OUT_OF_MEMORY = 3;
    /** Nanoseconds between two words about progress. */
    private static final long BETWEEN = 50_000_000;

    private final Wire wire;
    private final Compilation compilation;
    private final Map<Integer, CompiledNetwork> networks = new HashMap<>();
    private volatile boolean stop;
    private long told;

    /** How documents are prepared. */
    @FunctionalInterface
    public interface Compilation {
        CompiledNetwork compile(Engines engine, Document document, Progress progress);
    }

    private Child(Wire wire, Compilation compilation) {
        this.wire = wire;
        this.compilation = compilation;
    }

    /** Serves until its input ends; the argument is a folder that is removed then, with the files in it. */
    public static void main(String[] arguments) {
        Lane.ENGINE.run(Engine::start);
        serve(Engines::compile, Path.of(arguments[0]));
    }

    /** Serves until its input ends, which ends the process. */
    public static void serve(Compilation compilation, Path folder) {
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Child child =
                new Child(new Wire(new BufferedInputStream(new FileInputStream(FileDescriptor.in)), out), compilation);
        try {
            child.wire.send(new Message.Ready());
            for (Optional<Message> request = child.wire.receive();
                    request.isPresent();
                    request = child.wire.receive()) {
                child.take(request.get());
            }
        } catch (IOException broken) {
            System.getLogger(Child.class.getName()).log(System.Logger.Level.DEBUG, "the pipe", broken);
        } finally {
            remove(folder);
            Runtime.getRuntime().halt(0);
        }
    }

    /** Removes a folder and the files in it; what is gone already is no fault. */
    static void remove(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException | UncheckedIOException problem) {
            System.getLogger(Child.class.getName()).log(System.Logger.Level.DEBUG, "not removed", problem);
        }
    }

    private void take(Message request) {
        if (request instanceof Message.Stop) {
            stop = true;
        } else if (request instanceof Message.Close close) {
            Lane.ENGINE.run(() -> networks.remove(close.number()));
        } else if (request instanceof Message.Open open) {
            stop = false;
            answer(progress -> open(open, progress));
        } else if (request instanceof Message.Compute compute) {
            stop = false;
            answer(progress -> compute(compute, progress));
        }
    }

    private Message open(Message.Open open, Progress progress) {
        Head head = Head.of(open.file());
        Opened opened = new SpliceFile().read(head, Optional.empty(), progress.part(0, 0.3));
        Document document = ((Opened.Project) opened).document();
        networks.put(open.number(), compilation.compile(open.engine(), document, progress.part(0.3, 1)));
        return new Message.Ready();
    }

    private Message compute(Message.Compute compute, Progress progress) {
        CompiledNetwork network = networks.get(compute.number());
        List<Tensor> outputs = network.computation().compute(compute.inputs(), progress);
        return new Message.Computed(outputs, network.computation().engine());
    }

    private void answer(Work<Message> work) {
        Lane.ENGINE.start(progress -> work.run(this::told), Runnable::run, new Lane.Outcome<Message>() {
            @Override
            public void progress(double fraction, String what) {}

            @Override
            public void done(Message result) {
                send(result);
            }

            @Override
            public void failed(Throwable problem) {
                if (MemoryShortage.caused(problem)) {
                    Runtime.getRuntime().halt(OUT_OF_MEMORY);
                }
                send(problem instanceof ModelException known ? new Message.Refused(known) : failure(problem));
            }

            @Override
            public void stopped() {
                send(new Message.Ended());
            }
        });
    }

    private static Message failure(Throwable problem) {
        StackTraceElement[] places = problem.getStackTrace();
        return new Message.Failed(problem + (places.length == 0 ? "" : " at " + places[0]));
    }

    private void told(double fraction, String what) {
        if (stop) {
            throw new Stopped();
        }
        long now = System.nanoTime();
        if (now - told > BETWEEN) {
            told = now;
            send(new Message.Doing(fraction, what));
        }
    }

    private void send(Message message) {
        try {
            wire.send(message);
        } catch (IOException gone) {
            Runtime.getRuntime().halt(0);
        }
    }
}
