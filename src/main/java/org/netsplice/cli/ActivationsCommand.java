package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.inside.Excerpt;
import org.netsplice.predict.Batches;
import org.netsplice.predict.Outputs;
import org.netsplice.work.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what layers inside a model give. */
@Command(
        name = "activations",
        description = "Writes what layers inside a model give for rows of data.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Only what these layers depend on is computed.",
            "Example: netsplice activations model.keras --input x.npy --layer conv_1 --layer 'block_1*' -o inside.npz"
        })
final class ActivationsCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArgument model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--layer",
            required = true,
            paramLabel = "NAME|PATTERN",
            description = "A layer, or all of a group or network; * stands for any letters. May be repeated.")
    private List<String> layers = new ArrayList<>();

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "Where to: .npz, for one layer .npy or .csv too.")
    private Path target;

    ActivationsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.require();
        List<Path> sources = model.files();
        sources.addAll(data.files());
        Targets.check(spec, target, List.of("npz", "npy", "csv"), sources);
        Document document = model.open(console);
        List<Node> chosen = Excerpt.layers(document.graph(), layers);
        Document excerpt = Excerpt.of(document, chosen.stream().map(Node::id).toList());
        CompiledNetwork network = Compiler.compile(excerpt, console.progress());
        try (Batches batches = data.batches(network, console)) {
            Iterator<Map<String, Tensor>> results = network.predict(batches, Progress.NONE);
            Outputs.write(results, target);
        }
        console.clearProgress();
        console.note("wrote " + network.outputNames().size()
                + (network.outputNames().size() == 1 ? " array" : " arrays") + " to " + target);
        return ExitCode.DONE;
    }
}
