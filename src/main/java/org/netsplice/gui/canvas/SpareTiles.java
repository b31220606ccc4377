package org.netsplice.gui.canvas;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;

/** Canvases and pixels of discarded tiles, kept for reuse: allocating new ones for every tile would keep the garbage collector busy. */
final class SpareTiles {
    private static final int MAX_CANVASES = 128;
    private static final int MAX_PIXELS = 48;

    private final Deque<Canvas> canvases = new ArrayDeque<>();
    private final Deque<int[]> pixels = new ArrayDeque<>();
    private WritableImage image;

    Canvas canvas() {
        return canvases.isEmpty() ? new Canvas(Sheet.SIZE, Sheet.SIZE) : canvases.pop();
    }

    void giveBack(Canvas canvas) {
        if (canvases.size() < MAX_CANVASES) {
            canvases.push(canvas);
        }
    }

    /** Pixels of a square of this side, with any content. */
    int[] pixels(int side) {
        while (!pixels.isEmpty()) {
            int[] found = pixels.pop();
            if (found.length == side * side) {
                return found;
            }
        }
        return new int[side * side];
    }

    void giveBack(int[] given) {
        if (pixels.size() < MAX_PIXELS) {
            pixels.push(given);
        }
    }

    /** A square picture of this side, with any content; always the same one. */
    WritableImage image(int side) {
        if (image == null || image.getWidth() != side) {
            image = new WritableImage(side, side);
        }
        return image;
    }
}
