package org.netsplice.gui.canvas;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Background;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.gesture.Overlay;
import org.netsplice.editor.session.Session;
import org.netsplice.editor.session.Viewport;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.gui.widget.FxSurface;

/** The canvas: shows the diagram of the document and receives the pointer and the keys. */
public final class CanvasView extends Pane {
    private final Session session;
    private final Gestures gestures;
    private final Canvas canvas = new Canvas();
    private final Viewport viewport = new Viewport();
    private final Tiles tiles = new Tiles(viewport);
    private final CanvasPointer pointer;
    private Theme theme = Theme.LIGHT;
    private boolean paintAsked;
    private boolean openingWanted = true;
    /** What the view moves to as soon as it is laid out. */
    private Set<NodeId> changed = Set.of();

    private Set<NodeId> known = Set.of();
    private int boxes;
    private Set<NodeId> revealed = Set.of();
    private Runnable onView = () -> {};
    private Runnable onEnter = () -> {};
    private final Transition transition = new Transition(this::requestPaint);

    /** Shows the picture of a session and gives the pointer and the keys to its gestures. */
    public CanvasView(Session session, Gestures gestures) {
        this.session = session;
        this.gestures = gestures;
        setId("canvas");
        setMinSize(200, 150);
        getChildren().addAll(tiles, canvas);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Diagram of the networks; the outline lists the same layers");
        canvas.widthProperty().bind(widthProperty());
        canvas.heightProperty().bind(heightProperty());
        widthProperty().addListener((any, old, now) -> resized());
        heightProperty().addListener((any, old, now) -> resized());
        focusedProperty().addListener((any, old, now) -> requestPaint());
        session.onChange(this::sceneChanged);
        pointer = new CanvasPointer(this, session, gestures);
        new CanvasKeys(this, session, () -> onEnter.run()).install();
    }

    /** Sets the handler that asks for a layer at a place, after a port if there is one. */
    public void onSearch(BiConsumer<Optional<Port>, Point> handler) {
        pointer.onSearch(handler);
    }

    /** Sets what Enter does with the selection. */
    public void onEnter(Runnable handler) {
        onEnter = handler;
    }

    /** Adds a handler that runs when the view moves or zooms. */
    public void onView(Runnable handler) {
        Runnable before = onView;
        onView = () -> {
            before.run();
            handler.run();
        };
    }

    /** Paints in other colours from now on. */
    public void setTheme(Theme other) {
        theme = other;
        tiles.setTheme(other);
        setBackground(Background.fill(FxSurface.color(other.background())));
        requestPaint();
    }

    /** Whether layers glide to their new places. */
    public void setAnimated(boolean animated) {
        transition.setOn(animated);
    }

    /** Paints everything visible before it returns. */
    public void paintNow() {
        tiles.show(session.scene());
        tiles.finish();
        paintAbove();
    }

    /** Whether a part of the present picture is painted. */
    public boolean begun() {
        return tiles.shows(session.scene());
    }

    /** Whether everything visible of the present picture is painted. */
    public boolean complete() {
        return begun() && tiles.complete();
    }

    Theme theme() {
        return theme;
    }

    /** How large a point is at 100 %, in pixels. */
    public void setUnit(double pixels) {
        viewport.setUnit(pixels);
        viewChanged();
    }

    /** The part of the picture that is seen. */
    public Viewport viewport() {
        return viewport;
    }

    /** What turns the pointer's events into gestures. */
    public CanvasPointer pointer() {
        return pointer;
    }

    /** While the space bar is down, dragging moves the view. */
    public void setSpaceDown(boolean down) {
        pointer.setSpaceDown(down);
        setCursor(down ? Cursor.MOVE : Cursor.DEFAULT);
    }

