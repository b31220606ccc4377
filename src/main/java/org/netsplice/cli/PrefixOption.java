package org.netsplice.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is put before the names of the layers of joined models. */
final class PrefixOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--prefix",
            split = ",",
            paramLabel = "P",
            description = "Put before the names of each model's layers.")
    private List<String> prefixes;

    /** Refuses another number of prefixes than of models. */
    void check(int models) {
        if (prefixes != null && prefixes.size() != models) {
            throw new ParameterException(
                    spec.commandLine(), "--prefix gives " + prefixes.size() + " prefixes for " + models + " models");
        }
    }

    /** The prefix for the model at a place, from 0; empty when none are given. */
    String of(int model) {
        return prefixes == null ? "" : prefixes.get(model);
    }
}
