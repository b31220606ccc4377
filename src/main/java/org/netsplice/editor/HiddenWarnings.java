package org.netsplice.editor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.netsplice.problem.Problem;

/**
 * The warnings a user does not want to see again, kept among the settings as checksums of their lines, which name the layer. The
 * newest {@value #MAX_HIDDEN} are kept. Errors are never hidden.
 */
public final class HiddenWarnings {
    private static final String KEY = "hidden-warnings";
    private static final int MAX_HIDDEN = 500;

    private final Settings settings;

    HiddenWarnings(Settings settings) {
        this.settings = settings;
    }

    private Set<String> all() {
        return settings.text(KEY).stream()
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String sum(Problem warning) {
        return UUID.nameUUIDFromBytes(warning.line().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Whether nothing is hidden. */
    public boolean none() {
        return settings.text(KEY).orElse("").isBlank();
    }

    /** Whether a problem is hidden. */
    public boolean hides(Problem problem) {
        return problem.severity() == Problem.Severity.WARNING && !none() && all().contains(sum(problem));
    }

    /** Hides a warning from now on. */
    public void hide(Problem warning) {
        Set<String> all = all();
        all.add(sum(warning));
        settings.put(
                KEY, all.stream().skip(Math.max(0, all.size() - MAX_HIDDEN)).collect(Collectors.joining(" ")));
    }

    /** Shows all warnings again. */
    public void clear() {
        settings.put(KEY, "");
    }
}
