package org.netsplice.layers;

import org.netsplice.graph.Shape;
import org.netsplice.ops.Array;
import org.netsplice.ops.Window;

/** Sequences (batch, steps, channels) seen as images of height 1, on which the operations for images work. */
final class Sequences {
    private Sequences() {}

    /** A window over a sequence, as one over such an image. */
    static Window window(int kernel, int stride, int dilation, boolean same) {
        return new Window(new int[] {1, kernel}, new int[] {1, stride}, new int[] {1, dilation}, same);
    }

    static Shape image(Shape sequence) {
        return Shape.of(sequence.size(0), 1, sequence.size(1), sequence.size(2));
    }

    static Shape sequence(Shape image) {
        return Shape.of(image.size(0), image.size(2), image.size(3));
    }

    static Array image(Array sequence) {
        return sequence.reshape(sequence.size(0), 1, sequence.size(1), sequence.size(2));
    }

    static Array sequence(Array image) {
        return image.reshape(image.size(0), image.size(2), image.size(3));
    }
}
