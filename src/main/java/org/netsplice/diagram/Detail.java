package org.netsplice.diagram;

/**
 * What a diagram shows; the names are those of {@code keras.utils.plot_model}.
 *
 * @param nested whether nested models are drawn with what is inside
 * @param figure whether the picture is the figure of the document, with its labels, colours and notes
 * @param facts whether boxes say the settings that matter most, such as the kernel and filters of a convolution
 */
public record Detail(
        boolean shapes,
        boolean dtype,
        boolean names,
        boolean activations,
        boolean trainable,
        boolean nested,
        Direction direction,
        Splines splines,
        boolean figure,
        boolean facts) {

    /** Where the network flows to. */
    public enum Direction {
        TB,
        LR,
        BT,
        RL;

        /** Whether layers follow each other up or down. */
        public boolean vertical() {
            return this == TB || this == BT;
        }
    }

    /** How wires are drawn. */
    public enum Splines {
        ORTHO,
        SPLINE,
        POLYLINE,
        LINE
    }

    /** A picture that is not the figure, without settings. */
    public Detail(
            boolean shapes,
            boolean dtype,
            boolean names,
            boolean activations,
            boolean trainable,
            boolean nested,
            Direction direction,
            Splines splines) {
        this(shapes, dtype, names, activations, trainable, nested, direction, splines, false, false);
    }

    /** The same as figure, or not. */
    public Detail withFigure(boolean other) {
        return new Detail(shapes, dtype, names, activations, trainable, nested, direction, splines, other, facts);
    }

    /** The same with the settings that matter most, or without. */
    public Detail withFacts(boolean other) {
        return new Detail(shapes, dtype, names, activations, trainable, nested, direction, splines, figure, other);
    }

    /** The same in another direction. */
    public Detail with(Direction other) {
        return new Detail(shapes, dtype, names, activations, trainable, nested, other, splines, figure, facts);
    }

    /** The same with other wires. */
    public Detail with(Splines other) {
        return new Detail(shapes, dtype, names, activations, trainable, nested, direction, other, figure, facts);
    }

    /** What the window shows. */
    public static final Detail WINDOW =
            new Detail(true, false, true, true, true, true, Direction.TB, Splines.ORTHO).withFacts(true);
}
