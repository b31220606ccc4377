package org.netsplice.bench;

import java.util.Locale;

/** What a contestant is. */
public enum Role {
    /** A network of its own. */
    MODEL,
    /** A network that joins others. */
    MERGED,
    /** A network that is joined with others. */
    MEMBER;

    /** The name in reports, such as {@code member}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
