package org.netsplice.layers;

/** What happens at the border of an image. */
public enum Padding {
    /** Windows stay inside. */
    VALID,
    /** The border is padded so that the output has ceil(size / stride) cells. */
    SAME;

    static final String HELP = "same pads the border so that the size only shrinks by the strides; valid does not.";
}
