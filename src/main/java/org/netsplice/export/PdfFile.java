package org.netsplice.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Type;

/** Writes PDF of one page with the glyphs that are used embedded, so that its text can be searched and copied. */
final class PdfFile {
    /** 96 points of a drawing are an inch, as are 72 units of a page. */
    private static final double UNITS = 0.75;
    /** The largest side of a page; a larger one is told in larger units. */
    private static final double MAX_SIDE = 14_400;

    private PdfFile() {}

    /** Where the drawing is on the page: multiplied, then moved; y grows upwards there. */
    private record Fit(double width, double height, double scale, double left, double bottom, double unit) {

        static Fit of(Rect drawing, FigureOptions.Page page) {
            double width = drawing.width() * UNITS;
            double height = drawing.height() * UNITS;
            if (page == FigureOptions.Page.DRAWING) {
                double unit = Math.max(1, Math.ceil(Math.max(width, height) / MAX_SIDE));
                return new Fit(width / unit, height / unit, UNITS / unit, 0, 0, unit);
            }
            boolean across = width > height;
            double wide = across ? page.height() : page.width();
            double high = across ? page.width() : page.height();
            double scale = Math.min(1, Math.min(wide / width, high / height));
            return new Fit(wide, high, UNITS * scale, (wide - width * scale) / 2, (high - height * scale) / 2, 1);
        }
    }

    static void write(Picture picture, OutputStream out) throws IOException {
        Rect drawing = picture.page();
        Fit fit = Fit.of(drawing, picture.options().page());
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(new PDRectangle((float) fit.width(), (float) fit.height()));
            if (fit.unit() > 1) {
                page.setUserUnit((float) fit.unit());
            }
            document.addPage(page);
            document.getDocumentInformation().setProducer("NetSplice");
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                PdfSurface surface = new PdfSurface(content, font(document, Type.REGULAR), font(document, Type.BOLD));
                picture.background()
                        .ifPresent(color -> surface.fill(new Rect(0, 0, fit.width(), fit.height()), 0, color));
                double top = fit.bottom() + drawing.height() * fit.scale();
                content.transform(new Matrix(
                        (float) fit.scale(),
                        0,
                        0,
                        (float) -fit.scale(),
                        (float) (fit.left() - drawing.x() * fit.scale()),
                        (float) (top + drawing.y() * fit.scale())));
                picture.paint(surface, drawing);
            } catch (UncheckedIOException problem) {
                throw problem.getCause();
            }
            document.save(out);
        }
    }

    /** Without ligatures, so that every character of a name is found again. */
    private static PDFont font(PDDocument document, String resource) throws IOException {
        try (InputStream stream = Type.class.getResourceAsStream(resource)) {
            TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(stream.readAllBytes()));
            font.setEnableGsub(false);
            return PDType0Font.load(document, font, true);
        }
    }
}
