package org.netsplice.gui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javafx.animation.AnimationTimer;
import javafx.scene.Group;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.editor.Viewport;

/**
 * A scene painted in tiles, which are moved and scaled with the view: panning paints what comes into view only, and zooming shows
 * scaled tiles until it pauses. Tiles that did not change with the scene are kept.
 */
final class Tiles extends Pane {
    private static final int SIZE = 512;
    /** Zooming has paused after this time, in nanoseconds. */
    private static final long PAUSE = 120_000_000L;
    /** Tiles are painted for this long in one frame, in nanoseconds. */
    private static final long BUDGET = 14_000_000L;
    /** Tiles scaled further than this are painted anew at once. */
    private static final double FURTHEST = 2.5;
    /** As many boxes are painted as quickly as tiles are scaled. */
    private static final int FEW = 14;
    /** Points between the dots of the ground. */
    private static final double GRID = 24;

    /** Where a tile is, counted in tiles from the origin of the scene. */
    private record Place(int column, int row) {}

    /** A canvas, and whether it shows an older picture. */
    private static final class Tile {
        private final Canvas canvas = new Canvas(SIZE, SIZE);
        private boolean stale = true;
    }

    private final Viewport viewport;
    private final Group group = new Group();
    private final Translate translate = new Translate();
    private final Scale scaling = new Scale();
    private final Map<Place, Tile> tiles = new HashMap<>();
    private final List<Canvas> spare = new ArrayList<>();
    private Scene scene = Scene.EMPTY;
    private Theme theme = Theme.LIGHT;
    private double painted = 1;
    private long zoomed;

    private final AnimationTimer later = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (update(BUDGET)) {
                stop();
            }
        }
    };

    Tiles(Viewport viewport) {
        this.viewport = viewport;
        group.setManaged(false);
        group.getTransforms().addAll(translate, scaling);
        getChildren().add(group);
        setMouseTransparent(true);
    }

    void setTheme(Theme other) {
        if (!theme.equals(other)) {
            theme = other;
            tiles.values().forEach(tile -> tile.stale = true);
        }
    }

    /** Shows a scene; tiles where it differs from the one before are painted anew. */
    void show(Scene next) {
        if (next.equals(scene)) {
            return;
        }
        List<Rect> changed = next.changed(scene);
        scene = next;
        tiles.forEach((place, tile) -> {
            Rect area = area(place).grown(12 / painted);
            tile.stale |= changed.stream().anyMatch(area::meets);
        });
    }

    /** Follows the view, and paints what is missing: some of it at once, the rest with the next frames. */
    void follow() {
        if (!update(BUDGET)) {
            later.start();
        }
    }

    /** Paints everything that is missing now. */
    void finish() {
        if (viewport.scale() != painted) {
            clear();
        }
        update(Long.MAX_VALUE);
    }

    private Rect area(Place place) {
        double size = SIZE / painted;
        return new Rect(place.column() * size, place.row() * size, size, size);
    }

    /** Gives back whether nothing is left to be painted. */
    private boolean update(long budget) {
        long now = System.nanoTime();
        double factor = viewport.scale() / painted;
        boolean same = Math.abs(factor - 1) < 1e-9;
        boolean paused = now - zoomed > PAUSE;
        boolean anew = tiles.isEmpty() || (paused && zoomed != 0) || factor > FURTHEST || factor < 1 / FURTHEST;
        if (!same && (anew || few())) {
            painted = viewport.scale();
            factor = 1;
            same = true;
            clear();
        } else if (!same && (zoomed == 0 || factor != scaling.getX())) {
            zoomed = now;
        }
        if (same) {
            zoomed = 0;
        }
        translate.setX(Math.rint(viewport.offsetX()));
        translate.setY(Math.rint(viewport.offsetY()));
        scaling.setX(factor);
        scaling.setY(factor);
        return paintMissing(now, budget) && same;
    }

    /** Whether so few boxes are seen that painting them is quicker than scaling their tiles. */
    private boolean few() {
        Rect seen = viewport.visible();
        return scene.boxes().stream()
                        .filter(box -> box.area().meets(seen))
                        .limit(FEW + 1)
                        .count()
                <= FEW;
    }

    private void clear() {
        tiles.values().forEach(tile -> spare.add(tile.canvas));
        tiles.clear();
        group.getChildren().clear();
    }

    private boolean paintMissing(long start, long budget) {
        Rect seen = viewport.visible();
        double size = SIZE / painted;
        int left = (int) Math.floor(seen.x() / size);
        int right = (int) Math.floor(seen.right() / size);
        int top = (int) Math.floor(seen.y() / size);
        int bottom = (int) Math.floor(seen.bottom() / size);
        recycle(new Rect(left - 1.5, top - 1.5, right - left + 3, bottom - top + 3));
        boolean first = true;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                Place place = new Place(column, row);
                Tile tile = tiles.get(place);
                if (tile != null && !tile.stale) {
                    continue;
                }
                if (!first && System.nanoTime() - start > budget) {
                    return false;
                }
                first = false;
                paint(place, tile == null ? added(place) : tile);
            }
        }
        return true;
    }

    /** Takes back tiles that are out of sight. */
    private void recycle(Rect kept) {
        Iterator<Map.Entry<Place, Tile>> all = tiles.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Place, Tile> entry = all.next();
            if (!kept.contains(entry.getKey().column(), entry.getKey().row())) {
                group.getChildren().remove(entry.getValue().canvas);
                spare.add(entry.getValue().canvas);
                all.remove();
            }
        }
        while (spare.size() > 64) {
            spare.remove(spare.size() - 1);
        }
    }

    private Tile added(Place place) {
        Tile tile = new Tile();
        tile.canvas.setLayoutX((double) place.column() * SIZE);
        tile.canvas.setLayoutY((double) place.row() * SIZE);
        tiles.put(place, tile);
        group.getChildren().add(tile.canvas);
        return tile;
    }

    private void paint(Place place, Tile tile) {
        tile.stale = false;
        GraphicsContext graphics = tile.canvas.getGraphicsContext2D();
        graphics.setFill(FxSurface.color(theme.background()));
        graphics.fillRect(0, 0, SIZE, SIZE);
        dots(graphics, place);
        FxSurface surface = new FxSurface(graphics);
        surface.save(-(double) place.column() * SIZE, -(double) place.row() * SIZE, painted);
        new Painter(theme, surface, painted).paint(scene, area(place));
        surface.restore();
    }

    /** A grid of dots that moves and grows with the scene. */
    private void dots(GraphicsContext graphics, Place place) {
        double step = GRID * painted;
        if (step < GRID / 2) {
            return;
        }
        graphics.setFill(FxSurface.color(theme.dots()));
        double left = (double) place.column() * SIZE;
        double top = (double) place.row() * SIZE;
        for (double x = Math.ceil(left / step) * step; x < left + SIZE; x += step) {
            for (double y = Math.ceil(top / step) * step; y < top + SIZE; y += step) {
                graphics.fillRect(x - left, y - top, 1.5, 1.5);
            }
        }
    }
}
