package org.netsplice.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.netsplice.edit.Document;
import org.netsplice.format.Formats;
import org.netsplice.work.Progress;

/**
 * What commands work with.
 *
 * @param out what was asked for
 * @param err messages and progress
 * @param terminal whether {@code err} is a terminal, so that progress may be shown
 */
record Console(PrintWriter out, PrintWriter err, Formats formats, boolean terminal) {

    /** Progress on one line of the terminal; silent elsewhere. */
    Progress progress() {
        if (!terminal) {
            return Progress.NONE;
        }
        return (fraction, what) -> {
            String share = fraction < 0 ? "" : String.format(java.util.Locale.ROOT, " %3.0f %%", fraction * 100);
            err.print("\r\u001B[K" + what + share);
            err.flush();
        };
    }

    void clearProgress() {
        if (terminal) {
            err.print("\r\u001B[K");
            err.flush();
        }
    }

    /** Opens a model file of any format as a document. */
    Document open(Path model, Optional<Path> weights) {
        return formats.open(model, weights, progress()).asDocument();
    }

    void print(String text) {
        clearProgress();
        out.print(text);
        out.flush();
    }

    void note(String text) {
        clearProgress();
        err.println(text);
        err.flush();
    }
}
