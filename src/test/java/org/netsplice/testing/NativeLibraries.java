package org.netsplice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.netsplice.app.NativeLibrary;

/** Skips window tests where libraries that JavaFX needs even without a display are missing, and names them. */
public final class NativeLibraries implements ExecutionCondition {
    private static final List<String> NEEDED =
            List.of("libfreetype.so.6", "libfontconfig.so.1", "libpango-1.0.so.0", "libpangoft2-1.0.so.0");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all native libraries are there");
        }
        String message = "window tests are skipped, because these are not installed: " + String.join(", ", missing)
                + " (on Debian: libfreetype6 libfontconfig1 libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core)";
        System.out.println(message);
        return ConditionEvaluationResult.disabled(message);
    }

    private static List<String> missing() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        for (String library : NEEDED) {
            if (!NativeLibrary.installed(library)) {
                missing.add(library);
            }
        }
        boolean fonts = Stream.of("/usr/share/fonts", "/usr/local/share/fonts")
                .map(Path::of)
                .anyMatch(NativeLibraries::holdsFont);
        if (!fonts) {
            missing.add("a font");
        }
        return missing;
    }

    private static boolean holdsFont(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().matches(".*\\.(ttf|otf|ttc|pfb)"));
        } catch (IOException problem) {
            return false;
        }
    }
}
