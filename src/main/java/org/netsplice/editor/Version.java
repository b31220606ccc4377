package org.netsplice.editor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the program, which stands in {@code pom.xml} and is written into a resource by the build. */
public final class Version {
    private static final String RESOURCE = "/version.properties";

    private Version() {}

    /** The version, such as {@code 0.1.0}. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
