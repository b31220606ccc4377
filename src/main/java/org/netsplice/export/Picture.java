package org.netsplice.export;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.netsplice.diagram.Legend;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Theme;
import org.netsplice.graph.Graph;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * A picture that can be written: what is on it and how it is drawn. Lengths are points.
 *
 * @param graph tells which boxes are in which groups
 */
public record Picture(Scene scene, Graph graph, FigureOptions options) {
    /** Space between the drawing and its legend. */
    private static final double GAP = 16;
    /** Where one point is one pixel. */
    private static final double POINTS_PER_INCH = 96;
    /** The most pixels of a file, which is written row by row. */
    private static final double MOST_PIXELS = 2e9;

    /** Width and height in pixels. */
    public record Size(int width, int height) {}

    /** The part of a scene that shows some nodes: their boxes, the wires between them, and frames that hold nothing else. */
    public static Scene part(Scene scene, Set<NodeId> nodes) {
        java.util.function.Predicate<Scene.Box> kept =
                box -> box.inside().stream().anyMatch(nodes::contains);
        java.util.function.Predicate<NodeId> drawn =
                id -> scene.box(id).filter(kept).isPresent();
        return new Scene(
                scene.boxes().stream().filter(kept).toList(),
                scene.wires().stream()
                        .filter(wire -> drawn.test(wire.from()) && drawn.test(wire.to()))
                        .toList(),
                scene.frames().stream()
                        .filter(frame -> scene.boxes().stream()
                                .filter(box -> frame.area()
                                        .contains(
                                                box.area().centerX(), box.area().centerY()))
                                .allMatch(kept))
                        .toList(),
                java.util.List.of(),
                scene.detail());
    }

    /** The colours. */
    Theme theme() {
        return options.look().theme();
    }

    private Optional<Legend> legend() {
        return options.shows(FigureSwitch.LEGEND) ? Optional.of(Legend.of(scene)) : Optional.empty();
    }

    private Rect drawing() {
        return scene.bounds().grown(1);
    }

    /** The rectangle of the whole picture with its margins. */
    public Rect page() {
        Rect drawing = drawing();
        return legend().map(
                        one -> drawing.with(new Rect(drawing.right() + GAP, drawing.y(), one.width(), one.height())))
                .orElse(drawing)
                .grown(options.margin());
    }

    /** The background, unless it is transparent. */
    Optional<Integer> background() {
        return options.shows(FigureSwitch.TRANSPARENT) ? Optional.empty() : Optional.of(theme().background());
    }

    /** Paints what lies in an area; the background is left to the caller. */
    void paint(Surface surface, Rect area) {
        new Painter(theme(), surface, 1).paint(scene, area);
        Rect drawing = drawing();
        legend().ifPresent(one -> one.paint(surface, theme(), drawing.right() + GAP, drawing.y()));
    }

    /** Pixels for each point. */
    public double scale() {
        return options.width() > 0 ? options.width() / page().width() : options.dpi() / POINTS_PER_INCH;
    }

    /** Its size in pixels; refuses sizes that no file should have and names {@code file}. */
    public Size size(String file) {
        double width = options.width() > 0 ? options.width() : Math.ceil(page().width() * scale());
        double height = Math.ceil(page().height() * scale());
        if (width * height > MOST_PIXELS || Math.max(width, height) > FigureOptions.MOST_WIDTH) {
            throw new ModelException.CannotExport(Problem.error(
                    new Where.InFile(file, ""),
                    String.format(
                            Locale.ROOT,
                            "the picture would have %.0f × %.0f pixels; at most %.0f, and %d on a side, are written",
                            width,
                            height,
                            MOST_PIXELS,
                            FigureOptions.MOST_WIDTH),
                    "Choose fewer dots per inch or a smaller width, fold blocks, or write SVG or PDF."));
        }
        return new Size((int) Math.max(1, width), (int) Math.max(1, height));
    }
}
