package org.netsplice.gui.canvas;

import javafx.animation.PauseTransition;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.util.Duration;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.editor.session.Session;
import org.netsplice.gui.widget.FxSurface;

/** A small picture of the whole diagram with a rectangle around the visible part; a click or drag moves the view there. */
public final class Minimap extends Pane {
    private static final double WIDTH = 190;
    private static final double HEIGHT = 130;
    private static final double MARGIN = 6;
    /** Larger pictures are drawn when they have not changed for a moment. */
    private static final int MAX_IMMEDIATE = 1500;

    private final Session session;
    private final CanvasView view;
    private final Canvas boxes = new Canvas(WIDTH, HEIGHT);
    private final Canvas seen = new Canvas(WIDTH, HEIGHT);
    private Scene drawn = Scene.EMPTY;
    private Theme theme;
    private Rect bounds = new Rect(0, 0, 1, 1);
    private double scale = 1;
    private boolean wanted = true;
    private final PauseTransition later = new PauseTransition(Duration.millis(200));

    /** Shows the whole picture of a session and which part of it a canvas shows. */
    public Minimap(Session session, CanvasView view) {
        this.session = session;
        this.view = view;
        this.theme = view.theme();
        setId("minimap");
        setAccessibleText("Minimap of the diagram");
        getStyleClass().add("minimap");
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        getChildren().addAll(boxes, seen);
        later.setOnFinished(event -> drawAll());
        session.onChange(this::refresh);
        view.onView(this::refresh);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
        widthProperty().addListener((any, old, now) -> refresh());
    }

    private void go(MouseEvent event) {
        view.center(bounds.x() + (event.getX() - left()) / scale, bounds.y() + (event.getY() - top()) / scale);
        event.consume();
    }

    private double left() {
        return (WIDTH - bounds.width() * scale) / 2;
    }

    private double top() {
        return (HEIGHT - bounds.height() * scale) / 2;
    }

    /** Turns the minimap on or off. It hides itself while everything is visible, and where it would cover too much. */
    public void setWanted(boolean on) {
        wanted = on;
        refresh();
    }

    /** Draws the rectangle, and the boxes if the picture or the colours have changed. */
    void refresh() {
        Scene scene = session.scene();
        Rect all = scene.bounds();
        Rect seen = view.viewport().visible();
        boolean whole = seen.contains(all.x(), all.y()) && seen.contains(all.right(), all.bottom());
        boolean room = view.getWidth() >= 2 * WIDTH && view.getHeight() >= 2 * HEIGHT;
        setVisible(wanted && room && !whole && !scene.boxes().isEmpty());
        if (!isVisible()) {
            return;
        }
        boolean other = !scene.equals(drawn) || !theme.equals(view.theme());
        if (other && scene.boxes().size() > MAX_IMMEDIATE) {
            later.playFromStart();
        } else if (other) {
            drawAll();
        }
        drawSeen();
    }

    private void drawAll() {
        drawn = session.scene();
        theme = view.theme();
        bounds = drawn.bounds();
        scale = Math.min(
                (WIDTH - 2 * MARGIN) / Math.max(1, bounds.width()),
                (HEIGHT - 2 * MARGIN) / Math.max(1, bounds.height()));
        drawBoxes(drawn);
        drawSeen();
    }

    private Rect small(Rect area) {
        return new Rect(
                left() + (area.x() - bounds.x()) * scale,
                top() + (area.y() - bounds.y()) * scale,
                Math.max(1, area.width() * scale),
                Math.max(1, area.height() * scale));
    }

    private void drawBoxes(Scene scene) {
        GraphicsContext graphics = boxes.getGraphicsContext2D();
        graphics.setFill(FxSurface.color(theme.background()));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        FxSurface surface = new FxSurface(graphics);
        for (Scene.Frame frame : scene.frames()) {
            if (frame.depth() == 0) {
                surface.fill(small(frame.area()), 1, (theme.frame(frame.color()) & 0xFFFFFF) | 0x40000000);
            }
        }
        for (Scene.Box box : scene.boxes()) {
            Rect area = small(box.area());
            graphics.setFill(FxSurface.color(theme.tint(box.label().tint())));
            graphics.fillRect(area.x(), area.y(), area.width(), area.height());
        }
    }

    private void drawSeen() {
        GraphicsContext graphics = seen.getGraphicsContext2D();
        graphics.clearRect(0, 0, WIDTH, HEIGHT);
        FxSurface surface = new FxSurface(graphics);
        surface.outline(small(view.viewport().visible()), 2, theme.accent(), 1.5, false);
        surface.outline(new Rect(0.5, 0.5, WIDTH - 1, HEIGHT - 1), 4, theme.border(), 1, false);
    }
}
