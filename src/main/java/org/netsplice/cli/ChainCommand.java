package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.recipe.ChainPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Feeds the output of one model into the input of another. */
@Command(
        name = "chain",
        description = "Feeds the output of one model into the input of another.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: netsplice chain encoder.keras classifier.keras -o both.keras",
            "         netsplice chain towers.keras judge.keras --from left,right --to a,b -o both.splice"
        })
final class ChainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "A", description = "The model whose output is fed.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "The model whose input reads it, and disappears.")
    private Path second;

    @Option(
            names = "--from",
            split = ",",
            paramLabel = "OUTPUT",
            description = "Which output of A, where it has several; other outputs stay.")
    private List<String> from = new ArrayList<>();

    @Option(names = "--to", split = ",", paramLabel = "INPUT", description = "Which input of B, where it has several.")
    private List<String> to = new ArrayList<>();

    @Mixin
    private WeightsOption weights;

    @Option(names = "--name", defaultValue = "chained_model", description = "Name of the new model.")
    private String name;

    @Mixin
    private PrefixOption prefixes;

    @Mixin
    private WrittenModel target;

    ChainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Path> models = List.of(first, second);
        target.check(weights.with(models), console);
        List<OpenNetwork> networks = weights.networks(models, prefixes, console);
        target.write(new ChainPlan(networks.get(0), networks.get(1), from, to, name).carryOut(), console);
        return ExitCode.DONE;
    }
}
