package org.netsplice.export;

/** What a picture shows or leaves out; the words are those of the command line, and where it has them of {@code plot_model}. */
public enum FigureSwitch {
    SHAPES("show-shapes", "Shapes", "Show input and output shapes."),
    DTYPE("show-dtype", "Types", "Show the type of the outputs."),
    NAMES("show-layer-names", "Names of layers", "Show names beside classes."),
    ACTIVATIONS("show-layer-activations", "Activations", "Show activations."),
    TRAINABLE("show-trainable", "Trainable", "Say of every layer with weights whether it is trainable."),
    SETTINGS("show-settings", "Settings", "Show kernels, filters, units and the like."),
    NESTED("expand-nested", "Inside of nested models", "Draw what is inside nested models."),
    OVERVIEW(
            "overview",
            "Repeated blocks folded",
            "Fold blocks that repeat, so that a large network is drawn as few boxes."),
    LEGEND("legend", "Legend of colours", "Say beside the picture what the colours mean."),
    MARKS(
            "show-marks",
            "Ports and marks",
            "Draw what the window adds: ports, triangles that fold, and marks such as output, untrained and frozen."),
    TRANSPARENT("transparent", "Transparent background", "Leave the background transparent.");

    private final String word;
    private final String title;
    private final String help;

    FigureSwitch(String word, String title, String help) {
        this.word = word;
        this.title = title;
        this.help = help;
    }

    /** The option of the command line, without hyphens before it. */
    public String word() {
        return word;
    }

    /** What a dialog calls it. */
    public String title() {
        return title;
    }

    /** A sentence that says what it does. */
    public String help() {
        return help;
    }
}
