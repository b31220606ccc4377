package org.netsplice.gui;

import java.util.stream.Collectors;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Problems and failures as sentences that a user reads. */
public final class Sentences {
    private Sentences() {}

    /** A problem: its place, what is wrong, and the remedy. */
    public static String of(Problem problem) {
        return problem.line() + "." + (problem.remedy().isEmpty() ? "" : " " + problem.remedy());
    }

    /** A problem without its place, for a message beside the field it is about. */
    public static String withoutPlace(Problem problem) {
        return problem.what() + ". " + problem.remedy();
    }

    /** What a failure means. An exception that nobody expected is logged and told as a bug. */
    public static String of(Throwable failure) {
        if (failure instanceof ModelException known) {
            return known.problems().stream().map(Sentences::of).collect(Collectors.joining("\n"));
        }
        if (failure instanceof OutOfMemoryError) {
            return of(MemoryShortage.problem(
                    Where.NOWHERE, "the memory is used up", "Close documents, or use a smaller model or fewer rows."));
        }
        System.getLogger(Sentences.class.getName()).log(System.Logger.Level.ERROR, "unexpected", failure);
        return "An unexpected error happened: " + Printable.text(failure.toString())
                + "\nThis is a bug in NetSplice. Help › Report a problem… shows what to send.";
    }
}
