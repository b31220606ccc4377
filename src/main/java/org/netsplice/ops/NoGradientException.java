package org.netsplice.ops;

/** Says that a gradient was asked for through an operation that has none. */
public final class NoGradientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String operation;

    NoGradientException(String operation) {
        super("the operation \"" + operation + "\" has no gradient");
        this.operation = operation;
    }

    /** The name of the operation. */
    public String operation() {
        return operation;
    }
}
