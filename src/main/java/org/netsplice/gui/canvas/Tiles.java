package org.netsplice.gui.canvas;

import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.editor.session.Viewport;

/**
 * A scene painted in tiles, which are moved and scaled with the view: panning paints what comes into view only, and zooming shows
 * scaled tiles until others are ready. Tiles that did not change with the scene are kept.
 */
final class Tiles extends Pane {
    /** Zooming has paused after this time, in nanoseconds. */
    private static final long PAUSE = 120_000_000L;
    /** Tiles are painted for this long in one frame, in nanoseconds. */
    private static final long BUDGET = 6_000_000L;
    /** The same until a first picture is complete. */
    private static final long FIRST = 30_000_000L;
    /** The same while tiles are scaled. */
    private static final long ZOOMING = 4_000_000L;
    /** Tiles enlarged further than this are replaced while the zoom still changes. */
    private static final double LARGEST = 1.8;
    /** Tiles made smaller than this are replaced while the zoom still changes. */
    private static final double SMALLEST = 0.7;

    /** Whether scaling costs nothing; the software renderer has no depth either. */
    private static final boolean HARDWARE = Platform.isSupported(ConditionalFeature.SCENE3D);

    private final Viewport viewport;
    private final SpareTiles spare = new SpareTiles();
    private final Translate translate = new Translate();
    private final Scale scaling = new Scale();
    private final ScaledPicture picture = new ScaledPicture();
    private Scene scene = Scene.EMPTY;
    private Theme theme = Theme.LIGHT;
    private Sheet sheet = new Sheet(1, 1, spare);
    /** The sheet that replaces the present one as soon as it is painted. */
    private Sheet next;

    private boolean complete;
    private boolean starting;
    private double lastScale;
    private long zoomed;

    private final AnimationTimer later = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (update()) {
                stop();
            }
        }
    };

    Tiles(Viewport viewport) {
        this.viewport = viewport;
        setMouseTransparent(true);
    }

    void setTheme(Theme other) {
        if (!theme.equals(other)) {
            theme = other;
            sheet.age();
            giveUpNext();
        }
    }

    /** Shows a scene; tiles that differ from the scene before are painted again. */
    void show(Scene wanted) {
        if (wanted.equals(scene)) {
            return;
        }
        complete = false;
        if (scene.boxes().isEmpty()) {
            sheet.clear();
        } else {
            sheet.age(wanted.changed(scene));
        }
        giveUpNext();
        scene = wanted;
    }

    /** Whether a scene is the one that is shown. */
    boolean shows(Scene wanted) {
        return wanted.equals(scene);
    }

    /** Whether everything visible is painted. */
    boolean complete() {
        return complete;
    }

    /** Follows the view and paints missing tiles: some now, the rest with the next frames. */
    void follow() {
        if (!update()) {
            later.start();
        }
    }

    /** Paints everything that is missing now. */
    void finish() {
        if (sheet.scale() != viewport.scale()) {
            replace(made());
        }
        sheet.paint(scene, theme, viewport.visible(), Long.MAX_VALUE, false);
        lastScale = viewport.scale();
        place();
        complete = true;
    }

    private void giveUpNext() {
        if (next != null) {
            next.clear();
            next = null;
        }
    }

    private void replace(Sheet other) {
        giveUpNext();
        sheet.clear();
        sheet = other;
    }

    /** Returns whether everything is painted. */
    private boolean update() {
        long now = System.nanoTime();
        Rect seen = viewport.visible();
        if (lastScale != viewport.scale()) {
            lastScale = viewport.scale();
            zoomed = now;
        }
        if (sheet.empty()) {
            starting = true;
            replace(made());
        }
        boolean done;
        if (sheet.scale() == lastScale) {
            giveUpNext();
            done = sheet.paint(scene, theme, seen, now + (starting ? FIRST : BUDGET), false);
        } else {
            done = renew(seen, now);
        }
        place();
        complete = done;
        starting &= !done;
        return done;
    }

    /** Paints tiles for the present zoom, or missing tiles of the zoom before; returns whether the present zoom is shown. */
    private boolean renew(Rect seen, long now) {
        boolean paused = now - zoomed > PAUSE;
        double factor = lastScale / sheet.scale();
        if (next != null && paused && next.scale() != lastScale) {
            giveUpNext();
        }
        if (next == null && (paused || factor > LARGEST || factor < SMALLEST)) {
            next = made();
        }
        long until = now + (paused ? BUDGET : ZOOMING);
        if (next == null) {
            sheet.paint(scene, theme, seen, until, !HARDWARE);
        } else if (next.paint(scene, theme, seen, until, !HARDWARE)) {
            Sheet ready = next;
            next = null;
            replace(ready);
        }
        return sheet.scale() == lastScale;
    }

    /** Places the sheet in the view, as tiles or as a scaled picture of them. */
    private void place() {
        double factor = viewport.scale() / sheet.scale();
        if (factor != 1 && !HARDWARE) {
            double density = sheet.density();
            picture.show(
                    sheet,
                    new ScaledPicture.Look(
                            factor, viewport.offsetX() * density, viewport.offsetY() * density, theme.background()),
                    viewport.width(),
                    viewport.height());
            shown(picture);
            return;
        }
        translate.setX(Math.rint(viewport.offsetX()));
        translate.setY(Math.rint(viewport.offsetY()));
        scaling.setX(factor);
        scaling.setY(factor);
        sheet.group().getTransforms().setAll(translate, scaling);
        shown(sheet.group());
    }

    private void shown(Node node) {
        if (!getChildren().equals(List.of(node))) {
            getChildren().setAll(node);
        }
    }

    /** An empty sheet with the density of this screen. */
    private Sheet made() {
        boolean seen = getScene() != null && getScene().getWindow() != null;
        return new Sheet(viewport.scale(), seen ? getScene().getWindow().getOutputScaleX() : 1, spare);
    }
}
