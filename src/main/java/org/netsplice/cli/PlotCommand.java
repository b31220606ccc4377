package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.editor.recipe.Overview;
import org.netsplice.export.Pictures;
import org.netsplice.format.Opened;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws one model or several. */
@Command(
        name = "plot",
        description = "Draws models as keras.utils.plot_model does.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice plot model.keras -o model.png --show-shapes --show-layer-names"})
final class PlotCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Files to draw beside each other.")
    private List<Path> models;

    @Option(names = "-o", required = true, paramLabel = "OUT", description = "The picture: .png or .svg.")
    private Path target;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture; once for each.")
    private List<Path> weights = new ArrayList<>();

    @Option(names = "--show-shapes", description = "Show input and output shapes.")
    private boolean shapes;

    @Option(names = "--show-dtype", description = "Show the type of the outputs.")
    private boolean dtype;

    @Option(names = "--show-layer-names", description = "Show names beside classes.")
    private boolean names;

    @Option(names = "--show-layer-activations", description = "Show activations.")
    private boolean activations;

    @Option(names = "--show-settings", description = "Show kernels, filters, units and the like.")
    private boolean settings;

    @Option(names = "--show-trainable", description = "Mark frozen layers.")
    private boolean trainable;

    @Option(names = "--expand-nested", description = "Draw what is inside nested models.")
    private boolean nested;

    @Option(
            names = "--overview",
            description = "Fold blocks that repeat, so that a large network is drawn as few boxes.")
    private boolean overview;

    @Option(names = "--legend", description = "Say beside the picture what the colours mean.")
    private boolean legend;

    @Option(names = "--rankdir", defaultValue = "TB", description = "TB, LR, BT or RL; ${DEFAULT-VALUE} if not given.")
    private Detail.Direction direction;

    @Option(names = "--dpi", defaultValue = "200", description = "Dots per inch; ${DEFAULT-VALUE} if not given.")
    private double dpi;

    @Option(names = "--splines", defaultValue = "ortho", description = "ortho, spline, polyline or line.")
    private String splines;

    @Option(names = "--theme", defaultValue = "light", description = "light or dark.")
    private String theme;

    PlotCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Path> sources = new ArrayList<>(models);
        sources.addAll(weights);
        Targets.check(spec, target, Pictures.EXTENSIONS, sources);
        Detail.Splines style = Choices.of(spec, "--splines", splines, Detail.Splines.values());
        boolean dark = Choices.of(spec, "--theme", theme, Shade.values()) == Shade.DARK;
        if (!(dpi >= 10 && dpi <= 1200)) {
            throw new picocli.CommandLine.ParameterException(spec.commandLine(), "--dpi must be between 10 and 1200");
        }
        Detail detail =
                new Detail(shapes, dtype, names, activations, trainable, nested, direction, style).withFacts(settings);
        Document opened = opened();
        Document document =
                overview ? Overview.of(opened).map(edit -> edit.apply(opened)).orElse(opened) : opened;
        Scene scene =
                BlockingArranger.arrange(Report.of(document.graph()), document.placement(), detail, console.progress());
        Theme colors = dark ? Theme.DARK : Theme.LIGHT;
        if (legend) {
            Pictures.writeWithLegend(scene, colors, dpi, target, console.progress());
        } else {
            Pictures.write(scene, colors, dpi, target, console.progress());
        }
        console.clearProgress();
        return ExitCode.DONE;
    }

    private enum Shade {
        LIGHT,
        DARK
    }

    private Document opened() {
        List<Opened> all = Models.open(console, spec, models, weights);
        if (all.size() == 1) {
            return all.get(0).asDocument();
        }
        Document document = Document.EMPTY;
        for (int i = 0; i < all.size(); i++) {
            if (!(all.get(i) instanceof Opened.Network network)) {
                throw new picocli.CommandLine.ParameterException(
                        spec.commandLine(),
                        models.get(i) + " is a document of its own and cannot be drawn beside others");
            }
            document = network.edit("").apply(document);
        }
        return document;
    }
}
