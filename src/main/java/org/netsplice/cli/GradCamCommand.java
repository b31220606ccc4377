package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.inside.ClassMaps;
import org.netsplice.inside.Excerpt;
import org.netsplice.inside.ValuePicture;
import org.netsplice.predict.Batches;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows where in pictures a model sees a class. */
@Command(
        name = "grad-cam",
        description = "Shows where in pictures a model sees a class (gradient-weighted class activation maps).",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice grad-cam model.keras --input cat.jpg --class predicted -o cat-map.png"})
final class GradCamCommand implements Callable<Integer> {
    /** The smallest width of a written picture, in pixels. */
    private static final int LEAST_WIDTH = 224;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArgument model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "The layer to look at; the last that gives pictures if not given.")
    private String layer;

    @Option(names = "--output", paramLabel = "NAME", description = "The output; needed where there are several.")
    private String output;

    @Option(
            names = "--class",
            defaultValue = "predicted",
            paramLabel = "N|NAME",
            description = "The class by number from 0, or by name with --classes; the likeliest if not given.")
    private String wanted;

    @Mixin
    private ClassesOption classNames;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "Where to: .npy or .npz (maps of all rows), .png (the first row's map over its picture).")
    private Path target;

    GradCamCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        data.require();
        List<Path> sources = model.files();
        sources.addAll(data.files());
        Targets.check(spec, target, List.of("npy", "npz", "png"), sources);
        Document document = model.open(console);
        Port port = port(document.graph());
        Node at = layer(document, port);
        List<String> names = classNames.names();
        OptionalInt number = number(names);
        CompiledNetwork network = Compiler.compile(document, console.progress());
        boolean picture = name(target).endsWith(".png");
        List<Tensor> maps = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        try (Batches batches = data.batches(network, console)) {
            while (batches.hasNext() && (maps.isEmpty() || !picture)) {
                Map<String, Tensor> rows = network.fitted(batches.next());
                ClassMaps found = ClassMaps.of(document, rows, at, port, number, console.progress());
                maps.add(found.maps());
                classes.addAll(found.classes());
                if (picture) {
                    write(rows, found);
                }
            }
        }
        if (!picture) {
            Outputs.write(Map.of("maps", Tensor.joined(maps)), target);
        }
        console.clearProgress();
        console.note("layer " + at.name() + ", class of the first row: " + text(classes.get(0), names));
        return ExitCode.DONE;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    }

    private static String text(int number, List<String> names) {
        return number < names.size() ? names.get(number) : String.valueOf(number);
    }

    private Port port(Graph graph) {
        List<String> names = graph.outputs().stream().map(graph::outputName).toList();
        if (output == null && names.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the model has several outputs; choose one of " + String.join(", ", names) + " with --output");
        }
        return graph.outputs().stream()
                .filter(one -> output == null || graph.outputName(one).equals(output))
                .map(Output::port)
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "there is no output \"" + output + "\"; the outputs are " + String.join(", ", names)));
    }

    private Node layer(Document document, Port port) {
        if (layer != null) {
            return Excerpt.layers(document.graph(), List.of(layer)).get(0);
        }
        return ClassMaps.lastPictures(Report.of(document.graph()), port)
                .orElseThrow(() -> new ModelException.CannotPredict(Problem.error(
                        Where.NOWHERE,
                        "no layer before the output gives pictures, from which a map could be made",
                        "Use a model with convolutions in two dimensions.")));
    }

    private OptionalInt number(List<String> names) {
        if (wanted.equals("predicted")) {
            return OptionalInt.empty();
        }
        if (names.contains(wanted)) {
            return OptionalInt.of(names.indexOf(wanted));
        }
        try {
            return OptionalInt.of(Integer.parseInt(wanted));
        } catch (NumberFormatException problem) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--class \"" + wanted + "\" is neither a number nor a name in --classes",
                    problem);
        }
    }

    /** Writes the first row's map over the picture of the first input that takes pictures. */
    private void write(Map<String, Tensor> rows, ClassMaps found) {
        ValuePicture.over(rows.values(), found.maps(), 0, LEAST_WIDTH)
                .orElseThrow(() -> new ModelException.CannotPredict(Problem.error(
                        Where.NOWHERE,
                        "no input takes pictures, over which the map could be drawn",
                        "Write a .npy file instead.")))
                .write(target);
    }
}
