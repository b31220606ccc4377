package org.netsplice.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Batches;
import org.netsplice.predict.Inputs;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.Problem;
import org.netsplice.safety.Untrusted;
import org.netsplice.work.Pace;
import org.netsplice.work.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a model on files. */
@Command(
        name = "predict",
        description = "Runs a model on .npy, .npz, .csv or picture files.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: netsplice predict merged.splice --input Input_a=a.npy --input Input_b=b.npy -o predictions.npy"
        })
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArgument model;

    @Mixin
    private DataOptions data;

    @Mixin
    private EngineOption engine;

    @Option(names = "--random", paramLabel = "N", description = "N rows of random numbers instead of files.")
    private Integer random;

    @Option(
            names = "--outputs",
            split = ",",
            defaultValue = "all",
            paramLabel = "NAME",
            description = "Which outputs; all if not given.")
    private List<String> outputs;

    @Option(
            names = "-o",
            paramLabel = "OUT",
            description = "Where to: .npy, .npz or .csv; a table is printed if not given.")
    private Path target;

    @Mixin
    private ClassesOption classNames;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkOptions();
        engine.chosen();
        Document document = console.formats()
                .open(model.file(), model.weights(), console.progress())
                .asDocument();
        Models.requireWeights(model.file(), document);
        CompiledNetwork network = engine.compile(document, console.progress());
        List<String> wanted = wanted(network.outputNames());
        List<String> classes = classNames.names();
        warnOfDifferences(document);
        Set<String> bad = new LinkedHashSet<>();
        try (Batches batches = batches(network, document.seed())) {
            Iterator<Map<String, Tensor>> results =
                    watched(network.predict(batches, Progress.NONE), batches, wanted, bad);
            if (target == null) {
                console.print(Outputs.table(results, classes, 20));
            } else {
                Outputs.write(results, target);
                console.clearProgress();
            }
        }
        warnOfNaN(bad);
        return ExitCode.DONE;
    }

    private Batches batches(CompiledNetwork network, long seed) {
        return random == null
                ? data.batches(network, console)
                : Batches.of(new Inputs(network.inputs(), data.images()).random(random, seed), data.batch());
    }

    /** The wanted outputs of each batch as it passes by; adds to {@code bad} which are not finite, and tells how far it is. */
    private Iterator<Map<String, Tensor>> watched(
            Iterator<Map<String, Tensor>> results, Batches batches, List<String> wanted, Set<String> bad) {
        Pace pace = new Pace(System::nanoTime);
        console.progress().at(0, "Predicting");
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return results.hasNext();
            }

            @Override
            public Map<String, Tensor> next() {
                Map<String, Tensor> all = results.next();
                Map<String, Tensor> chosen = new LinkedHashMap<>();
                wanted.forEach(name -> chosen.put(name, all.get(name)));
                chosen.forEach((name, tensor) -> {
                    if (!tensor.finite()) {
                        bad.add(name);
                    }
                });
                pace.add(batches.given(), batches.done())
                        .ifPresent(text -> console.progress().at(batches.done(), text));
                return chosen;
            }
        };
    }

    private void checkOptions() {
        if (data.batch() < 1 || (random != null && random < 1)) {
            throw new ParameterException(spec.commandLine(), "--batch and --random must be 1 or more");
        }
        if (random != null && !data.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--random and --input exclude each other");
        }
        if (random == null && data.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --input FILE for every input, or --random N");
        }
        if (target != null) {
            List<Path> sources = model.files();
            sources.addAll(data.files());
            Targets.check(spec, target, List.of("npy", "npz", "csv"), sources);
        }
    }

    private List<String> wanted(List<String> all) {
        if (outputs.equals(List.of("all"))) {
            return all;
        }
        for (String name : outputs) {
            if (!all.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no output \"" + name + "\"; the outputs are " + String.join(", ", all));
            }
        }
        return outputs;
    }

    /** Says once why numbers may differ from Keras'. */
    private void warnOfDifferences(Document document) {
        Untrusted.derived(document).forEach(what -> console.note("warning: " + what));
        Report.of(document.graph()).problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .forEach(problem -> console.note("warning: " + problem.line()));
    }

    private void warnOfNaN(Set<String> bad) {
        if (!bad.isEmpty()) {
            console.note("output " + String.join(", ", bad) + ": holds values that are infinite or not a number"
                    + System.lineSeparator() + "  Check the data and the weights.");
        }
    }
}
