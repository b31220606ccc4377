package org.netsplice.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.bench.Weighting;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Answers;
import org.netsplice.predict.Batches;
import org.netsplice.predict.ColumnChoice;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options for data: files for inputs, their columns, and how pictures are read. */
final class DataOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    @Option(names = "--batch", defaultValue = "32", paramLabel = "N", description = "Rows computed together.")
    private int batch;

    @Option(names = "--image-scale", paramLabel = "S", description = "Factor for pixels 0…255; 1/255 if not given.")
    private Double imageScale;

    @Option(names = "--image-offset", defaultValue = "0", paramLabel = "O", description = "Added to pixels afterwards.")
    private double imageOffset;

    /** Rows computed together. */
    int batch() {
        return batch;
    }

    /** Whether no file is given. */
    boolean isEmpty() {
        return inputs.isEmpty();
    }

    /** Refuses a command line without data, or with batches of no rows. */
    void require() {
        if (batch < 1) {
            throw new ParameterException(spec.commandLine(), "--batch must be 1 or more");
        }
        if (inputs.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --input FILE for every input");
        }
    }

    /** How pictures become numbers. */
    ImageReading images() {
        return new ImageReading(imageScale == null ? ImageReading.UNIT.scale() : imageScale, imageOffset);
    }

    /** All files that the options may name. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String text : inputs) {
            String file = text.substring(text.indexOf('=') + 1);
            files.addAll(List.of(Path.of(text), Path.of(file)));
            files.add(Path.of(file.substring(0, file.indexOf('#') < 0 ? file.length() : file.lastIndexOf('#'))));
        }
        return files;
    }

    /** The files for the inputs of a network; some columns of tables are left out, beside those the user leaves out. */
    List<Inputs.Given> given(CompiledNetwork network, List<String> without) {
        return given(inputs, network, without);
    }

    private List<Inputs.Given> given(List<String> texts, CompiledNetwork network, List<String> without) {
        List<String> out = new ArrayList<>(ignored);
        out.addAll(without);
        ColumnChoice standard = new ColumnChoice(ColumnChoice.list(columns), out);
        List<Inputs.Given> given = texts.stream()
                .map(text -> Inputs.Given.of(text, network.inputs(), standard))
                .toList();
        requireKnown(given, network.inputs());
        return given;
    }

    /** Reads the files for the inputs of a network. */
    Map<String, Tensor> read(CompiledNetwork network, List<String> without, Console console) {
        return read(inputs, network, without, console);
    }

    /** Reads other files than those of {@code --input} for the inputs of a network, in the same way. */
    Map<String, Tensor> read(List<String> texts, CompiledNetwork network, List<String> without, Console console) {
        List<Inputs.Given> given = told(given(texts, network, without), console);
        return new Inputs(network.inputs(), images()).read(given, console.progress());
    }

    /** Opens the files for the inputs of a network, to be read batch by batch. */
    Batches batches(CompiledNetwork network, Console console) {
        List<Inputs.Given> given = told(given(network, List.of()), console);
        return new Inputs(network.inputs(), images()).batches(given, batch, console.progress());
    }

    /** The files themselves; says how pictures are read, where there are any. */
    private List<Inputs.Given> told(List<Inputs.Given> given, Console console) {
        if (given.stream().anyMatch(one -> Inputs.isPicture(one.file()))) {
            console.note(images().text() + " (--image-scale).");
        }
        return given;
    }

    /** The table of inputs that has a column of the target's name, when the target is no file. */
    Optional<Path> targetTable(String target) {
        String file = target.indexOf('#') > 0 ? target.substring(0, target.lastIndexOf('#')) : target;
        if (Files.exists(Path.of(target)) || Files.exists(Path.of(file))) {
            return Optional.empty();
        }
        for (Path path : files()) {
            boolean table = Files.isRegularFile(path)
                    && !Inputs.isPicture(path)
                    && !String.valueOf(path.getFileName())
                            .toLowerCase(Locale.ROOT)
                            .matches(".*\\.np[yz]");
            if (table && Answers.hasColumn(path, target)) {
                return Optional.of(path);
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "there is no file " + target + ", and no table of inputs has a column of this name");
    }

    /** Reads the targets from a file, or a column of a table of inputs. */
    Answers answers(String target) {
        return targetTable(target).map(table -> Answers.column(table, target)).orElseGet(() -> Answers.read(target));
    }

    /** Rows whose targets are known; a column of the inputs that holds the targets is no input. */
    Weighting.Rows rows(String target, List<String> classes, Console console) {
        Optional<Path> table = targetTable(target);
        return new Weighting.Rows(
                answers(target),
                classes,
                network -> read(network, table.isPresent() ? List.of(target) : List.of(), console),
                batch);
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
}
