package org.netsplice.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log tells where the program failed and nothing of what it worked on. */
class ProblemLogTest {
    private static final Logger ROOT = Logger.getLogger("");
    private final List<Handler> before = List.of(ROOT.getHandlers());

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        Arrays.stream(ROOT.getHandlers())
                .filter(handler -> !before.contains(handler))
                .forEach(handler -> {
                    ROOT.removeHandler(handler);
                    handler.close();
                });
    }

    @Test
    void failuresAreLoggedByPlaceAndNotByWords() throws IOException {
        ProblemLog log = new ProblemLog(folder.resolve("100% log"));
        assertThat(log.report()).startsWith("NetSplice ").endsWith("Nothing went wrong so far.\n");
        log.start();
        Exception inner = new IllegalArgumentException("secret_layer has 7 units");
        Exception outer = new IllegalStateException("secret.keras", inner);
        inner.initCause(outer);
        Logger.getLogger("org.netsplice.gui.Sentences").log(Level.SEVERE, "unexpected", outer);
        Logger.getLogger("some.library").warning("secret_style");
        Logger.getLogger("org.netsplice.quiet").info("nothing of note");
        String text = Files.readString(log.folder().resolve("netsplice.0.log"));
        assertThat(text)
                .contains("SEVERE org.netsplice.gui.Sentences: unexpected")
                .contains("java.lang.IllegalStateException\n    at org.netsplice.editor.ProblemLogTest.")
                .contains("java.lang.IllegalArgumentException")
                .contains("WARNING some.library\n")
                .doesNotContain("secret")
                .doesNotContain("nothing of note");
        assertThat(log.report()).endsWith(text);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoHindrance() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));
        ProblemLog log = new ProblemLog(file);
        log.start();
        assertThat(ROOT.getHandlers()).hasSize(before.size());
        assertThat(log.report()).endsWith("Nothing went wrong so far.\n");
    }
}
