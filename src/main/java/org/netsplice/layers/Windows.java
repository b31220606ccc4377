package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.ops.Window;

/** Windows moving over images, as settings describe them. */
final class Windows {
    private Windows() {}

    static Window of(List<Integer> kernel, List<Integer> strides, List<Integer> dilation, Padding padding) {
        return new Window(array(kernel), array(strides), array(dilation), padding == Padding.SAME);
    }

    /** A channels-last image after a window moved over it; the channels stay. */
    static Shape moved(Shape image, Window window) {
        return image.with(1, Shapes.window(image.size(1), window, 0)).with(2, Shapes.window(image.size(2), window, 1));
    }

    private static int[] array(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
