package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netsplice.diagram.Detail;
import org.netsplice.edit.Document;
import org.netsplice.editor.figure.FigureDrawing;
import org.netsplice.export.FigureFormat;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.FigureSwitch;
import org.netsplice.export.Pictures;
import org.netsplice.format.Opened;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws one model or several. */
@Command(
        name = "plot",
        description = "Draws models as keras.utils.plot_model does.",
        mixinStandardHelpOptions = true,
        modelTransformer = PlotCommand.Switches.class,
        footer = {"", "Example: netsplice plot model.keras -o model.png --show-shapes --show-layer-names"})
final class PlotCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Files to draw beside each other.")
    private List<Path> models;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "The picture: .png, .svg, .pdf, .dot (for Graphviz) or .tex (TikZ).")
    private Path target;

    @Mixin
    private WeightsOption weights;

    @Option(names = "--rankdir", defaultValue = "TB", description = "TB, LR, BT or RL; ${DEFAULT-VALUE} if not given.")
    private Detail.Direction direction;

    @Option(names = "--dpi", defaultValue = "200", description = "Dots per inch; ${DEFAULT-VALUE} if not given.")
    private double dpi;

    @Option(
            names = "--width",
            defaultValue = "0",
            paramLabel = "PIXELS",
            description = "Pixels from left to right, instead of --dpi.")
    private int width;

    @Option(
            names = "--margin",
            defaultValue = "16",
            description = "Space around the drawing, 96 for an inch; ${DEFAULT-VALUE} if not given.")
    private double margin;

    @Option(
            names = "--splines",
            defaultValue = "ortho",
            description = "ortho, spline (also called curved), polyline or line.")
    private String splines;

    @Option(
            names = "--theme",
            defaultValue = "light",
            description = "light, dark, or figure: the figure of the document, for paper.")
    private String theme;

    @Option(names = "--page", defaultValue = "drawing", description = "The page of a PDF: drawing, a4 or letter.")
    private String page;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Draw only this layer, or the layers of this group; once for each.")
    private List<String> only = new ArrayList<>();

    PlotCommand(Console console) {
        this.console = console;
    }

    /** Adds an option for every switch of a picture. */
    static final class Switches implements CommandLine.IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec command) {
            for (FigureSwitch one : FigureSwitch.values()) {
                command.addOption(OptionSpec.builder("--" + one.word())
                        .type(boolean.class)
                        .description(one.help())
                        .build());
            }
            return command;
        }
    }

    @Override
    public Integer call() {
        Targets.check(spec, target, FigureFormat.extensions(), weights.with(models));
        FigureOptions options = options();
        Document document = opened();
        Pictures.write(
                FigureDrawing.draw(document, selection(document.graph()), options, console.progress()),
                target,
                console.progress());
        console.clearProgress();
        return ExitCode.DONE;
    }

    private FigureOptions options() {
        Set<FigureSwitch> shown = Arrays.stream(FigureSwitch.values())
                .filter(one ->
                        Boolean.TRUE.equals(spec.findOption("--" + one.word()).getValue()))
                .collect(Collectors.toSet());
        String style = splines.equalsIgnoreCase("curved") ? "spline" : splines;
        try {
            return new FigureOptions(
                    FigureFormat.of(target).orElseThrow(),
                    shown,
                    direction,
                    Choices.of(spec, "--splines", style, Detail.Splines.values()),
                    Choices.of(spec, "--theme", theme, FigureOptions.Look.values()),
                    dpi,
                    width,
                    margin,
                    Choices.of(spec, "--page", page, FigureOptions.Page.values()),
                    !only.isEmpty());
        } catch (IllegalArgumentException outside) {
            throw new ParameterException(spec.commandLine(), outside.getMessage(), outside);
        }
    }

    private Set<NodeId> selection(Graph graph) {
        return only.stream()
                .flatMap(name -> {
                    List<NodeId> found = named(graph, name);
                    if (found.isEmpty()) {
                        throw new ParameterException(
                                spec.commandLine(),
                                "--only cannot be \"" + name + "\": no layer and no group has this name");
                    }
                    return found.stream();
                })
                .collect(Collectors.toSet());
    }

    private static List<NodeId> named(Graph graph, String name) {
        return graph.named(name)
                .map(Node::id)
                .map(List::of)
                .orElseGet(() -> graph.groups().values().stream()
                        .filter(group -> group.name().equals(name))
                        .map(Group::id)
                        .flatMap(id -> graph.nodesIn(id).stream())
                        .map(Node::id)
                        .toList());
    }

    private Document opened() {
        List<Opened> all = weights.open(models, console);
        if (all.size() == 1) {
            return all.get(0).asDocument();
        }
        Document document = Document.EMPTY;
        for (int i = 0; i < all.size(); i++) {
            if (!(all.get(i) instanceof Opened.Network network)) {
                throw new ParameterException(
                        spec.commandLine(),
                        models.get(i) + " is a document of its own and cannot be drawn beside others");
            }
            document = network.edit("").apply(document);
        }
        return document;
    }
}
