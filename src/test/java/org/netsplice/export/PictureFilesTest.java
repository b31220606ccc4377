package org.netsplice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Rename;
import org.netsplice.editor.figure.FigureDrawing;
import org.netsplice.graph.Node;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** Pictures in every format, read again. */
class PictureFilesTest {
    private static final String CNN = "digits/cnn_a/model.keras";
    private static final String HOSTILE = "a\\b{c}$d&e#f^g_h~i%j<k>\"l'm--`n";
    private static final String OTHER = "層 é fire \\N\\\"]; }";

    @TempDir
    Path folder;

    private static FigureOptions options(String from, String to) {
        return FigureOptions.remembered(FigureOptions.WINDOW.text().replace(from, to), FigureOptions.PLOT);
    }

    private static Picture picture(FigureOptions options) {
        return FigureDrawing.draw(Fixtures.open(CNN), Set.of(), options, Progress.NONE);
    }

    private static Picture hostile() {
        Document document = Fixtures.open(CNN);
        Node hidden = document.graph().named("hidden").orElseThrow();
        Node flatten = document.graph().named("flatten").orElseThrow();
        Document renamed = new Rename(flatten.id(), OTHER).apply(new Rename(hidden.id(), HOSTILE).apply(document));
        return FigureDrawing.draw(renamed, Set.of(), FigureOptions.WINDOW, Progress.NONE);
    }

    private Path written(Picture picture, String name) {
        Path path = folder.resolve(name);
        Pictures.write(picture, path, Progress.NONE);
        return path;
    }

    @Test
    void aPngOfManyBandsIsThePictureDrawnAtOnce() throws IOException {
        Picture picture = picture(options("dpi=200.0", "dpi=320"));
        Raster whole = Raster.of(picture);
        assertThat((long) whole.width() * whole.height()).isGreaterThan(2_000_000);
        BufferedImage read = ImageIO.read(written(picture, "a.png").toFile());
        assertThat(read.getColorModel().hasAlpha()).isFalse();
        assertThat(read.getRGB(0, 0, whole.width(), whole.height(), null, 0, whole.width()))
                .isEqualTo(whole.pixels());
    }

