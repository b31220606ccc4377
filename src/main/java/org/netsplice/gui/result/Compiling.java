package org.netsplice.gui.result;

import java.util.Optional;
import java.util.function.Consumer;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.edit.Document;
import org.netsplice.editor.Settings;
import org.netsplice.editor.session.Session;
import org.netsplice.engine.SeparateEngine;
import org.netsplice.gui.Workbench;
import org.netsplice.work.Lane;

/** The document as a network that runs. */
public final class Compiling {
    /** The process that computes, one for all documents. */
    private static final SeparateEngine ENGINE = new SeparateEngine();

    private final Workbench workbench;
    private final Settings settings;
    private final Session session;
    private Optional<Prepared> prepared = Optional.empty();

    private record Prepared(CompiledNetwork network, EngineChoice choice) {}

    /** Compiles the document of a workbench, for the engine that is chosen in the settings. */
    public Compiling(Workbench workbench, Settings settings) {
        this.workbench = workbench;
        this.settings = settings;
        this.session = workbench.session();
    }

    /** Compiles the present document and hands the result on; one that is still valid is used again. */
    void compile(Consumer<CompiledNetwork> then) {
        Document document = session.document();
        EngineChoice choice = choice();
        if (prepared.filter(own -> own.choice() == choice).isPresent()
                && compiled().isPresent()) {
            then.accept(compiled().get());
            return;
        }
        workbench.run(
                "Compiling", Lane.ENGINE, progress -> ENGINE.compile(choice.engine(), document, progress), network -> {
                    prepared = Optional.of(new Prepared(network, choice));
                    then.accept(network);
                });
    }

    /** The compiled network, if it belongs to the present document. */
    public Optional<CompiledNetwork> compiled() {
        return prepared.map(Prepared::network)
                .filter(network -> network.document().equals(session.document()));
    }

    /** The engine the user chose. */
    public EngineChoice choice() {
        return EngineChoice.of(settings);
    }

    /** Computes by another engine from now on, in every document and in later starts. */
    void choose(EngineChoice choice) {
        choice.remember(settings);
        workbench.announce("Engine: " + choice.title());
    }

    /** Starts the process that computes, before it is needed. Call it after the first picture is drawn, because it keeps a processor busy. */
    public static void warmUp() {
        ENGINE.begin();
    }
}
