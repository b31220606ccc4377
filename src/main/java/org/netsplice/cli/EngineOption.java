package org.netsplice.cli;

import java.util.Iterator;
import java.util.stream.Stream;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.edit.Document;
import org.netsplice.ort.Engines;
import org.netsplice.work.Progress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says which engine computes. */
final class EngineOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--engine",
            defaultValue = "auto",
            paramLabel = "ENGINE",
            completionCandidates = Names.class,
            description = {
                "Which engine computes: ${COMPLETION-CANDIDATES}.",
                "auto computes the first batch by DL4J, and the others by ONNX Runtime where both agree on the first."
            })
    private String engine;

    /** The engines, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Engines.values()).map(Engines::text).iterator();
        }
    }

    /** The engine that is chosen; refuses an unknown name. */
    Engines chosen() {
        return Choices.of(spec, "--engine", engine, Engines.values());
    }

    /** Prepares a document for predicting. */
    CompiledNetwork compile(Document document, Progress progress) {
        return chosen().compile(document, progress);
    }
}
