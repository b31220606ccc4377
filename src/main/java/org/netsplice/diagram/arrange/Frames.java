package org.netsplice.diagram.arrange;

/** Measures of the frames around groups. */
final class Frames {
    /** Height of a frame's title. */
    static final double TITLE = 26;
    /** Space between a frame and what is in it. */
    static final double MARGIN = 18;

    private Frames() {}
}
