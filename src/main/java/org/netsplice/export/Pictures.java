package org.netsplice.export;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.netsplice.container.AtomicFile;
import org.netsplice.diagram.Legend;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Surface;
import org.netsplice.diagram.Theme;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Diagrams as files: PNG and SVG. */
public final class Pictures {
    /** The formats that can be written, by extension. */
    public static final List<String> EXTENSIONS = List.of("png", "svg");

    private static final double MARGIN = 16;
    private static final double POINTS_PER_INCH = 96;
    private static final long MAX_PIXELS = 120_000_000;

    private Pictures() {}

    /** Whether the name of a file asks for one of the formats. */
    public static boolean canWrite(Path path) {
        return EXTENSIONS.contains(extension(path));
    }

    private static String extension(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Writes a picture in the format its name asks for; 96 dots per inch draw one point as one pixel. */
    public static void write(Scene scene, Theme theme, double dpi, Path path, Progress progress) {
        write(new Sheet(scene, Optional.empty()), theme, dpi, path, progress);
    }

    /** Like {@link #write(Scene, Theme, double, Path, Progress)}, with a legend of the colours beside the picture. */
    public static void writeWithLegend(Scene scene, Theme theme, double dpi, Path path, Progress progress) {
        write(new Sheet(scene, Optional.of(Legend.of(scene))), theme, dpi, path, progress);
    }

    private static void write(Sheet sheet, Theme theme, double dpi, Path path, Progress progress) {
        progress.at(0, "Drawing " + path.getFileName());
        switch (extension(path)) {
            case "png" -> {
                BufferedImage image = image(sheet, theme, dpi, path.toString());
                progress.at(0.5, "Writing " + path.getFileName());
                AtomicFile.write(path, out -> ImageIO.write(image, "png", out));
            }
            case "svg" -> {
                byte[] text = svg(sheet, theme, dpi).getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(path, out -> out.write(text));
            }
            default ->
                throw failed(path.toString(), "pictures cannot be written in this format", "Choose .png or .svg.");
        }
    }

    /** What is drawn on a page: a picture, and maybe a legend at its right. */
    private record Sheet(Scene scene, Optional<Legend> legend) {

        Rect page() {
            Rect bounds = scene.bounds();
            return legend.map(one ->
                            bounds.with(new Rect(bounds.right() + MARGIN, bounds.y(), one.width(), one.height())))
                    .orElse(bounds)
                    .grown(MARGIN);
        }

        void paint(Theme theme, Surface surface) {
            new Painter(theme, surface, 1).paint(scene, page());
            Rect bounds = scene.bounds();
            legend.ifPresent(one -> one.paint(surface, theme, bounds.right() + MARGIN, bounds.y()));
        }
    }

    /** The picture as SVG text. */
    public static String svg(Scene scene, Theme theme, double dpi) {
        return svg(new Sheet(scene, Optional.empty()), theme, dpi);
    }

    private static String svg(Sheet sheet, Theme theme, double dpi) {
        SvgSurface surface = new SvgSurface(sheet.page(), dpi / POINTS_PER_INCH, theme.background());
        sheet.paint(theme, surface);
        return surface.finished();
    }

    /** The picture as pixels; {@code file} is named when it would be too large. */
    public static BufferedImage image(Scene scene, Theme theme, double dpi, String file) {
        return image(new Sheet(scene, Optional.empty()), theme, dpi, file);
    }

    private static BufferedImage image(Sheet sheet, Theme theme, double dpi, String file) {
        Rect page = sheet.page();
        double scale = dpi / POINTS_PER_INCH;
        double width = Math.ceil(page.width() * scale);
        double height = Math.ceil(page.height() * scale);
        if (width * height > MAX_PIXELS || width > 60_000 || height > 60_000) {
            throw failed(
                    file,
                    String.format(Locale.ROOT, "the picture would have %.0f × %.0f pixels", width, height),
                    "Choose a smaller --dpi, fold nested models, or write SVG.");
        }
        BufferedImage image = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            Java2DSurface surface = new Java2DSurface(graphics);
            surface.save(-page.x() * scale, -page.y() * scale, scale);
            surface.fill(page.grown(1), 0, theme.background());
            sheet.paint(theme, surface);
            surface.restore();
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static ModelException.CannotExport failed(String file, String what, String remedy) {
        return new ModelException.CannotExport(Problem.error(new Where.InFile(file, ""), what, remedy));
    }
}
