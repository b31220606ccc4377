package org.netsplice.gui.canvas;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Port;

/** Turns the pointer's events on the canvas into gestures, and into movements of the view. */
public final class CanvasPointer {
    /** This near to the edge, in pixels, a drag moves the view. */
    private static final double EDGE = 28;

    private static final double FASTEST = 14;
    /** The zoom for a pixel of the wheel; a step of the wheel zooms by about an eighth. */
    private static final double ZOOM = 1.003;
    /** The pointer has to stay near the edge for this long, in nanoseconds. */
    private static final long DWELL = 300_000_000L;

    private final CanvasView view;
    private final Session session;
    private final Gestures gestures;
    private Point2D place = Point2D.ZERO;
    private Optional<Point2D> panFrom = Optional.empty();
    private boolean spaceDown;
    private boolean wheelZooms;
    private boolean dragPans;
    private boolean free;
    private boolean fromOutside;
    private boolean gaveUp;
    private long entered;
    private BiConsumer<Optional<Port>, Point> onSearch = (port, at) -> {};
    private Consumer<Scene.Note> onNote = note -> {};
    private Consumer<Scene.Box> onBox = box -> {};

    /** Moves the view while something is dragged near its edge. */
    private final AnimationTimer edges = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (!gestures.active()) {
                stop();
                return;
            }
            double dx = speed(place.getX(), view.getWidth());
            double dy = speed(place.getY(), view.getHeight());
            if (dx == 0 && dy == 0) {
                entered = now;
            } else if (now - entered > DWELL) {
                view.pan(dx, dy);
                drag();
            }
        }
    };

    CanvasPointer(CanvasView view, Session session, Gestures gestures) {
        this.view = view;
        this.session = session;
        this.gestures = gestures;
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, event -> {
            if (gestures.following()) {
                edges.stop();
            }
        });
        view.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        view.addEventHandler(ZoomEvent.ZOOM, event -> view.zoom(event.getZoomFactor(), event.getX(), event.getY()));
    }

    /** What happens to a note that is pressed twice. */
    public void onNote(Consumer<Scene.Note> handler) {
        onNote = handler;
    }

    /** What happens to a layer that is pressed twice. */
    public void onBox(Consumer<Scene.Box> handler) {
        onBox = handler;
    }

    void onSearch(BiConsumer<Optional<Port>, Point> handler) {
        onSearch = handler;
    }

    void setSpaceDown(boolean down) {
        spaceDown = down;
    }

    /** Whether the wheel zooms without Ctrl and scrolls with it. */
    public void setWheelZooms(boolean zooms) {
        wheelZooms = zooms;
    }

    /** Whether dragging on empty space moves the view, and selects with Shift only. */
    public void setDragPans(boolean pans) {
        dragPans = pans;
    }

    /** Whether the button that is down, or was the last one, gave up what another one had begun. */
    public boolean gaveUp() {
        return gaveUp;
    }

    /** Where the pointer is on the canvas. */
    Point2D place() {
        return place;
    }

    private Point at() {
        return view.viewport().inScene(place.getX(), place.getY());
    }

    private double speed(double at, double size) {
        double inside = Math.min(at, size - at);
        if (inside >= EDGE || (fromOutside && inside < 0)) {
            return 0;
        }
        double speed = Math.min(FASTEST, (EDGE - inside) / 2);
        return at < size / 2 ? speed : -speed;
    }

    private void moved(MouseEvent event) {
        place = new Point2D(event.getX(), event.getY());
        Point at = at();
        if (gestures.following()) {
            fromOutside = false;
            edges.start();
            drag();
        }
        view.setCursor(session.scene().outputAt(at.x(), at.y(), 12).isPresent() ? Cursor.CROSSHAIR : Cursor.DEFAULT);
    }

    private void scrolled(ScrollEvent event) {
        if (event.isShortcutDown() != wheelZooms) {
            view.zoom(Math.pow(ZOOM, event.getDeltaY()), event.getX(), event.getY());
        } else {
            view.pan(event.getDeltaX(), event.getDeltaY());
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        view.requestFocus();
        place = new Point2D(event.getX(), event.getY());
        if (event.getButton() == MouseButton.SECONDARY && gestures.active()) {
            gestures.cancel();
            view.requestPaint();
            gaveUp = true;
            return;
        }
        gaveUp = false;
        Point at = at();
        boolean primary = event.getButton() == MouseButton.PRIMARY;
        boolean ground = dragPans
                && primary
                && !event.isShiftDown()
                && event.getClickCount() == 1
                && !gestures.following()
                && gestures.ground(at.x(), at.y());
        if (event.getButton() == MouseButton.MIDDLE || (spaceDown && primary) || ground) {
            panFrom = Optional.of(place);
        } else if (event.getButton() == MouseButton.SECONDARY && event.isShortcutDown()) {
            gestures.pressToCut(at.x(), at.y());
        } else if (primary && event.getClickCount() == 2 && !gestures.following()) {
            pressedTwice(at);
        } else if (primary) {
            gestures.press(at.x(), at.y(), new Gestures.Held(event.isShiftDown(), event.isShortcutDown()));
            fromOutside = false;
            edges.start();
        }
        view.requestPaint();
    }

    /** On a group folds or unfolds it, on a layer renames it, on empty space asks for a layer. */
    private void pressedTwice(Point at) {
        Optional<Scene.Note> note = session.scene().noteAt(at.x(), at.y());
        if (note.isPresent()) {
            gestures.cancel();
            onNote.accept(note.get());
            return;
        }
        if (gestures.toggleFold(at.x(), at.y())) {
            return;
        }
        gestures.cancel();
        session.scene().boxAt(at.x(), at.y()).ifPresentOrElse(onBox, () -> onSearch.accept(Optional.empty(), at));
    }

    private void dragged(MouseEvent event) {
        Point2D before = place;
        place = new Point2D(event.getX(), event.getY());
        if (panFrom.isPresent()) {
            view.pan(place.getX() - before.getX(), place.getY() - before.getY());
        } else {
            free = event.isShortcutDown();
            drag();
        }
    }

    /** Something that was not begun on the canvas is dragged over it. */
    void dragged(Point2D local) {
        place = local;
        free = false;
        fromOutside = true;
        edges.start();
        drag();
    }

    private void drag() {
        Point at = at();
        gestures.drag(at.x(), at.y(), free);
        view.requestPaint();
    }

    private void released(MouseEvent event) {
        if (panFrom.isPresent()) {
            panFrom = Optional.empty();
        } else if (gestures.active()) {
            place = new Point2D(event.getX(), event.getY());
            Point at = at();
            gestures.release(at.x(), at.y()).ifPresent(asked -> onSearch.accept(Optional.of(asked.port()), asked.at()));
        }
        view.requestPaint();
    }
}
