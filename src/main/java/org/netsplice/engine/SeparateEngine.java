package org.netsplice.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Computation;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.ort.Engines;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.splice.SpliceFile;
import org.netsplice.work.Ending;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/**
 * Compiles and predicts in another process, so that a crash, a hang or want of memory there costs a message and nothing else. A process that
 * ended is started again. Where none can be started, this process computes.
 */
public final class SeparateEngine implements AutoCloseable {
    /** How many networks the other process keeps; the one used longest ago is forgotten first and sent again when it is needed. */
    private static final int KEPT = 2;

    private final EngineProcess.Launch launch;
    private Optional<EngineProcess> process = Optional.empty();
    /** The networks that the present process has, the one used last at the end. */
    private final Set<Integer> kept = new LinkedHashSet<>();

    private boolean impossible;
    private boolean closed;
    private int count;

    /** An engine of this program's own Java and classes, with the same limits of memory. */
    public SeparateEngine() {
        this(EngineProcess.Launch.ofProgram());
        Ending.before(this::close);
    }

    SeparateEngine(EngineProcess.Launch launch) {
        this.launch = launch;
    }

    /** Starts the process, and returns at once; it loads its native libraries in the meantime. */
    public synchronized void begin() {
        if (impossible || closed || process.filter(EngineProcess::alive).isPresent()) {
            return;
        }
        kept.clear();
        process = Optional.empty();
        try {
            process = Optional.of(EngineProcess.start(launch));
        } catch (IOException | SecurityException | UnsupportedOperationException forbidden) {
            System.getLogger(SeparateEngine.class.getName())
                    .log(System.Logger.Level.INFO, "no process of its own for the engine", forbidden);
            impossible = true;
        }
    }

    /** The process that runs, if one does. */
    synchronized Optional<EngineProcess> process() {
        return process.filter(EngineProcess::alive);
    }

    /** Whether this process computes because no other could be started. */
    public synchronized boolean inPlace() {
        return impossible;
    }

    /**
     * Prepares a document for predicting, as {@link Engines#compile} does.
     *
     * @throws ModelException.CannotCompile with every reason at once
     * @throws ModelException.CannotPredict when the process ended
     */
    public CompiledNetwork compile(Engines engine, Document document, Progress progress) {
        Elsewhere elsewhere = new Elsewhere(engine, document);
        CompiledNetwork network = CompiledNetwork.of(document, elsewhere);
        return elsewhere.opened(progress).isPresent() ? network : engine.compile(document, progress);
    }

    /** The process, ready for requests; empty when there can be none. */
    private Optional<EngineProcess> running(Progress progress) {
        begin();
        Optional<EngineProcess> present = process();
        if (present.isPresent() && present.get().ready(progress)) {
            return present;
        }
        synchronized (this) {
            impossible = true;
            return Optional.empty();
        }
    }

    /** Ends the process; none is started any more. */
    @Override
    public synchronized void close() {
        closed = true;
        impossible = true;
        process.ifPresent(EngineProcess::close);
    }

    private synchronized int number() {
        return ++count;
    }

    /** One document, computed by the other process. */
    private final class Elsewhere implements Computation {
        private final Engines engine;
        private final Document document;
        private final int number = number();
        private Optional<Computation> here = Optional.empty();
        private String used = "";

        Elsewhere(Engines engine, Document document) {
            this.engine = engine;
            this.document = document;
        }

        /** The process that has the document; empty when there can be none. */
        Optional<EngineProcess> opened(Progress progress) {
            Optional<EngineProcess> running = running(progress);
            if (running.isEmpty()) {
                return running;
            }
            EngineProcess with = running.get();
            if (!has()) {
                Path file = with.folder().resolve(number + ".splice");
                try {
                    new SpliceFile().writeCopy(document, file, progress);
                    answered(with, new Message.Open(number, engine, file), progress);
                } catch (ModelException.Unreadable full) {
                    System.getLogger(SeparateEngine.class.getName())
                            .log(System.Logger.Level.INFO, "the document cannot be handed over", full);
                    return Optional.empty();
                } finally {
                    delete(file);
                }
                keep(with);
            }
            return running;
        }

        private boolean has() {
            return kept.remove(number) && kept.add(number);
        }

        private void keep(EngineProcess with) {
            kept.add(number);
            Iterator<Integer> eldest = kept.iterator();
            for (int excess = kept.size() - KEPT; excess > 0; excess--) {
                with.tell(new Message.Close(eldest.next()));
                eldest.remove();
            }
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException problem) {
                System.getLogger(SeparateEngine.class.getName()).log(System.Logger.Level.DEBUG, "not removed", problem);
            }
        }

        @Override
        public List<Tensor> compute(List<Tensor> inputs, Progress progress) {
            if (here.isEmpty()) {
                Optional<EngineProcess> with = opened(progress);
                if (with.isPresent()) {
                    Message answer = answered(with.get(), new Message.Compute(number, inputs), progress);
                    Message.Computed computed = (Message.Computed) answer;
                    used = computed.engine();
                    return computed.outputs();
                }
                here = Optional.of(engine.compile(document, progress).computation());
            }
            return here.get().compute(inputs, progress);
        }

        @Override
        public String engine() {
            return here.map(Computation::engine).orElse(used);
        }

        private Message answered(EngineProcess with, Message request, Progress progress) {
            try {
                Message answer = with.ask(request, progress);
                if (answer instanceof Message.Refused refused) {
                    throw refused.why();
                } else if (answer instanceof Message.Failed failed) {
                    throw new IllegalStateException(failed.what());
                } else if (answer instanceof Message.Ended) {
                    throw new Stopped();
                } else if (answer instanceof Message.Gone) {
                    throw lost(with.reason());
                }
                return answer;
            } finally {
                begin();
            }
        }

        private ModelException lost(String reason) {
            return new ModelException.CannotPredict(
                    Problem.error(
                            Where.NOWHERE,
                            "the engine stopped while it computed (" + reason + ")",
                            "Nothing of yours is lost, and the engine was started again. Where it happens again, predict fewer rows or use a smaller network."));
        }
    }
}
