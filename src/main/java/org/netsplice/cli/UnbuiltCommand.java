package org.netsplice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command of the contract that this version does not have. */
@Command(description = "Not part of this version.", hidden = true)
final class UnbuiltCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final String name;

    UnbuiltCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "this version cannot " + name);
    }
}
