package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.recipe.ChainPlan;
import org.netsplice.format.Exporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec;

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

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture; once for each.")
    private List<Path> weights = new ArrayList<>();

    @Option(names = "--name", defaultValue = "chained_model", description = "Name of the new model.")
    private String name;

    @Option(
            names = "--prefix",
            split = ",",
            paramLabel = "P",
            description = "Put before the names of each model's layers.")
    private List<String> prefixes;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The new model: .splice, .keras, .h5, .onnx or .zip (DL4J).")
    private Path target;

    ChainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Path> models = List.of(first, second);
        List<Path> sources = new ArrayList<>(models);
        sources.addAll(weights);
        Targets.check(
                spec,
                target,
                console.formats().exporters().stream().map(Exporter::extension).toList(),
                sources);
        List<OpenNetwork> networks = Models.networks(console, spec, models, weights, prefixes);
        Models.write(console, new ChainPlan(networks.get(0), networks.get(1), from, to, name).carryOut(), target);
        return ExitCode.DONE;
    }
}
