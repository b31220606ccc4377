package org.netsplice.keras;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Writes a document as a Python script for Keras 3, and its weights as {@code .weights.h5} beside it. */
public final class PythonExporter implements Exporter {
    @Override
    public String extension() {
        return "py";
    }

    @Override
    public String description() {
        return "Python for Keras 3";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        progress.at(0, "Preparing " + path.getFileName());
        KerasFile model = KerasFile.of(document);
        String name = String.valueOf(path.getFileName());
        Path weights = path.resolveSibling(name.substring(0, name.length() - ".py".length()) + ".weights.h5");
        String code;
        try {
            code = PythonCode.of(model.model(), model.outputNames(), String.valueOf(weights.getFileName()));
        } catch (PythonText.Unnamed missing) {
            throw new ModelException.CannotExport(
                    Problem.error(
                            Where.NOWHERE,
                            "the document holds " + missing.getMessage() + ", which code cannot make",
                            "Write a .keras file."),
                    missing);
        }
        progress.at(0.5, "Writing " + path.getFileName());
        AtomicFile.write(
                weights,
                out -> out.write(HdfWriter.bytes(writer -> {
                    model.byPath().forEach(writer::tensor);
                    writer.attribute("", "writer", "NetSplice");
                })));
        AtomicFile.write(path, out -> out.write(code.getBytes(StandardCharsets.US_ASCII)));
        List<Problem> notes = new ArrayList<>(model.notes());
        notes.add(KerasFile.note("the weights are in " + weights.getFileName() + " beside it"));
        return notes;
    }
}