    /** Tells a screen reader. */
    void announce(String text) {
        setAccessibleText(text);
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    private void resized() {
        viewport.resize(getWidth(), getHeight());
        viewChanged();
    }

    private void sceneChanged() {
        if (session.search().active() && !session.selection().equals(revealed)) {
            revealed = session.selection();
            session.search()
                    .place()
                    .ifPresent(place -> reveal(session.search().found().get(place)));
        }
        if (openingWanted && session.settled() && !session.scene().boxes().isEmpty() && getWidth() > 0) {
            showOpened();
            openingWanted = false;
        }
        if (!changed.isEmpty() && session.settled()) {
            include(changed);
            changed = Set.of();
        }
        transition.to(session.scene(), !gestures.active());
        int count = session.scene().boxes().size();
        if (session.settled() && count != boxes) {
            include(session.selection());
            boxes = count;
        }
        requestPaint();
    }

    /** Undoes or redoes, and moves the view as little as needed to show what has changed by that. */
    public void showingChange(Runnable step) {
        Document before = session.document();
        step.run();
        changed = Changes.between(before, session.document());
        sceneChanged();
    }

    /** Moves the view as little as needed to show layers, or the first box if they are too far apart. */
    private void include(Set<NodeId> nodes) {
        List<Rect> areas = nodes.stream()
                .flatMap(id -> session.scene().box(id).stream())
                .map(Scene.Box::area)
                .distinct()
                .toList();
        areas.stream().reduce(Rect::with).ifPresent(all -> {
            boolean fits = all.width() * viewport.scale() < getWidth() && all.height() * viewport.scale() < getHeight();
            Rect first = areas.stream().min(Comparator.comparingDouble(Rect::y)).orElse(all);
            viewport.include(fits ? all : first);
            viewChanged();
        });
    }

    /** Moves the view as little as needed to show a layer. */
    void include(NodeId id) {
        session.scene().box(id).ifPresent(box -> {
            viewport.include(box.area());
            viewChanged();
        });
    }

    /** Shows what was opened as soon as the picture is ready: all of it where its labels can be read then, else its first input. */
    public void showOpenedSoon() {
        openingWanted = true;
        sceneChanged();
    }

    private void showOpened() {
        Scene scene = session.scene();
        Rect first = session.document().graph().inputs().stream()
                .filter(id -> !known.contains(id))
                .findFirst()
                .flatMap(scene::box)
                .map(Scene.Box::area)
                .orElse(scene.boxes().get(0).area());
        known = Set.copyOf(session.document().graph().nodes().keySet());
        viewport.open(scene.bounds(), first);
        viewChanged();
    }

    /** Fits the view to the whole picture. */
    public void fitAll() {
        fit(session.scene().bounds());
    }

    /** Fits the view to the selection, or to everything when nothing is selected. */
    public void fitSelection() {
        fit(session.selection().stream()
                .flatMap(id -> session.scene().box(id).stream())
                .map(Scene.Box::area)
                .reduce(Rect::with)
                .orElse(session.scene().bounds()));
    }

    private void fit(Rect area) {
        viewport.fit(area);
        viewChanged();
    }

    /** Brings a node into view without changing the zoom. */
    public void reveal(NodeId id) {
        session.scene()
                .box(id)
                .ifPresent(box -> center(box.area().centerX(), box.area().centerY()));
    }

    /** Moves a place of the scene to the middle. */
    void center(double x, double y) {
        viewport.center(x, y);
        viewChanged();
    }

    /** Zooms by a factor around the middle. */
    public void zoom(double factor) {
        zoom(factor, getWidth() / 2, getHeight() / 2);
    }

    /** Zooms by a factor around a place of the canvas, in pixels. */
    public void zoom(double factor, double x, double y) {
        viewport.zoom(factor, x, y);
        viewChanged();
    }

    /** Zooms to a scale around the middle; 1 is 100 %. */
    public void zoomTo(double wanted) {
        viewport.zoomTo(wanted);
        viewChanged();
    }

    void pan(double dx, double dy) {
        viewport.pan(dx, dy);
        viewChanged();
    }

    private void viewChanged() {
        gestures.seenAt(viewport.scale());
        onView.run();
        requestPaint();
    }

    /** Follows a layer dragged from the palette, at a place of the window's scene. */
    void paletteDragged(double sceneX, double sceneY) {
        Point2D local = sceneToLocal(sceneX, sceneY);
        pointer.dragged(local);
    }

    /** Drops a layer from the palette; returns false when it is not over the canvas. */
    boolean paletteDropped(double sceneX, double sceneY) {
        Point2D local = sceneToLocal(sceneX, sceneY);
        boolean inside = getLayoutBounds().contains(local);
        if (inside) {
            Point at = viewport.inScene(local.getX(), local.getY());
            gestures.drop(at.x(), at.y());
        } else {
            gestures.cancel();
        }
        requestPaint();
        return inside;
    }

    /** Where on the canvas the pointer is, in the coordinates of the scene. */
    public Point pointerInScene() {
        return viewport.inScene(pointer.place().getX(), pointer.place().getY());
    }

    /** The place of the scene that is seen in the middle. */
    Point middleInScene() {
        return viewport.inScene(getWidth() / 2, getHeight() / 2);
    }

    /** Whether a layer is selected. */
    boolean anythingSelected() {
        return !session.selection().isEmpty();
    }

    /** The place on the screen of a place of the scene. */
    public Point2D onScreen(Point at) {
        Point local = viewport.inView(at);
        return localToScreen(local.x(), local.y());
    }

    /** Paints with the next frame. */
    public void requestPaint() {
        if (!paintAsked) {
            paintAsked = true;
            Platform.runLater(() -> {
                paintAsked = false;
                paint(transition.scene());
            });
        }
    }

    /** Paints a picture and its overlay. */
    public void paint(Scene scene) {
        tiles.show(scene);
        tiles.follow();
        paintAbove();
    }

    private void paintAbove() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        Overlay overlay = gestures.overlay();
        boolean needed = !overlay.equals(Overlay.NONE)
                || !session.selection().isEmpty()
                || session.selectedWire().isPresent()
                || session.search().active()
                || isFocused();
        canvas.setVisible(needed);
        if (!needed) {
            return;
        }
        graphics.clearRect(0, 0, width, height);
        FxSurface surface = new FxSurface(graphics);
        surface.save(viewport.offsetX(), viewport.offsetY(), viewport.scale());
        OverlayPainter above = new OverlayPainter(surface, theme, viewport.scale());
        above.paint(session, overlay, viewport.visible());
        surface.restore();
        above.hint(overlay, new Point(pointer.place().getX(), pointer.place().getY()), width, height);
        if (isFocused()) {
            surface.outline(new Rect(1, 1, width - 2, height - 2), 3, theme.accent(), 2, false);
        }
    }
}
