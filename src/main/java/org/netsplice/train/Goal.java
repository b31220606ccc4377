package org.netsplice.train;

import java.util.List;
import java.util.Optional;

/**
 * What an output should learn, as far as a user says it.
 *
 * @param output the name of the output
 * @param loss the loss; empty to find it from the output and the targets
 * @param weight how much its loss counts beside those of other outputs
 * @param smoothing the share of a target that is spread over all classes
 * @param classes names of the classes in order; empty when targets are numbers, or names are to be sorted
 */
public record Goal(String output, Optional<Loss.Kind> loss, double weight, double smoothing, List<String> classes) {

    public Goal {
        classes = List.copyOf(classes);
    }

    /** A goal of which everything is found. */
    public Goal(String output) {
        this(output, Optional.empty(), 1, 0, List.of());
    }
}
