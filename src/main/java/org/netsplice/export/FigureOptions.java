package org.netsplice.export;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Theme;

/**
 * Everything that can be chosen about a picture of a document, for the command line and the window alike.
 *
 * @param shown what is shown
 * @param look the colours, or the figure of the document
 * @param dpi dots per inch, {@value #LEAST_DPI} to {@value #MOST_DPI}; 96 draw one point as one pixel
 * @param width pixels from left to right, up to {@value #MOST_WIDTH}, instead of dots per inch; 0 when {@code dpi} holds
 * @param margin space around the drawing in points, 0 to {@value #MOST_MARGIN}
 * @param page the page of a PDF
 * @param selection whether only what is selected is drawn
 */
public record FigureOptions(
        FigureFormat format,
        Set<FigureSwitch> shown,
        Detail.Direction direction,
        Detail.Splines splines,
        Look look,
        double dpi,
        int width,
        double margin,
        Page page,
        boolean selection) {
    public static final int LEAST_DPI = 10;
    public static final int MOST_DPI = 1200;
    public static final int MOST_WIDTH = 200_000;
    public static final int MOST_MARGIN = 1000;

    /** What {@code plot_model} draws when nothing is said: classes alone, from top to bottom, 200 dots per inch. */
    public static final FigureOptions PLOT = new FigureOptions(
            FigureFormat.PNG,
            Set.of(),
            Detail.Direction.TB,
            Detail.Splines.ORTHO,
            Look.LIGHT,
            200,
            0,
            16,
            Page.DRAWING,
            false);

    /** What the window offers at first: what its diagram tells, without the marks. */
    public static final FigureOptions WINDOW = PLOT.withShown(Set.of(
            FigureSwitch.SHAPES,
            FigureSwitch.NAMES,
            FigureSwitch.ACTIVATIONS,
            FigureSwitch.SETTINGS,
            FigureSwitch.NESTED));

    /** The colours of a picture. */
    public enum Look {
        LIGHT("Light"),
        DARK("Dark"),
        /** The figure of the document: its labels, notes and colours of networks, for paper. */
        FIGURE("Figure for paper");

        private final String title;

        Look(String title) {
            this.title = title;
        }

        /** What a dialog calls it. */
        public String title() {
            return title;
        }

        /** Its colours. */
        public Theme theme() {
            return switch (this) {
                case LIGHT -> Theme.LIGHT;
                case DARK -> Theme.DARK;
                case FIGURE -> Theme.PAPER;
            };
        }
    }

    /** The page of a PDF. */
    public enum Page {
        /** As large as the drawing. */
        DRAWING("Drawing", 0, 0),
        A4("A4", 595.28, 841.89),
        LETTER("Letter", 612, 792);

        private final String title;
        private final double width;
        private final double height;

        Page(String title, double width, double height) {
            this.title = title;
            this.width = width;
            this.height = height;
        }

        /** What a dialog calls it. */
        public String title() {
            return title;
        }

        /** The shorter side in 1/72 inch; 0 when the drawing decides. */
        double width() {
            return width;
        }

        /** The longer side in 1/72 inch; 0 when the drawing decides. */
        double height() {
            return height;
        }
    }

    /** Throws {@link IllegalArgumentException} with a sentence for people when a number is out of its range. */
    public FigureOptions {
        shown = Set.copyOf(shown);
        within("dpi", dpi, LEAST_DPI, MOST_DPI);
        within("width", width, 0, MOST_WIDTH);
        within("margin", margin, 0, MOST_MARGIN);
    }

    private static void within(String name, double value, int least, int most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("--" + name + " must be between " + least + " and " + most);
        }
    }

    /** Whether something is shown. */
    public boolean shows(FigureSwitch one) {
        return shown.contains(one);
    }

    /** What boxes say and how they are arranged. */
    public Detail detail() {
        return new Detail(
                        shows(FigureSwitch.SHAPES),
                        shows(FigureSwitch.DTYPE),
                        shows(FigureSwitch.NAMES),
                        shows(FigureSwitch.ACTIVATIONS),
                        shows(FigureSwitch.TRAINABLE),
                        shows(FigureSwitch.NESTED),
                        direction,
                        splines)
                .withFacts(shows(FigureSwitch.SETTINGS))
                .withFigure(look == Look.FIGURE)
                .withMarks(shows(FigureSwitch.MARKS));
    }

    /** The same in another format. */
    public FigureOptions with(FigureFormat other) {
        return new FigureOptions(other, shown, direction, splines, look, dpi, width, margin, page, selection);
    }

    /** The same showing other things. */
    public FigureOptions withShown(Set<FigureSwitch> others) {
        return new FigureOptions(format, others, direction, splines, look, dpi, width, margin, page, selection);
    }

    /** The same arranged and coloured in another way. */
    public FigureOptions with(Detail.Direction way, Detail.Splines wires, Look other) {
        return new FigureOptions(format, shown, way, wires, other, dpi, width, margin, page, selection);
    }

    /** The same in other colours. */
    public FigureOptions with(Look other) {
        return new FigureOptions(format, shown, direction, splines, other, dpi, width, margin, page, selection);
    }

    /** The same with other dots per inch. */
    public FigureOptions withDpi(double other) {
        return new FigureOptions(format, shown, direction, splines, look, other, 0, margin, page, selection);
    }

    /** The options in one line, which {@link #remembered} reads. */
    public String text() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("format", format);
        values.put("rankdir", direction);
        values.put("splines", splines);
        values.put("theme", look);
        values.put("dpi", dpi);
        values.put("width", width);
        values.put("margin", margin);
        values.put("page", page);
        values.put("selection", selection);
        String words = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
        return words
                + Arrays.stream(FigureSwitch.values())
                        .filter(this::shows)
                        .map(one -> " " + one.word())
                        .collect(Collectors.joining());
    }

    /** Options of a line of {@link #text}; {@code usual} ones when it has something that cannot be read. */
    public static FigureOptions remembered(String line, FigureOptions usual) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<FigureSwitch> shown = EnumSet.noneOf(FigureSwitch.class);
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
            Arrays.stream(FigureSwitch.values())
                    .filter(one -> one.word().equals(word.toLowerCase(Locale.ROOT)))
                    .forEach(shown::add);
        }
        try {
            return new FigureOptions(
                    FigureFormat.valueOf(values.getOrDefault("format", "")),
                    shown,
                    Detail.Direction.valueOf(values.getOrDefault("rankdir", "")),
                    Detail.Splines.valueOf(values.getOrDefault("splines", "")),
                    Look.valueOf(values.getOrDefault("theme", "")),
                    Double.parseDouble(values.getOrDefault("dpi", "")),
                    Integer.parseInt(values.getOrDefault("width", "")),
                    Double.parseDouble(values.getOrDefault("margin", "")),
                    Page.valueOf(values.getOrDefault("page", "")),
                    Boolean.parseBoolean(values.get("selection")));
        } catch (IllegalArgumentException changed) {
            return usual;
        }
    }
}
