package org.netsplice.gui.canvas;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Group;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.gui.widget.FxSurface;

/** The visible part of a scene at one scale, in tiles; tiles out of sight are discarded. */
final class Sheet {
    /** Pixels of a tile's side. */
    static final int SIZE = 256;
    /** Points between the dots of the ground. */
    private static final double GRID = 24;

    /** Where a tile is, counted in tiles from the origin of the scene. */
    private record Place(int column, int row) {}

    /** A canvas, whether it shows an older picture, and its pixels, if they were asked for and are still the same. */
    private static final class Tile {
        private final Canvas canvas;
        private boolean stale = true;
        private Optional<int[]> pixels = Optional.empty();

        private Tile(Canvas canvas) {
            this.canvas = canvas;
        }
    }

    private final double scale;
    private final double density;
    private final SpareTiles spare;
    private final Group group = new Group();
    private final Map<Place, Tile> tiles = new HashMap<>();
    private int painted;

    /**
     * An empty sheet; its tiles are taken from spare ones and given back.
     *
     * @param density pixels of the screen for one unit of the scene graph: the more, the smaller are the texts that can be read
     */
    Sheet(double scale, double density, SpareTiles spare) {
        this.scale = scale;
        this.density = density;
        this.spare = spare;
        group.setManaged(false);
    }

    double scale() {
        return scale;
    }

    /** How many tiles have ever been painted. */
    int painted() {
        return painted;
    }

    boolean empty() {
        return tiles.isEmpty();
    }

    /** The tiles as nodes, the origin of the scene at their origin. */
    Group group() {
        return group;
    }

    /** All tiles show an older picture. */
    void age() {
        tiles.values().forEach(tile -> tile.stale = true);
    }

    /** The tiles in these areas of the scene show an older picture. */
    void age(List<Rect> changed) {
        tiles.forEach((place, tile) -> {
            Rect area = area(place).grown(12 / scale);
            tile.stale |= changed.stream().anyMatch(area::meets);
        });
    }

    /** Gives all tiles back. */
    void clear() {
        tiles.values().forEach(this::giveBack);
        tiles.clear();
        group.getChildren().clear();
    }

    private void giveBack(Tile tile) {
        spare.giveBack(tile.canvas);
        forget(tile);
    }

    private void forget(Tile tile) {
        tile.pixels.ifPresent(spare::giveBack);
        tile.pixels = Optional.empty();
    }

    private Rect area(Place place) {
        double size = SIZE / scale;
        return new Rect(place.column() * size, place.row() * size, size, size);
    }

    /**
     * Paints what is missing in an area of the scene, at least one tile and no other that will hardly be ready at a time of
     * {@link System#nanoTime}; whether nothing is missing now. With {@code pixels} those are made at once that will be asked for.
     */
    boolean paint(Scene scene, Theme theme, Rect seen, long until, boolean pixels) {
        double size = SIZE / scale;
        int left = (int) Math.floor(seen.x() / size);
        int right = (int) Math.floor(seen.right() / size);
        int top = (int) Math.floor(seen.y() / size);
        int bottom = (int) Math.floor(seen.bottom() / size);
        recycle(new Rect(left - 1.5, top - 1.5, right - left + 3, bottom - top + 3));
        long last = 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                Place place = new Place(column, row);
                Tile tile = tiles.get(place);
                if (tile != null && !tile.stale) {
                    continue;
                }
                long begin = System.nanoTime();
                if (last > 0 && begin + last > until) {
                    return false;
                }
                paint(scene, theme, place, tile == null ? added(place) : tile);
                if (pixels) {
                    pixels(column, row);
                }
                last = System.nanoTime() - begin;
            }
        }
        return true;
    }

    private void recycle(Rect kept) {
        Iterator<Map.Entry<Place, Tile>> all = tiles.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Place, Tile> entry = all.next();
            if (!kept.contains(entry.getKey().column(), entry.getKey().row())) {
                group.getChildren().remove(entry.getValue().canvas);
                giveBack(entry.getValue());
                all.remove();
            }
        }
    }

    private Tile added(Place place) {
        Tile tile = new Tile(spare.canvas());
        tile.canvas.setLayoutX((double) place.column() * SIZE);
        tile.canvas.setLayoutY((double) place.row() * SIZE);
        tiles.put(place, tile);
        group.getChildren().add(tile.canvas);
        return tile;
    }

    private void paint(Scene scene, Theme theme, Place place, Tile tile) {
        painted++;
        tile.stale = false;
        forget(tile);
        GraphicsContext graphics = tile.canvas.getGraphicsContext2D();
        graphics.setFill(FxSurface.color(theme.background()));
        graphics.fillRect(0, 0, SIZE, SIZE);
        dots(graphics, theme, place);
        FxSurface surface = new FxSurface(graphics);
        surface.save(-(double) place.column() * SIZE, -(double) place.row() * SIZE, scale);
        new Painter(theme, surface, scale * density).paint(scene, area(place));
        surface.restore();
    }

    /** A grid of dots that moves and grows with the scene. */
    private void dots(GraphicsContext graphics, Theme theme, Place place) {
        double step = GRID * scale;
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

    int pixelsOfSide() {
        return (int) Math.round(SIZE * density);
    }

    double density() {
        return density;
    }

    /** The pixels of a tile, row by row, as opaque {@code 0xAARRGGBB}; empty where nothing was painted. */
    Optional<int[]> pixels(int column, int row) {
        Tile tile = tiles.get(new Place(column, row));
        if (tile == null) {
            return Optional.empty();
        }
        if (tile.pixels.isEmpty()) {
            int size = pixelsOfSide();
            SnapshotParameters exact = new SnapshotParameters();
            exact.setTransform(Transform.scale(density, density));
            WritableImage image = tile.canvas.snapshot(exact, spare.image(size));
            int[] pixels = spare.pixels(size);
            image.getPixelReader().getPixels(0, 0, size, size, PixelFormat.getIntArgbPreInstance(), pixels, 0, size);
            tile.pixels = Optional.of(pixels);
        }
        return tile.pixels;
    }
}
