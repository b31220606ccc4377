package org.netsplice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netsplice.container.Guard;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.ColumnChoice;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

    @Parameters(index = "0", paramLabel = "MODEL", description = "Any file that can be opened.")
    private Path model;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture.")
    private Path weights;

    @Option(
            names = "--input",
            paramLabel = "[NAME=]FILE[#COLUMNS]",
            description = "Data for an input, of a table only some columns; unnamed files in order.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--columns",
            paramLabel = "A,B|1-12",
            description = "Columns of tables, by names of the header or numbers from 1; all if not given.")
    private String columns = "";

    @Option(names = "--ignore", split = ",", paramLabel = "COLUMN", description = "Columns of tables to leave out.")
    private List<String> ignored = new ArrayList<>();

    @Option(names = "--random", paramLabel = "N", description = "N rows of random numbers instead of files.")
    private Integer random;

    @Option(names = "--batch", defaultValue = "32", paramLabel = "N", description = "Rows computed together.")
    private int batch;

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

    @Option(names = "--labels", paramLabel = "FILE", description = "Names of the classes, one on a line.")
    private Path labels;

    @Option(names = "--image-scale", paramLabel = "S", description = "Factor for pixels 0…255; 1/255 if not given.")
    private Double imageScale;

    @Option(names = "--image-offset", defaultValue = "0", paramLabel = "O", description = "Added to pixels afterwards.")
    private double imageOffset;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkOptions();
        Document document = console.formats()
                .open(model, Optional.ofNullable(weights), console.progress())
                .asDocument();
        if (Models.lacksWeights(model, document)) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(String.valueOf(model.getFileName()), ""),
                    Models.WITHOUT,
                    "Give the weights with --weights."));
        }
        CompiledNetwork network = Compiler.compile(document, console.progress());
        ImageReading images =
                new ImageReading(imageScale == null ? ImageReading.UNIT.scale() : imageScale, imageOffset);
        Inputs reader = new Inputs(network.inputs(), images);
        Map<String, Tensor> data;
        if (random != null) {
            data = reader.random(random, document.seed());
        } else {
            ColumnChoice standard = new ColumnChoice(ColumnChoice.list(columns), ignored);
            List<Inputs.Given> given = inputs.stream()
                    .map(text -> Inputs.Given.of(text, network.inputs(), standard))
                    .toList();
            requireKnown(given, network.inputs());
            if (given.stream().anyMatch(one -> Inputs.isPicture(one.file()))) {
                console.note(images.text() + " (--image-scale).");
            }
            data = reader.read(given, console.progress());
        }
        Map<String, Tensor> results = chosen(network.predict(data, batch, console.progress()));
        warnOfNaN(results);
        if (target == null) {
            console.print(Outputs.table(results, labels(), 20));
        } else {
            Outputs.write(results, target);
            console.clearProgress();
        }
        return ExitCode.DONE;
    }

    private void checkOptions() {
        if (batch < 1 || (random != null && random < 1)) {
            throw new ParameterException(spec.commandLine(), "--batch and --random must be 1 or more");
        }
        if (random != null && !inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--random and --input exclude each other");
        }
        if (random == null && inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --input FILE for every input, or --random N");
        }
        if (target != null) {
            List<Path> sources = new ArrayList<>(List.of(model));
            inputs.forEach(text -> {
                String file = text.substring(text.indexOf('=') + 1);
                sources.addAll(List.of(Path.of(text), Path.of(file)));
                sources.add(Path.of(file.substring(0, file.indexOf('#') < 0 ? file.length() : file.lastIndexOf('#'))));
            });
            Optional.ofNullable(weights).ifPresent(sources::add);
            Targets.check(spec, target, List.of("npy", "npz", "csv"), sources);
        }
    }

    private void requireKnown(List<Inputs.Given> given, List<CompiledNetwork.Input> known) {
        List<String> names = known.stream().map(CompiledNetwork.Input::name).toList();
        for (Inputs.Given one : given) {
            if (!one.name().isEmpty() && !names.contains(one.name())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no input \"" + one.name() + "\""
                                + Nearest.to(one.name(), names)
                                        .map(name -> "; did you mean " + name + "? The inputs are ")
                                        .orElse("; the inputs are ")
                                + known.stream()
                                        .map(input -> input.name() + " " + input.shape())
                                        .collect(Collectors.joining(", ")));
            }
        }
    }

    private Map<String, Tensor> chosen(Map<String, Tensor> all) {
        if (outputs.equals(List.of("all"))) {
            return all;
        }
        Map<String, Tensor> some = new LinkedHashMap<>();
        for (String name : outputs) {
            if (!all.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no output \"" + name + "\"; the outputs are " + String.join(", ", all.keySet()));
            }
            some.put(name, all.get(name));
        }
        return some;
    }

    private void warnOfNaN(Map<String, Tensor> results) {
        Collection<String> bad = results.entrySet().stream()
                .filter(entry -> !entry.getValue().finite())
                .map(Map.Entry::getKey)
                .toList();
        if (!bad.isEmpty()) {
            console.note("output " + String.join(", ", bad) + ": holds values that are infinite or not a number"
                    + System.lineSeparator() + "  Check the data and the weights.");
        }
    }

    private List<String> labels() {
        if (labels == null) {
            return List.of();
        }
        Guard.requireFile(labels);
        try {
            return Files.readAllLines(labels);
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(labels.getFileName()), problem);
        }
    }
}
