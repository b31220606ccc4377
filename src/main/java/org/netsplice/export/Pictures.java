package org.netsplice.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.netsplice.container.AtomicFile;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Pictures as files. */
public final class Pictures {
    private Pictures() {}

    /** Writes a picture in the format that the name of the file asks for. */
    public static void write(Picture picture, Path path, Progress progress) {
        String name = String.valueOf(path.getFileName());
        progress.at(0, "Drawing " + name);
        FigureFormat format = FigureFormat.of(path)
                .orElseThrow(() -> new ModelException.CannotExport(Problem.error(
                        new Where.InFile(path.toString(), ""),
                        "pictures cannot be written in this format",
                        "Choose a name that ends in ." + String.join(", .", FigureFormat.extensions()) + ".")));
        switch (format) {
            case PNG -> {
                Picture.Size size = picture.size(path.toString());
                AtomicFile.write(path, out -> PngFile.write(picture, size, name, out, progress));
            }
            case PDF -> AtomicFile.write(path, out -> PdfFile.write(picture, out));
            default -> {
                byte[] text = text(picture, format).getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(path, out -> out.write(text));
            }
        }
    }

    /** A picture in a format that is text: SVG, DOT or TikZ. */
    public static String text(Picture picture, FigureFormat format) {
        return switch (format) {
            case DOT -> new DotFile(picture).text();
            case TIKZ -> {
                TikzSurface surface = new TikzSurface(picture.page());
                picture.background().ifPresent(color -> surface.fill(picture.page(), 0, color));
                picture.paint(surface, picture.page());
                yield surface.finished();
            }
            default -> {
                SvgSurface surface = new SvgSurface(picture.page(), picture.scale());
                picture.background().ifPresent(color -> surface.fill(picture.page(), 0, color));
                picture.paint(surface, picture.page());
                yield surface.finished();
            }
        };
    }
}
