package org.netsplice.work;

/** Thrown out of a {@link Work} whose user asked it to stop. */
public final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Stopped() {
        super("stopped by the user");
    }
}
