package org.netsplice.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether a window can open here, decided before JavaFX is touched, which would end in a stack trace. */
final class Display {
    private static final String PACKAGES = "libgtk-3-0 libgl1 libxxf86vm1 libxtst6 fonts-dejavu-core";

    private Display() {}

    /** A text that differs where windows are seen on different screens. */
    static String place() {
        return System.getenv("DISPLAY") + " " + System.getenv("WAYLAND_DISPLAY");
    }

    /** Why no window can open, with what helps; empty when one can. */
    static Optional<String> obstacle() {
        if (!System.getProperty("os.name", "").startsWith("Linux") || System.getProperty("glass.platform") != null) {
            return Optional.empty();
        }
        String display = System.getenv("DISPLAY");
        if (display == null || display.isBlank()) {
            return Optional.of("no window can open here: there is no display (DISPLAY is not set)");
        }
        if (display.startsWith(":")
                && !Files.exists(
                        Path.of("/tmp/.X11-unix/X" + display.substring(1).replaceAll("\\..*", "")))) {
            return Optional.of("no window can open here: nothing answers at the display " + display);
        }
        for (String library : List.of("libgtk-3.so.0", "libXtst.so.6", "libpango-1.0.so.0")) {
            if (!NativeLibrary.installed(library)) {
                return Optional.of("no window can open here: " + library
                        + " is not installed; on Debian and Ubuntu: apt-get install " + PACKAGES);
            }
        }
        return Optional.empty();
    }
}
