package org.netsplice.diagram;

/**
 * What a diagram shows; the names are those of {@code keras.utils.plot_model}.
 *
 * @param nested whether nested models are drawn with what is inside
 * @param figure whether the picture is the figure of the document, with its labels, colours and notes
 * @param facts whether boxes say the settings that matter most, such as the kernel and filters of a convolution
 * @param marks whether there is what helps to work with the picture: ports, triangles that fold, and marks such as untrained; without
 *     them a box says by a row whether it is trained, and tells of a linear activation, as {@code plot_model} does
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
        boolean facts,
        boolean marks) {

    /** Where the network flows to. */
    public enum Direction {
        TB("Top to bottom"),
        LR("Left to right"),
        BT("Bottom to top"),
        RL("Right to left");

        private final String title;

        Direction(String title) {
            this.title = title;
        }

        /** What people call it. */
        public String title() {
            return title;
        }

        /** Whether layers follow each other up or down. */
        public boolean vertical() {
            return this == TB || this == BT;
        }
    }

    /** How wires are drawn. */
    public enum Splines {
        ORTHO("Right angles"),
        SPLINE("Curves"),
        POLYLINE("Bent lines"),
        LINE("Straight lines");

        private final String title;

        Splines(String title) {
            this.title = title;
        }

        /** What people call it. */
        public String title() {
            return title;
        }
    }

    /** A picture that is not the figure, without settings and with marks. */
    public Detail(
            boolean shapes,
            boolean dtype,
            boolean names,
            boolean activations,
            boolean trainable,
            boolean nested,
            Direction direction,
            Splines splines) {
        this(shapes, dtype, names, activations, trainable, nested, direction, splines, false, false, true);
    }

    /** The same as figure, or not. */
    public Detail withFigure(boolean other) {
        return new Detail(
                shapes, dtype, names, activations, trainable, nested, direction, splines, other, facts, marks);
    }

    /** The same with the settings that matter most, or without. */
    public Detail withFacts(boolean other) {
        return new Detail(
                shapes, dtype, names, activations, trainable, nested, direction, splines, figure, other, marks);
    }

    /** The same with what helps to work with the picture, or without. */
    public Detail withMarks(boolean other) {
        return new Detail(
                shapes, dtype, names, activations, trainable, nested, direction, splines, figure, facts, other);
    }

    /** The same in another direction. */
    public Detail with(Direction other) {
        return new Detail(shapes, dtype, names, activations, trainable, nested, other, splines, figure, facts, marks);
    }

    /** The same with other wires. */
    public Detail with(Splines other) {
        return new Detail(shapes, dtype, names, activations, trainable, nested, direction, other, figure, facts, marks);
    }

    /** What the window shows. */
    public static final Detail WINDOW =
            new Detail(true, false, true, true, true, true, Direction.TB, Splines.ORTHO).withFacts(true);
}
