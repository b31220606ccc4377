package org.netsplice.dl4j;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Writes the compiled graph as a DL4J zip: configuration and coefficients. Loading it needs this program on the class path. */
public final class Dl4jExporter implements Exporter {
    @Override
    public String extension() {
        return "zip";
    }

    @Override
    public String description() {
        return "DL4J graph";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        CompiledNetwork compiled = Compiler.compileAsDrawn(document, progress.part(0, 0.5));
        progress.at(0.5, "Writing " + path.getFileName());
        AtomicFile.write(
                path, out -> ModelSerializer.writeModel(compiled.graph().orElseThrow(), out, false));
        return List.of(Problem.warning(
                Where.NOWHERE, "DL4J loads it with netsplice.jar on the class path, which computes its layers", ""));
    }
}
