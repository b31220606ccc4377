package org.netsplice.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

class InputsTest {
    private static final Input TABLE = new Input("x", Shape.of(Shape.UNKNOWN, 3), DType.FLOAT32);
    private static final Input GREY = new Input("image", Shape.of(Shape.UNKNOWN, 4, 6, 1), DType.FLOAT32);
    private static final Input COLOUR = new Input("image", Shape.of(Shape.UNKNOWN, 4, 6, 3), DType.FLOAT32);

    @TempDir
    Path folder;

    private Tensor read(String name, byte[] content, Input input) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        return new Inputs(List.of(input), ImageReading.UNIT).one(file, input, Progress.NONE);
    }

    private Tensor csv(String text) throws IOException {
        return read("t.csv", text.getBytes(StandardCharsets.UTF_8), TABLE);
    }

    private void refused(String text, String message) {
        assertThatThrownBy(() -> csv(text))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessage(message);
    }

    @Test
    void tablesOfManyKindsAreUnderstood() throws IOException {
        Tensor expected = Tensor.of(Shape.of(2, 3), 1, 2.5f, -3, 4, 5, 6);
        for (String text : List.of(
                "1,2.5,-3\n4,5,6\n",
                "a,b,c\n1,2.5,-3\n4,5,6\n",
                "\uFEFFa,b,c\r\n1,2.5,-3\r\n4,5,6",
                "1;2,5;-3\n4;5;6\n",
                "a\tb\tc\n1\t2.5\t-3\n4\t5\t6\n",
                "\"a, b\",\"c\"\"d\",e\n\"1\",\"2.5\",-3\n\n4,5,6\n",
                " 1 , 2.5 ,-3\n4,5,6e0\n")) {
            assertThat(csv(text)).as(text).isEqualTo(expected);
        }
        assertThat(csv("1,nan,inf\n").at(1)).isNaN();
    }

    @Test
    void theFirstBadCellIsNamed() {
        refused("1,2,3\n4,,6\n", "t.csv, row 2, column 2: is empty");
        refused("1,2,3\n4,5\n", "t.csv, row 2: has 2 columns, but the input x of shape (None, 3) needs 3");
        refused("a,b,c\n", "t.csv: has no rows of numbers");
        refused("1,2,3\n1,2,abc\n", "t.csv, row 2, column 3: holds \"abc\" instead of a number");
        refused("1,2,3\n1,2,3f\n", "t.csv, row 2, column 3: holds \"3f\" instead of a number");
    }

    private Tensor chosen(String text, String only, String without) throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, text);
        ColumnChoice choice = new ColumnChoice(ColumnChoice.list(only), ColumnChoice.list(without));
        return new Inputs(List.of(TABLE), ImageReading.UNIT)
                .read(List.of(new Inputs.Given("", file, choice)), Progress.NONE)
                .get("x");
    }

    @Test
    void columnsAreChosenByNameNumberAndRange() throws IOException {
        String table = "id,age,size,2,label\n7,1,2,3,cat\n8,4,5,6,dog\n";
        Tensor expected = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertThat(chosen(table, "age,size,2", ""))
                .as("a name goes before a number")
                .isEqualTo(expected);
        assertThat(chosen(table, "2-4", "1")).as("a range").isEqualTo(expected);
        assertThat(chosen(table, "", "id,label")).isEqualTo(expected);
        assertThat(chosen(table, "", "1,5")).isEqualTo(expected);
        assertThat(chosen(table, "1-4", "id")).isEqualTo(expected);
        assertThat(chosen(table, "size,age,1", "")).isEqualTo(Tensor.of(Shape.of(2, 3), 2, 1, 7, 5, 4, 8));
        assertThat(chosen("1,2,3,cat\n4,5,6,dog\n", "1-3", ""))
                .as("a table without a header, whose text is not read")
                .isEqualTo(expected);
        assertThat(chosen("1,2,3,cat\n4,5,6,dog\n", "", "4")).isEqualTo(expected);
    }

    @Test
    void columnsThatAreNotThereAreTold() {
        String table = "id,age,size\n7,1,2\n";
        notChosen(table, "agee", "", "t.csv: has no column \"agee\"", "Its columns are id, age, size.");
        notChosen(table, "2-9", "", "t.csv: has no columns 2-9", "It has 3 columns, counted from 1.");
        notChosen(table, "", "0", "t.csv: has no column 0", "It has 3 columns, counted from 1.");
        notChosen(table, "id", "1", "t.csv: has no columns left", "Leave out fewer columns.");
        notChosen(
                table,
                "id,age",
                "",
                "t.csv, row 2: has 2 chosen columns, but the input x of shape (None, 3) needs 3",
                "Add columns; every row holds the numbers of one example.");
        notChosen(
                "1,2,3,4\n",
                "",
                "",
                "t.csv, row 1: has 4 columns, but the input x of shape (None, 3) needs 3",
                "Choose columns, or remove some; every row holds the numbers of one example.");
        notChosen(
                "1,2,3,4\n1,2,3\n",
                "1-3",
                "",
                "t.csv, row 2: has 3 columns, but the first row has 4",
                "Every row needs the same columns.");
    }

    private void notChosen(String table, String only, String without, String what, String remedy) {
        assertThatThrownBy(() -> chosen(table, only, without))
                .isInstanceOfSatisfying(ModelException.CannotPredict.class, refusal -> {
                    assertThat(refusal.problem().line()).isEqualTo(what);
                    assertThat(refusal.problem().remedy()).isEqualTo(remedy);
                });
    }

    @Test
    void aFileIsNamedWithItsInputAndColumns() throws IOException {
        Path plain = Files.createFile(folder.resolve("a.csv"));
        Path odd = Files.createFile(folder.resolve("b#1.csv"));
        ColumnChoice standard = new ColumnChoice(List.of("9"), List.of("8"));
        assertThat(Inputs.Given.of("x=" + plain + "#age,2-4", List.of(TABLE), standard))
                .isEqualTo(new Inputs.Given("x", plain, new ColumnChoice(List.of("age", "2-4"), List.of("8"))));
        assertThat(Inputs.Given.of(plain.toString(), List.of(TABLE), standard))
                .isEqualTo(new Inputs.Given("", plain, standard));
        assertThat(Inputs.Given.of(odd.toString(), List.of(TABLE), standard))
                .isEqualTo(new Inputs.Given("", odd, standard));
        assertThat(Inputs.Given.of("y=" + plain, List.of(TABLE), standard))
                .as("a name that no input has")
                .isEqualTo(new Inputs.Given("y", plain, standard));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> read("t.csv", new byte[] {'a', (byte) 0xff, ',', 1}, TABLE))
                .hasMessage("t.csv: is not UTF-8 text");
    }

    private static BufferedImage picture(int type, int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    @Test
    void picturesAreResizedAndScaled() throws IOException {
        ImageIO.write(
                picture(BufferedImage.TYPE_INT_RGB, 60, 40, new Color(51, 102, 204)),
                "png",
                folder.resolve("a.png").toFile());
        ImageIO.write(
                picture(BufferedImage.TYPE_INT_RGB, 12, 8, new Color(51, 102, 204)),
                "jpg",
                folder.resolve("b.jpg").toFile());
        Tensor both = new Inputs(List.of(COLOUR), ImageReading.UNIT).one(folder, COLOUR, Progress.NONE);
        assertThat(both.shape()).isEqualTo(Shape.of(2, 4, 6, 3));
        for (int i = 0; i < both.length(); i += 3) {
            assertThat(both.at(i)).isCloseTo(0.2f, org.assertj.core.data.Offset.offset(0.012f));
            assertThat(both.at(i + 1)).isCloseTo(0.4f, org.assertj.core.data.Offset.offset(0.012f));
            assertThat(both.at(i + 2)).isCloseTo(0.8f, org.assertj.core.data.Offset.offset(0.012f));
        }
        Tensor plain = new Inputs(List.of(COLOUR), new ImageReading(2, -1))
                .one(folder.resolve("a.png"), COLOUR, Progress.NONE);
        assertThat(plain.at(0)).isEqualTo(101);
    }

    @Test
    void greyPicturesKeepTheirValues() throws IOException {
        BufferedImage grey = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(2, 1, 0, 51);
        BufferedImage deep = new BufferedImage(6, 4, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(2, 1, 0, 51 * 257);
        for (BufferedImage image : List.of(grey, deep)) {
            File file = folder.resolve("g.png").toFile();
            ImageIO.write(image, "png", file);
            Tensor tensor = new Inputs(List.of(GREY), ImageReading.UNIT).one(file.toPath(), GREY, Progress.NONE);
            assertThat(tensor.at(6 + 2)).isEqualTo(0.2f);
            assertThat(tensor.at(0)).isZero();
        }
    }

    @Test
    void whatIsNoPictureOrDoesNotFitIsExplained() throws IOException {
        Path file = folder.resolve("x.png");
        Files.writeString(file, "no picture");
        assertThatThrownBy(() -> new Inputs(List.of(GREY), ImageReading.UNIT).one(file, GREY, Progress.NONE))
                .hasMessage("x.png: is not a picture that can be read");
        assertThatThrownBy(() -> new Inputs(List.of(TABLE), ImageReading.UNIT).one(file, TABLE, Progress.NONE))
                .hasMessage("x.png: is a picture, but the input has the shape (None, 3)");
        assertThatThrownBy(() -> new Inputs(List.of(TABLE), ImageReading.UNIT)
                        .read(List.of(new Inputs.Given("", folder.resolve("none.npy"))), Progress.NONE))
                .hasMessage("none.npy: there is no such file");
    }

    @Test
    void inputsNoPictureCanBeResizedToAreRefused() throws IOException {
        ImageIO.write(
                picture(BufferedImage.TYPE_INT_RGB, 6, 4, Color.RED),
                "png",
                folder.resolve("a.png").toFile());
        Path file = folder.resolve("a.png");
        sized(file, 0, 6, "a.png: cannot be resized to 0 × 6 pixels");
        sized(
                file,
                1L << 62,
                6,
                "a.png: would be 1 picture of 4611686018427387904 × 6 pixels and 3 channels, more numbers"
                        + " than one array can hold");
        sized(
                file,
                40_000,
                40_000,
                "a.png: would be 1 picture of 40000 × 40000 pixels and 3 channels, more numbers than one"
                        + " array can hold");
        long side = (long) Math.sqrt(Runtime.getRuntime().maxMemory() / 12.0);
        Input large = new Input("image", Shape.of(Shape.UNKNOWN, side, side, 3), DType.FLOAT32);
        assertThatThrownBy(() -> new Inputs(List.of(large), ImageReading.UNIT).one(file, large, Progress.NONE))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessageMatching("a\\.png: (reading it would take [0-9.]+ [GM]B; .*|would be 1 picture of .*)");
    }

    private static void sized(Path file, long height, long width, String message) {
        Input input = new Input("image", Shape.of(Shape.UNKNOWN, height, width, 3), DType.FLOAT32);
        assertThatThrownBy(() -> new Inputs(List.of(input), ImageReading.UNIT).one(file, input, Progress.NONE))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessage(message);
    }

    @Test
    void filesWithoutANameFeedTheInputsInOrder() throws IOException {
        Input second = new Input("y=z", TABLE.shape(), DType.FLOAT32);
        Path one = Files.writeString(folder.resolve("one.csv"), "1,1,1\n");
        Path two = Files.writeString(folder.resolve("two.csv"), "2,2,2\n");
        Inputs inputs = new Inputs(List.of(TABLE, second), ImageReading.UNIT);
        List<Inputs.Given> given = List.of(
                Inputs.Given.of("x=" + two, List.of(TABLE, second), ColumnChoice.ALL),
                Inputs.Given.of(one.toString(), List.of(TABLE, second), ColumnChoice.ALL));
        Map<String, Tensor> data = inputs.read(given, Progress.NONE);
        assertThat(data.get("x").at(0)).isEqualTo(2);
        assertThat(data.get("y=z").at(0)).isEqualTo(1);
        assertThatThrownBy(() -> inputs.read(
                        List.of(new Inputs.Given("", one), new Inputs.Given("", two), new Inputs.Given("", one)),
                        Progress.NONE))
                .hasMessage("one.csv: is one file more than the network has inputs");
    }

    @Test
    void randomNumbersAreTheSameForTheSameSeed() {
        Inputs inputs = new Inputs(List.of(TABLE), ImageReading.UNIT);
        assertThat(inputs.random(4, 1)).isEqualTo(inputs.random(4, 1)).isNotEqualTo(inputs.random(4, 2));
        assertThat(inputs.random(4, 1).get("x").shape()).isEqualTo(Shape.of(4, 3));
    }

    @Test
    void predictionsAreWrittenAsTables() throws IOException {
        Tensor tensor = Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4);
        Path file = folder.resolve("p.csv");
        Outputs.write(Map.of("=cmd()", tensor), file);
        assertThat(Files.readString(file)).isEqualTo("'=cmd()[0][0],'=cmd()[0][1]\r\n1.0,2.0\r\n3.0,4.0\r\n");
        assertThatThrownBy(() -> Outputs.write(Map.of("a", tensor, "b", tensor), folder.resolve("p.npy")))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining("holds one array, but there are 2 outputs");
        assertThat(Outputs.table(Map.of("a", tensor), List.of("cat", "dog"), 1))
                .isEqualTo(
                        "a (2, 1, 2)\n   row       [0][0]       [0][1]  class\n     1     1.000000     2.000000  dog\n       … 1 more rows\n");
    }
}
