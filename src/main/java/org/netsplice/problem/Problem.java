package org.netsplice.problem;

import java.util.Objects;

/**
 * What is wrong, where, and what helps, in plain words. Whatever it quotes of a file is made {@linkplain Printable printable}.
 *
 * @param severity whether the network can run in spite of it
 * @param where the place
 * @param what one sentence without a full stop at the end
 * @param remedy what the user can do; empty when nothing helps
 */
public record Problem(Severity severity, Where where, String what, String remedy) {

    /** How much a problem hinders. */
    public enum Severity {
        /** The network cannot run. */
        ERROR,
        /** It runs, but the result may not be what is wanted. */
        WARNING
    }

    public Problem {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(where);
        what = Printable.sentence(what);
        remedy = Printable.sentence(remedy);
    }

    /** A problem that keeps the network from running. */
    public static Problem error(Where where, String what, String remedy) {
        return new Problem(Severity.ERROR, where, what, remedy);
    }

    /** A problem the network can run with. */
    public static Problem warning(Where where, String what, String remedy) {
        return new Problem(Severity.WARNING, where, what, remedy);
    }

    /** One line, {@code where: what}. */
    public String line() {
        return where.text().isEmpty() ? what : where.text() + ": " + what;
    }

    /** The line and, indented on the next one, the remedy if there is one. */
    public String text() {
        return remedy.isEmpty() ? line() : line() + System.lineSeparator() + "  " + remedy;
    }
}
