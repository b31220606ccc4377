package org.netsplice.gui.canvas;

import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import org.netsplice.diagram.Legend;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.editor.session.Session;
import org.netsplice.gui.widget.FxSurface;

/** What the colours of the headers mean, in a corner of the canvas. */
public final class LegendView extends Pane {
    /** The legend is hidden where it would cover more of the width or height of the canvas. */
    private static final double MAX_SHARE = 0.3;

    private final Session session;
    private final CanvasView view;
    private final Canvas canvas = new Canvas();
    private Scene known = Scene.EMPTY;
    private Legend legend = new Legend(List.of());
    private Legend drawn = legend;
    private Theme theme;
    private boolean wanted = true;

    /** The legend of the picture of a session, which a canvas shows. */
    public LegendView(Session session, CanvasView view) {
        this.session = session;
        this.view = view;
        setId("legend");
        setAccessibleText("Legend of the colours");
        setMouseTransparent(true);
        StackPane.setAlignment(this, Pos.BOTTOM_LEFT);
        StackPane.setMargin(this, new Insets(8));
        getChildren().add(canvas);
        session.onChange(this::refresh);
        view.widthProperty().addListener((any, old, now) -> refresh());
        view.heightProperty().addListener((any, old, now) -> refresh());
        refresh();
    }

    /** Whether it is wanted; it hides itself where it tells nothing or has no room. */
    public void setWanted(boolean on) {
        wanted = on;
        refresh();
    }

    private void refresh() {
        Scene scene = session.scene();
        if (scene != known) {
            known = scene;
            legend = Legend.of(scene);
        }
        setVisible(wanted
                && legend.entries().size() > 1
                && legend.width() <= MAX_SHARE * view.getWidth()
                && legend.height() <= MAX_SHARE * 1.5 * view.getHeight());
        if (isVisible() && (!legend.equals(drawn) || !view.theme().equals(theme))) {
            drawn = legend;
            theme = view.theme();
            draw();
        }
    }

    private void draw() {
        double width = legend.width() + 2;
        double height = legend.height() + 2;
        setMinSize(width, height);
        setMaxSize(width, height);
        canvas.setWidth(width);
        canvas.setHeight(height);
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, width, height);
        legend.paint(new FxSurface(graphics), theme, 1, 1);
    }
}
