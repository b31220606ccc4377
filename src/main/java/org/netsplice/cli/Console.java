package org.netsplice.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.netsplice.edit.Document;
import org.netsplice.format.Formats;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.work.Progress;

/**
 * The surroundings of a command.
 *
 * @param out what was asked for
 * @param err messages
 * @param line the raw terminal, used only for the line of progress
 * @param terminal whether {@code err} is a terminal, so that progress may be shown
 */
record Console(PrintWriter out, PrintWriter err, PrintWriter line, Formats formats, boolean terminal) {

    private static final String CLEAR = "\r\u001B[K";

    /** Progress on one line of the terminal; silent elsewhere. */
    Progress progress() {
        if (!terminal) {
            return Progress.NONE;
        }
        return (fraction, what) -> {
            String share = fraction < 0 ? "" : String.format(java.util.Locale.ROOT, " %3.0f %%", fraction * 100);
            line.print(CLEAR + Printable.name(what) + share);
            line.flush();
        };
    }

    void clearProgress() {
        if (terminal) {
            line.print(CLEAR);
            line.flush();
        }
    }

    /** Opens a model file of any format as a document. */
    Document open(Path model, Optional<Path> weights) {
        Document document = formats.open(model, weights, progress()).asDocument();
        if (Models.lacksWeights(model, document)) {
            note(model.getFileName() + " " + Models.WITHOUT + "; its layers are untrained (--weights).");
        }
        return document;
    }

    void print(String text) {
        clearProgress();
        out.print(text);
        out.flush();
    }

    /** Prints notes on what differs in a written file from what was opened. */
    void tell(List<Problem> notes) {
        notes.forEach(one -> note("note: " + one.text()));
    }

    void note(String text) {
        clearProgress();
        err.println(text);
        err.flush();
    }
}
