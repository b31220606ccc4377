package org.netsplice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first words ask for: a command, the window, or nothing that can be done. */
class RequestTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void aFileIsThere() throws IOException {
        model = Files.createFile(folder.resolve("model.keras"));
    }

    private static String refusal(String... words) {
        return ((Request.Refused) Request.of(words)).text().replace(System.lineSeparator(), "\n");
    }

    @Test
    void commandsAndOptionsComeFirst() {
        assertThat(Request.of("summary", "a.keras")).isEqualTo(new Request.Command(List.of("summary", "a.keras")));
        assertThat(Request.of("--version")).isEqualTo(new Request.Command(List.of("--version")));
        assertThat(Request.of("evaluate")).isEqualTo(new Request.Command(List.of("evaluate")));
        assertThat(Request.of("--verison")).isEqualTo(new Request.Command(List.of("--verison")));
    }

    @Test
    void filesThatExistOpenTheWindow() {
        assertThat(Request.of()).isEqualTo(new Request.Window(List.of(), false));
        assertThat(Request.of("--sample")).isEqualTo(new Request.Window(List.of(), true));
        assertThat(Request.of(model.toString(), "--sample")).isEqualTo(new Request.Window(List.of(model), true));
    }

    @Test
    void aMistypedCommandIsNotAFile() {
        assertThat(refusal("sumary", model.toString()))
                .isEqualTo("netsplice: there is no command and no file \"sumary\"\n  Did you mean netsplice summary?");
        assertThat(refusal("frobnicate"))
                .isEqualTo("netsplice: there is no command and no file \"frobnicate\"\n"
                        + "  netsplice --help lists the commands; files are opened in the window.");
    }

    @Test
    void aMissingFileIsSaidWithTheOneThatWasMeant() {
        assertThat(refusal(folder.resolve("modle.keras").toString()))
                .isEqualTo("netsplice: there is no file \"" + folder.resolve("modle.keras") + "\"\n  Did you mean "
                        + model + "?");
        assertThat(refusal("nowhere/other.h5"))
                .isEqualTo("netsplice: there is no file \"nowhere/other.h5\"\n  Check the name and the folder.");
        assertThat(refusal(model.toString(), "nowhere/other.h5")).contains("there is no file");
    }

    @Test
    void commandsAndOptionsBehindFilesAreExplained() {
        assertThat(refusal(model.toString(), "summary"))
                .isEqualTo("netsplice: there is no file \"summary\", and a command comes first\n"
                        + "  Did you mean netsplice summary " + model + "?");
        assertThat(refusal(model.toString(), "--show-shapes"))
                .isEqualTo("netsplice: the window has no option \"--show-shapes\"\n"
                        + "  Options belong to commands, which come first: netsplice summary model.keras; see"
                        + " netsplice --help.");
    }
}
