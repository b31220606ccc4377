package org.netsplice.gui;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Theme;
import org.netsplice.editor.Gestures;
import org.netsplice.editor.Overlay;
import org.netsplice.editor.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;

/** The picture of the document, as large as the window lets it be; turns the pointer's events into gestures. */
final class CanvasView extends Pane {
    private static final double SMALLEST = 0.05;
    private static final double LARGEST = 4;

    private final Session session;
    private final Gestures gestures;
    private final Canvas canvas = new Canvas();
    private Theme theme = Theme.LIGHT;
    private double scale = 1;
    private double offsetX = 40;
    private double offsetY = 40;
    private boolean paintAsked;
    private boolean spaceDown;
    private boolean fitWanted = true;
    private int boxes;
    private Set<NodeId> revealed = Set.of();
    private Optional<Point2D> panFrom = Optional.empty();
    private Point2D pointer = Point2D.ZERO;
    private BiConsumer<Optional<Port>, Point> onSearch = (port, at) -> {};
    private Runnable onView = () -> {};

    CanvasView(Session session, Gestures gestures) {
        this.session = session;
        this.gestures = gestures;
        setId("canvas");
        setMinSize(200, 150);
        getChildren().add(canvas);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Diagram of the networks; the outline lists the same layers");
        canvas.widthProperty().bind(widthProperty());
        canvas.heightProperty().bind(heightProperty());
        widthProperty().addListener((any, old, now) -> requestPaint());
        heightProperty().addListener((any, old, now) -> requestPaint());
        session.onChange(this::sceneChanged);
        listen();
    }

