package org.netsplice.app;

import java.lang.reflect.Field;

/**
 * Keeps the Java machine from warning about libraries that users cannot change. JavaCPP calls memory methods of {@code sun.misc.Unsafe},
 * of which JDK 24 and later warn once on the error stream; {@code java -jar} takes the switch against that neither from a manifest
 * nor later, but the machine remembers whether it has warned in a field that the module {@code jdk.unsupported} opens.
 */
final class JvmWarnings {
    private JvmWarnings() {}

    /** Says that the warning was given; where there is no such field nothing happens. */
    static void silence() {
        try {
            Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
            warned.setAccessible(true);
            warned.setBoolean(null, true);
        } catch (ReflectiveOperationException | RuntimeException other) {
            return;
        }
    }
}
