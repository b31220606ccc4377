package org.netsplice.gui.result;

import java.util.Optional;
import java.util.function.Consumer;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.edit.Document;
import org.netsplice.editor.session.Session;
import org.netsplice.gui.Workbench;
import org.netsplice.ort.Engines;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;

/** The document as a network that runs. */
public final class Compiling {
    private final Workbench workbench;
    private final Session session;
    private Optional<CompiledNetwork> compiled = Optional.empty();

    /** Compiles the document of a workbench. */
    public Compiling(Workbench workbench) {
        this.workbench = workbench;
        this.session = workbench.session();
    }

    /** Compiles the present document and hands the result on; one that is still valid is used again. */
    void compile(Consumer<CompiledNetwork> then) {
        Document document = session.document();
        if (compiled.isPresent() && compiled.get().document().equals(document)) {
            then.accept(compiled.get());
            return;
        }
        workbench.run("Compiling", Lane.ENGINE, progress -> Engines.AUTO.compile(document, progress), network -> {
            compiled = Optional.of(network);
            then.accept(network);
        });
    }

    /** The compiled network, if it belongs to the present document. */
    public Optional<CompiledNetwork> compiled() {
        return compiled.filter(network -> network.document().equals(session.document()));
    }

    /** Loads the native engine before it is needed. Call it after the first picture is drawn, because it keeps a processor busy. */
    public static void warmUp() {
        Lane.ENGINE.start(
                progress -> {
                    org.netsplice.dl4j.Engine.start();
                    return Progress.NONE;
                },
                Runnable::run,
                new Lane.Outcome<Progress>() {
                    @Override
                    public void progress(double fraction, String what) {}

                    @Override
                    public void done(Progress result) {}

                    @Override
                    public void failed(Throwable problem) {
                        System.getLogger(Compiling.class.getName()).log(System.Logger.Level.WARNING, "engine", problem);
                    }

                    @Override
                    public void stopped() {}
                });
    }
}
