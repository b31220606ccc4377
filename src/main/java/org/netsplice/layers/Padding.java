package org.netsplice.layers;

import org.netsplice.ops.Window;

/** What happens at the border of an image. */
public enum Padding {
    /** Windows stay inside. */
    VALID,
    /** The border is padded so that the output has ceil(size / stride) cells. */
    SAME;

    /** The border of a window that this means. */
    Window.Border border() {
        return Window.Border.valueOf(name());
    }

    static final String HELP = "same pads the border so that the size only shrinks by the strides; valid does not.";
}
