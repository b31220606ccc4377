package org.netsplice.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Which warnings are not shown again. */
class HiddenWarningsTest {
    @TempDir
    Path folder;

    private HiddenWarnings hidden() {
        return new HiddenWarnings(new Settings(folder.resolve("settings.txt")));
    }

    private static Problem warning(String layer, String what) {
        return Problem.warning(new Where.AtNode(1, layer), what, "Do something.");
    }

    @Test
    void oneWarningOfOneLayerIsHiddenAndRemembered() {
        hidden().hide(warning("average", "joins probabilities with values that are not"));
        assertThat(hidden().hides(warning("average", "joins probabilities with values that are not")))
                .isTrue();
        assertThat(hidden().hides(warning("other", "joins probabilities with values that are not")))
                .isFalse();
        assertThat(hidden().hides(warning("average", "is another warning"))).isFalse();
        hidden().clear();
        assertThat(hidden().none()).isTrue();
        assertThat(hidden().hides(warning("average", "joins probabilities with values that are not")))
                .isFalse();
    }

    @Test
    void onlyTheNewestAreKept() {
        for (int i = 0; i <= 500; i++) {
            hidden().hide(warning("layer " + i, "is doubtful"));
        }
        assertThat(hidden().hides(warning("layer 0", "is doubtful"))).isFalse();
        assertThat(hidden().hides(warning("layer 1", "is doubtful"))).isTrue();
        assertThat(hidden().hides(warning("layer 500", "is doubtful"))).isTrue();
    }
}
