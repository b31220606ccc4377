package org.netsplice.cli;

import org.netsplice.bench.Weighting;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is right for each row of the data, where a command can do without. */
final class GoalOptions {
    @Option(
            names = "--target",
            paramLabel = "FILE[#COLUMN]|COLUMN",
            description = "What is right for each row of --input, in a file or in a column of the input.")
    private String target = "";

    @Mixin
    private ClassesOption classes;

    /** Whether no target is given. */
    boolean isEmpty() {
        return target.isEmpty();
    }

    /** The rows of the data with their targets. */
    Weighting.Rows rows(DataOptions data, Console console) {
        return data.rows(target, classes.names(), console);
    }
}