    @Test
    void aPngSaysHowManyDotsAnInchHas() throws IOException {
        byte[] file = Files.readAllBytes(written(picture(FigureOptions.WINDOW.withDpi(300)), "a.png"));
        assertThat(new String(file, 37, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("pHYs");
        assertThat(java.nio.ByteBuffer.wrap(file, 41, 4).getInt()).isEqualTo(11811);
    }

    @Test
    void aTransparentPngHasNoBackground() throws IOException {
        Picture picture = picture(options(" expand-nested", " expand-nested transparent"));
        BufferedImage read = ImageIO.read(written(picture, "a.png").toFile());
        assertThat(read.getRGB(0, 0)).isZero();
        Rect box = picture.scene().boxes().get(1).area();
        double scale = picture.scale();
        int x = (int) ((box.x() + 4 - picture.page().x()) * scale);
        int y = (int) ((box.y() + 8 - picture.page().y()) * scale);
        assertThat(read.getRGB(x, y))
                .isEqualTo(picture.theme()
                        .tint(picture.scene().boxes().get(1).label().tint()));
    }

    @Test
    void aPngIsAsWideAsAsked() throws IOException {
        BufferedImage read = ImageIO.read(
                written(picture(options("width=0", "width=777")), "a.png").toFile());
        assertThat(read.getWidth()).isEqualTo(777);
    }

    @Test
    void aPictureThatNoFileShouldHoldIsRefusedBeforeItIsDrawn() {
        Path path = folder.resolve("a.png");
        assertThatThrownBy(() -> Pictures.write(picture(options("width=0", "width=150000")), path, Progress.NONE))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageMatching("(?s).*a.png: the picture would have 150000 × \\d{6} pixels; "
                        + "at most 2000000000, and 200000 on a side, are written.*");
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> Raster.of(picture(options("width=0", "width=20000"))))
                .hasMessageContaining("at most 64000000 can be copied");
    }

    @Test
    void aStoppedPictureLeavesNoFile() throws IOException {
        Picture picture = picture(options("dpi=200.0", "dpi=600"));
        assertThatThrownBy(() -> Pictures.write(picture, folder.resolve("a.png"), (fraction, what) -> {
                    if (fraction > 0.4) {
                        throw new Stopped();
                    }
                }))
                .isInstanceOf(Stopped.class);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path missing = folder.resolve("missing/a.pdf");
        for (String name : List.of("a.png", "a.svg", "a.pdf", "a.dot", "a.tex")) {
            Path path = folder.resolve("missing").resolve(name);
            assertThatThrownBy(() -> Pictures.write(picture(FigureOptions.WINDOW), path, Progress.NONE))
                    .isInstanceOfSatisfying(
                            ModelException.CannotExport.class,
                            problem -> assertThat(told(problem))
                                    .isEqualTo(path + ": the folder " + missing.getParent() + " does not exist\n"
                                            + "  Choose another folder or free some space."));
        }
        Path other = folder.resolve("a.gif");
        assertThatThrownBy(() -> Pictures.write(picture(FigureOptions.WINDOW), other, Progress.NONE))
                .isInstanceOfSatisfying(
                        ModelException.CannotExport.class,
                        problem -> assertThat(told(problem))
                                .isEqualTo(other + ": pictures cannot be written in this format\n"
                                        + "  Choose a name that ends in .png, .svg, .pdf, .dot, .tex."));
    }

    private static String told(ModelException problem) {
        return problem.problem().text().replace(System.lineSeparator(), "\n");
    }

    @Test
    void thePdfHoldsItsTextAndTypeface() throws IOException {
        Picture picture = hostile();
        try (PDDocument document = Loader.loadPDF(written(picture, "a.pdf").toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            PDRectangle page = document.getPage(0).getMediaBox();
            assertThat(page.getWidth()).isCloseTo((float) (picture.page().width() * 0.75), within(0.01f));
            assertThat(page.getHeight()).isCloseTo((float) (picture.page().height() * 0.75), within(0.01f));
            String text = new PDFTextStripper().getText(document);
            for (Scene.Box box : picture.scene().boxes()) {
                assertThat(text)
                        .contains(
                                box.label().title().replace("層", "\uFFFD"),
                                box.label().type());
                box.label().rows().forEach(row -> assertThat(text).contains(row.value()));
            }
            assertThat(text).contains("relu", "softmax", "fire");
            PDResources resources = document.getPage(0).getResources();
            List<String> fonts = new ArrayList<>();
            for (COSName name : resources.getFontNames()) {
                PDFont font = resources.getFont(name);
                assertThat(font.isEmbedded()).isTrue();
                fonts.add(font.getName());
            }
            assertThat(fonts).hasSize(2).allMatch(name -> name.matches("[A-Z]{6}\\+DejaVuSans(-Bold)?"));
        }
        assertThat(Files.size(folder.resolve("a.pdf"))).isLessThan(60_000);
    }

    @Test
    void aPdfFitsOnAPage() throws IOException {
        try (PDDocument document = Loader.loadPDF(
                written(picture(options("page=DRAWING", "page=A4")), "a.pdf").toFile())) {
            PDRectangle page = document.getPage(0).getMediaBox();
            assertThat(page.getWidth()).isCloseTo(595.28f, within(0.01f));
            assertThat(page.getHeight()).isCloseTo(841.89f, within(0.01f));
        }
        try (PDDocument document = Loader.loadPDF(written(
                        picture(FigureOptions.remembered(
                                FigureOptions.WINDOW
                                        .text()
                                        .replace("rankdir=TB", "rankdir=LR")
                                        .replace("page=DRAWING", "page=LETTER"),
                                FigureOptions.PLOT)),
                        "b.pdf")
                .toFile())) {
            PDRectangle page = document.getPage(0).getMediaBox();
            assertThat(page.getWidth()).isEqualTo(792);
            assertThat(page.getHeight()).isEqualTo(612);
        }
    }

    @Test
    void namesAreEscapedInDot() {
        String dot = Pictures.text(hostile(), FigureFormat.DOT);
        assertThat(dot)
                .startsWith("digraph network {\n  graph [rankdir=TB, splines=ortho, dpi=200, pad=0.167, "
                        + "bgcolor=\"#ffffff\", fontname=\"DejaVu Sans\", fontsize=12, labeljust=l]\n")
                .contains("&lt;k&gt;&quot;l&#39;m--`n</b>", "<b>層 é fire \\\\N\\\\&quot;]; }</b>")
                .doesNotContain("<k>")
                .endsWith("}\n");
        assertThat(dot.lines().filter(line -> line.contains(" -> "))).hasSize(7);
        assertThat(dot.chars().filter(c -> c == '<').count())
                .isEqualTo(dot.replace("->", "").chars().filter(c -> c == '>').count());
    }

    @Test
    void namesAreEscapedInTikz() {
        String tex = Pictures.text(hostile(), FigureFormat.TIKZ);
        assertThat(tex)
                .isEqualTo(tex.replaceAll("[^\\n -~]", ""))
                .contains("\\documentclass[border=0pt]{standalone}")
                .contains(
                        "{\\bfseries a\\textbackslash{}b\\{c\\}\\$d\\&e\\#f\\textasciicircum{}g\\_h"
                                + "\\textasciitilde{}i\\%j<{}k>{}\\textquotedbl{}l\\textquotesingle{}m-{}-{}"
                                + "\\textasciigrave{}n}",
                        "{\\bfseries \\sign{5C64}\\ \\symbol{\"E9}\\ fire\\ \\textbackslash{}N\\textbackslash{}\\textquotedbl{}];\\ \\}}")
                .endsWith("\\end{tikzpicture}\n\\end{document}\n");
        long opened = tex.replace("\\{", "")
                .replace("%\n", "\n")
                .chars()
                .filter(c -> c == '{')
                .count();
        long closed = tex.replace("\\}", "")
                .replace("%\n", "\n")
                .chars()
                .filter(c -> c == '}')
                .count();
        long inComments = tex.lines()
                .filter(line -> line.startsWith("% "))
                .mapToLong(line -> line.replace("\\{", "")
                                .chars()
                                .filter(c -> c == '{')
                                .count()
                        - line.replace("\\}", "").chars().filter(c -> c == '}').count())
                .sum();
        assertThat(opened - inComments).isEqualTo(closed);
    }

    @Test
    void anSvgHasRealTextAndNoBackgroundWhenItIsTransparent() {
        String white = Pictures.text(picture(FigureOptions.WINDOW), FigureFormat.SVG);
        String clear =
                Pictures.text(picture(options(" expand-nested", " expand-nested transparent")), FigureFormat.SVG);
        assertThat(white).contains(">conv_1</text>", ">relu</text>");
        assertThat(white.length() - clear.length()).isGreaterThan(50);
        assertThat(clear.lines().skip(2).findFirst().orElseThrow()).doesNotContain("<rect");
    }
}
