package org.netsplice.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats pictures are written in. */
public enum FigureFormat {
    PNG("png", "PNG", "Pixels."),
    SVG("svg", "SVG", "Lines and text, for pages and drawing programs."),
    PDF("pdf", "PDF", "Lines and text with its typeface, for papers and print."),
    DOT("dot", "DOT", "Text for Graphviz, which arranges the boxes itself."),
    TIKZ("tex", "TikZ", "A LaTeX document of its own, to be changed by hand.");

    private final String extension;
    private final String title;
    private final String help;

    FigureFormat(String extension, String title, String help) {
        this.extension = extension;
        this.title = title;
        this.help = help;
    }

    /** The end of the file's name, without a dot. */
    public String extension() {
        return extension;
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** A sentence that says what it is good for. */
    public String help() {
        return help;
    }

    /** Whether it consists of pixels. */
    public boolean pixels() {
        return this == PNG;
    }

    /** The ends of files' names, without dots. */
    public static List<String> extensions() {
        return Arrays.stream(values()).map(FigureFormat::extension).toList();
    }

    /** The format that the name of a file asks for. */
    public static Optional<FigureFormat> of(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.extension))
                .findFirst();
    }
}
