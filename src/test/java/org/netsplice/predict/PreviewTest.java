package org.netsplice.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.container.AtomicFile;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** What is said about a file as soon as it is chosen: what it holds, or why it does not fit, in words for the window. */
class PreviewTest {
    private static final Input TABLE = new Input("x", Shape.of(Shape.UNKNOWN, 3), DType.FLOAT32);
    private static final Input DIGITS = new Input("image", Shape.of(Shape.UNKNOWN, 8, 8, 1), DType.FLOAT32);

    @TempDir
    Path folder;

    private Preview csv(String text) throws IOException {
        return csv(text, ColumnChoice.ALL);
    }

    private Preview csv(String text, ColumnChoice columns) throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return Preview.of(file, TABLE, columns, ImageReading.UNIT, Progress.NONE);
    }

    private static Preview look(Path file, Input input) {
        return Preview.of(file, input, ColumnChoice.ALL, ImageReading.UNIT, Progress.NONE);
    }

    @Test
    void aTableThatFitsIsCountedAndItsFirstRowsAreRead() throws IOException {
        Preview seen = csv("a,b,c\n1,2,3\n4,5,6\n");
        assertThat(seen.wrong()).isEmpty();
        assertThat(seen.rows()).isEqualTo(2);
        assertThat(seen.header()).containsExactly("a", "b", "c");
        assertThat(seen.first()).contains(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
    }

    @Test
    void targetsTextsAndASingleLastColumnAreLeftOut() throws IOException {
        assertThat(csv("label,a,b,c\n7,1,2,3\n").columns().text()).isEqualTo("2-4");
        assertThat(csv("a,name,b,c\n1,Ann,2,3\n").columns().text()).isEqualTo("1, 3-4");
        assertThat(csv("id,a,b,c,name\n1,1,2,3,Ann\n").columns().text()).isEqualTo("2-4");
        assertThat(csv("1,2,3,9\n4,5,6,8\n").columns().text()).isEqualTo("1-3");
        Preview digits = look(Fixtures.ROOT.resolve("digits/test.csv"), DIGITS);
        assertThat(digits.columns().text()).isEqualTo("1-64");
        assertThat(digits.rows()).isEqualTo(300);
        assertThat(digits.header()).hasSize(65).endsWith("label");
    }

    @Test
    void whatDoesNotFitIsSaidInASentence() throws IOException {
        wrong(csv("1,2\n"), "It has 2 columns, and the input takes 3.");
        wrong(csv("a,b,c,d,e\n1,2,3,4,5\n"), "It has 5 columns, and the input takes 3. Say which under Columns.");
        wrong(
                csv("a,b,c\n1,2,3\n4,x,6\n"),
                "Row 3, column 2 holds \"x\" instead of a number. Put a number there, or remove the row or column.");
        wrong(csv("a,b,c\n"), "It has no rows of numbers. Add at least one row.");
        wrong(
                csv("a,b,c,d\n1,2,3,4\n", new ColumnChoice(List.of("1-2"), List.of())),
                "These are 2 columns, and the input takes 3.");
        wrong(
                csv("a,b,c,d\n1,2,3,4\n", new ColumnChoice(List.of("a", "z"), List.of())),
                "It has no column \"z\". Its columns are a, b, c, d.");
        wrong(
                look(Fixtures.ROOT.resolve("digits/images/digit_000.png"), TABLE),
                "This is a picture, and the input takes numbers of shape (None, 3).");
        wrong(
                look(Fixtures.ROOT.resolve("digits/images"), TABLE),
                "This is a folder of pictures, and the input takes numbers of shape (None, 3).");
        wrong(
                look(Fixtures.ROOT.resolve("digits/X_test.npy"), TABLE),
                "It holds (300, 8, 8, 1), and the input takes (None, 3).");
        wrong(look(folder.resolve("gone.npy"), TABLE), "This file is not there any more. Choose another.");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        wrong(look(empty, DIGITS), "This folder holds no pictures (PNG, JPEG, WebP, BMP, TIFF).");
    }

    private static void wrong(Preview seen, String sentence) {
        assertThat(seen.wrong()).contains(sentence);
        assertThat(seen.first()).isEmpty();
    }

    @Test
    void chosenColumnsAreRead() throws IOException {
        Preview seen = csv("a,b,c,d,e\n1,2,3,4,5\n", new ColumnChoice(List.of("e", "1-2"), List.of()));
        assertThat(seen.first()).contains(Tensor.of(Shape.of(1, 3), 5, 1, 2));
    }

    @Test
    void ofAFolderOnlyTheFirstPicturesAreRead() {
        Preview seen = look(Fixtures.ROOT.resolve("digits/images"), DIGITS);
        assertThat(seen.rows()).isEqualTo(60);
        assertThat(seen.first().orElseThrow().shape()).hasToString("(5, 8, 8, 1)");
    }

    @Test
    void anArchiveGivesEachInputItsArray() {
        Path file = folder.resolve("two.npz");
        Map<String, Tensor> arrays =
                Map.of("x", Tensor.of(Shape.of(1, 3), 1, 2, 3), "other", Tensor.of(Shape.of(1, 1), 1));
        AtomicFile.write(file, out -> Npz.write(arrays, out));
        assertThat(look(file, TABLE).first()).contains(Tensor.of(Shape.of(1, 3), 1, 2, 3));
        assertThat(look(file, DIGITS).wrong().orElseThrow())
                .startsWith("It has no array called image; its arrays are ");
        Path none = folder.resolve("none.npy");
        AtomicFile.write(none, out -> Npy.write(Tensor.of(Shape.of(0, 3)), out));
        wrong(look(none, TABLE), "It holds no rows.");
    }
}