    private void listen() {
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> {
            pointer = new Point2D(event.getX(), event.getY());
            Point at = toScene(event.getX(), event.getY());
            if (gestures.following()) {
                gestures.drag(at.x(), at.y(), false);
                requestPaint();
            }
            setCursor(session.scene().outputAt(at.x(), at.y(), 12).isPresent() ? Cursor.CROSSHAIR : Cursor.DEFAULT);
        });
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(ZoomEvent.ZOOM, event -> zoom(event.getZoomFactor(), event.getX(), event.getY()));
    }

    /** What happens when a layer is asked for at a place, behind a port if there is one. */
    void onSearch(BiConsumer<Optional<Port>, Point> handler) {
        onSearch = handler;
    }

    /** Called when the zoom changes. */
    void onView(Runnable handler) {
        onView = handler;
    }

    void setTheme(Theme other) {
        theme = other;
        requestPaint();
    }

    /** While the space bar is down, dragging moves the view. */
    void setSpaceDown(boolean down) {
        spaceDown = down;
        setCursor(down ? Cursor.MOVE : Cursor.DEFAULT);
    }

    double scale() {
        return scale;
    }

    private void sceneChanged() {
        if (session.search().active() && !session.selection().equals(revealed)) {
            revealed = session.selection();
            session.search()
                    .place()
                    .ifPresent(place -> reveal(session.search().found().get(place)));
        }
        if (fitWanted && session.settled() && !session.scene().boxes().isEmpty() && getWidth() > 0) {
            fit(session.scene().bounds());
            fitWanted = false;
        }
        int count = session.scene().boxes().size();
        if (session.settled() && count != boxes) {
            if (count > boxes) {
                session.selection().forEach(this::panInto);
            }
            boxes = count;
        }
        requestPaint();
    }

    /** Moves the view just so far that a box is inside. */
    private void panInto(NodeId id) {
        session.scene().box(id).ifPresent(box -> {
            Rect area = box.area().grown(30);
            offsetX += inward(area.x() * scale + offsetX, area.right() * scale + offsetX, getWidth());
            offsetY += inward(area.y() * scale + offsetY, area.bottom() * scale + offsetY, getHeight());
            viewChanged();
        });
    }

    private static double inward(double from, double to, double size) {
        return to > size ? Math.max(size - to, -from) : from < 0 ? -from : 0;
    }

    /** Shows everything as soon as the picture is ready. */
    void fitSoon() {
        fitWanted = true;
        sceneChanged();
    }

    /** Shows everything. */
    void fitAll() {
        fit(session.scene().bounds());
    }

    /** Shows what is selected, or everything. */
    void fitSelection() {
        Rect bounds = null;
        for (NodeId id : session.selection()) {
            Optional<Scene.Box> box = session.scene().box(id);
            if (box.isPresent()) {
                bounds = bounds == null
                        ? box.get().area()
                        : bounds.with(box.get().area());
            }
        }
        fit(bounds == null ? session.scene().bounds() : bounds);
    }

    private void fit(Rect area) {
        Rect wide = area.grown(30);
        scale = clamp(Math.min(1.25, Math.min(getWidth() / wide.width(), getHeight() / wide.height())));
        offsetX = getWidth() / 2 - wide.centerX() * scale;
        offsetY = getHeight() / 2 - wide.centerY() * scale;
        viewChanged();
    }

    /** Brings a node into view without changing the zoom. */
    void reveal(NodeId id) {
        session.scene().box(id).ifPresent(box -> {
            offsetX = getWidth() / 2 - box.area().centerX() * scale;
            offsetY = getHeight() / 2 - box.area().centerY() * scale;
            viewChanged();
        });
    }

    /** Zooms by a factor around the middle. */
    void zoom(double factor) {
        zoom(factor, getWidth() / 2, getHeight() / 2);
    }

    void zoomTo(double wanted) {
        zoom(wanted / scale);
    }

    private void zoom(double factor, double x, double y) {
        Point at = toScene(x, y);
        scale = clamp(scale * factor);
        offsetX = x - at.x() * scale;
        offsetY = y - at.y() * scale;
        viewChanged();
    }

    private static double clamp(double scale) {
        return Math.max(SMALLEST, Math.min(LARGEST, scale));
    }

    private void viewChanged() {
        onView.run();
        requestPaint();
    }

    private void scrolled(ScrollEvent event) {
        if (event.isShortcutDown()) {
            zoom(Math.pow(1.0015, event.getDeltaY()), event.getX(), event.getY());
        } else {
            offsetX += event.getDeltaX();
            offsetY += event.getDeltaY();
            viewChanged();
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        boolean pan =
                event.getButton() == MouseButton.MIDDLE || (spaceDown && event.getButton() == MouseButton.PRIMARY);
        if (pan) {
            panFrom = Optional.of(new Point2D(event.getX(), event.getY()));
        } else if (event.getButton() == MouseButton.PRIMARY) {
            Point at = toScene(event.getX(), event.getY());
            if (event.getClickCount() == 2 && !gestures.following()) {
                pressedTwice(at);
            } else {
                gestures.press(at.x(), at.y(), new Gestures.Held(event.isShiftDown(), event.isShortcutDown()));
            }
        } else if (event.getButton() == MouseButton.SECONDARY && event.isShortcutDown()) {
            Point at = toScene(event.getX(), event.getY());
            gestures.pressToCut(at.x(), at.y());
        }
        requestPaint();
    }

    /** On a group folds or unfolds it; on empty space asks for a layer. */
    private void pressedTwice(Point at) {
        if (gestures.turn(at.x(), at.y())) {
            return;
        }
        gestures.cancel();
        if (session.scene().boxAt(at.x(), at.y()).isEmpty()) {
            onSearch.accept(Optional.empty(), at);
        }
    }

    private void dragged(MouseEvent event) {
        pointer = new Point2D(event.getX(), event.getY());
        if (panFrom.isPresent()) {
            offsetX += event.getX() - panFrom.get().getX();
            offsetY += event.getY() - panFrom.get().getY();
            panFrom = Optional.of(pointer);
            viewChanged();
        } else {
            Point at = toScene(event.getX(), event.getY());
            gestures.drag(at.x(), at.y(), event.isShortcutDown());
            requestPaint();
        }
    }

    private void released(MouseEvent event) {
        panFrom = Optional.empty();
        if (gestures.active()) {
            Point at = toScene(event.getX(), event.getY());
            gestures.release(at.x(), at.y()).ifPresent(asked -> onSearch.accept(Optional.of(asked.port()), asked.at()));
        }
        requestPaint();
    }

    /** A layer from the palette is above the canvas, at a place of the window's scene. */
    void paletteDragged(double sceneX, double sceneY) {
        Point2D local = sceneToLocal(sceneX, sceneY);
        pointer = local;
        Point at = toScene(local.getX(), local.getY());
        gestures.drag(at.x(), at.y(), false);
        requestPaint();
    }

    /** A layer from the palette was let go; false when that was not above the canvas. */
    boolean paletteDropped(double sceneX, double sceneY) {
        Point2D local = sceneToLocal(sceneX, sceneY);
        if (!getLayoutBounds().contains(local)) {
            gestures.cancel();
            requestPaint();
            return false;
        }
        Point at = toScene(local.getX(), local.getY());
        gestures.drop(at.x(), at.y());
        requestPaint();
        return true;
    }

    /** Where on the canvas the pointer is, in the coordinates of the scene. */
    Point pointerInScene() {
        return toScene(pointer.getX(), pointer.getY());
    }

    private Point toScene(double x, double y) {
        return new Point((x - offsetX) / scale, (y - offsetY) / scale);
    }

    /** The place on the screen of a place of the scene. */
    Point2D onScreen(Point at) {
        return localToScreen(at.x() * scale + offsetX, at.y() * scale + offsetY);
    }

    /** Paints with the next frame. */
    void requestPaint() {
        if (!paintAsked) {
            paintAsked = true;
            Platform.runLater(() -> {
                paintAsked = false;
                paint();
            });
        }
    }

    private void paint() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        int ground = theme.background();
        graphics.setFill(Color.rgb(ground >> 16 & 255, ground >> 8 & 255, ground & 255));
        graphics.fillRect(0, 0, width, height);
        FxSurface surface = new FxSurface(graphics);
        dots(graphics, width, height);
        surface.save(offsetX, offsetY, scale);
        Rect visible = new Rect(-offsetX / scale, -offsetY / scale, width / scale, height / scale);
        new Painter(theme, surface, scale).paint(session.scene(), visible);
        Overlay overlay = gestures.overlay();
        OverlayPainter above = new OverlayPainter(surface, theme, scale);
        above.paint(session, overlay);
        surface.restore();
        above.hint(overlay, new Point(pointer.getX(), pointer.getY()), width, height);
    }

    private void dots(GraphicsContext graphics, double width, double height) {
        double step = 24 * scale;
        if (step < 9) {
            return;
        }
        int dot = theme.dots();
        graphics.setFill(Color.rgb(dot >> 16 & 255, dot >> 8 & 255, dot & 255));
        for (double x = Math.floorMod((long) offsetX, (long) Math.max(1, step)); x < width; x += step) {
            for (double y = Math.floorMod((long) offsetY, (long) Math.max(1, step)); y < height; y += step) {
                graphics.fillRect(x, y, 1.5, 1.5);
            }
        }
    }
}
