package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.app.Main;
import org.netsplice.cli.Program;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Predicting through the window: files for inputs, what is wrong with them, and the tables of results. */
class PredictIT extends WindowTests {
    /** The rows of 300 for which Keras says that the two networks of the digits name different classes. */
    private static final int DISAGREEING = 17;

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private String words(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private String input() {
        return session()
                .document()
                .graph()
                .node(session().document().graph().inputs().get(0))
                .name();
    }

    private void choose(FxRobot robot, String input, Path file) {
        picked.add(file);
        robot.interact(
                () -> robot.lookup("#choose-" + input).queryAs(ButtonBase.class).fire());
        settle();
    }

    private void predict(FxRobot robot) {
        robot.clickOn("#predict");
        settle();
    }

    private TableView<Integer> table(FxRobot robot) {
        return robot.lookup("#predictions").queryTableView();
    }

    private List<String> columns(FxRobot robot) {
        return table(robot).getColumns().stream().map(TableColumn::getText).toList();
    }

    private List<Object> cells(FxRobot robot, String column) {
        TableColumn<Integer, ?> found = table(robot).getColumns().stream()
                .filter(one -> one.getText().equals(column))
                .findFirst()
                .orElseThrow();
        return table(robot).getItems().stream()
                .<Object>map(
                        row -> String.valueOf(found.getCellObservableValue(row).getValue()))
                .toList();
    }

    @Test
    void aSampleKnowsItsDataSoThatPredictIsOneClick(FxRobot robot) throws IOException {
        robot.clickOn("#sample-digits");
        settle();
        assertThat(words(robot, "#check-" + input())).isEqualTo("60 rows");
        predict(robot);
        assertThat(robot.lookup("#outputs").queryAs(TabPane.class).getTabs()).hasSize(2);
        assertThat(columns(robot)).startsWith("row", "picture", "class", "probability", "2nd and 3rd", "[0]", "[1]");
        assertThat(table(robot).getItems()).hasSize(60);
        List<String> lines = Files.readAllLines(FIXTURES.resolve("digits/test.csv"));
        List<Object> classes = cells(robot, "class");
        assertThat(java.util.stream.IntStream.range(0, 60)
                        .filter(row -> lines.get(row + 1).endsWith("," + classes.get(row)))
                        .count())
                .isGreaterThan(54);
        assertThat(cells(robot, "[0]")).noneMatch(cell -> cell.toString().matches("-0[.0]*"));
        shot(robot, "predict-sample");
        robot.clickOn("#disagreements");
        List<String> said = columns(robot).subList(3, 5);
        assertThat(cells(robot, said.get(0))).isNotEmpty().hasSizeLessThan(10).isNotEqualTo(cells(robot, said.get(1)));
        robot.clickOn("#disagreements");
        assertThat(table(robot).getItems()).hasSize(60);
    }

    @Test
    void rowsForWhichJoinedNetworksDisagreeAreShown(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras", "digits/cnn_b/model.keras");
        robot.interact(() -> window.commands().named("share-inputs").run());
        settle();
        robot.interact(() -> {
            session().select(Set.of());
            window.commands().named("merge-Average").run();
        });
        settle();
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/test.csv"))));
        settle();
        predict(robot);
        robot.clickOn("#disagreements");
        settle();
        assertThat(columns(robot)).startsWith("row", "picture", "class", "cnn_a", "cnn_b", "probability");
        List<Object> one = cells(robot, "cnn_a");
        List<Object> other = cells(robot, "cnn_b");
        assertThat(one).hasSize(DISAGREEING).hasSameSizeAs(other);
        assertThat(java.util.stream.IntStream.range(0, one.size())
                        .filter(i -> one.get(i).equals(other.get(i))))
                .isEmpty();
        assertThat(words(robot, "#row-count")).isEqualTo(DISAGREEING + " of 300 rows");
        shot(robot, "predict-disagreements");
        type(robot, "#class-names", "zero, one, two, three, four, five, six, seven, eight, nine");
        assertThat(cells(robot, "2nd and 3rd").get(0).toString())
                .matches("[a-z]+: 0\\.\\d+, [a-z]+: (0\\.\\d+|\\de-\\d+)");
        robot.clickOn("#disagreements");
        assertThat(table(robot).getItems()).hasSize(300);
    }

    @Test
    void aWrongFileMarksItsRowAndARightOneClearsWhatWasSaid(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        choose(robot, input(), FIXTURES.resolve("seed_merge/model_a/input.npy"));
        assertThat(words(robot, "#check-" + input()))
                .isEqualTo("It holds (2, 32, 32, 1), and the input takes (None, 8, 8, 1).");
        assertThat(robot.lookup("#check-" + input()).query().getStyleClass()).contains("problem");
        predict(robot);
        assertThat(words(robot, "#complaint"))
                .isEqualTo("The file for the input " + input() + " does not fit. "
                        + "It holds (2, 32, 32, 1), and the input takes (None, 8, 8, 1).");
        shot(robot, "predict-wrong");
        choose(robot, input(), FIXTURES.resolve("digits/test.csv"));
        assertThat(words(robot, "#check-" + input())).isEqualTo("300 rows");
        assertThat(robot.lookup("#columns-" + input()).queryTextInputControl().getText())
                .isEqualTo("1-64");
        predict(robot);
        assertThat(robot.lookup("#complaint").query().getParent().getParent().isVisible())
                .isFalse();
        assertThat(table(robot).getItems()).hasSize(300);
        Label status = robot.lookup("#prediction-status").queryAs(Label.class);
        assertThat(status.getTooltip().getText())
                .isEqualTo("Computed by ONNX Runtime, which gave for the first batch what DL4J gave.");
        robot.interact(() -> window.commands().named("engine-dl4j").run());
        predict(robot);
        assertThat(status.getTooltip().getText()).isEqualTo("Computed by DL4J.");
        type(robot, "#columns-" + input(), "1-63");
        assertThat(words(robot, "#check-" + input())).isEqualTo("These are 63 columns, and the input takes 64.");
    }

    @Test
    void anInputWithoutAFileIsNamed(FxRobot robot) {
        openFixtures(robot, "tabular/wine_sequential_input/model.keras");
        predict(robot);
        assertThat(words(robot, "#complaint"))
                .isEqualTo("Choose a file for the input " + input() + ", or tick Random numbers.");
    }

    @Test
    void everyInputHasARowThatCanBeScrolledTo(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        for (int i = 0; i < 11; i++) {
            picked.add(FIXTURES.resolve("seed_merge/model_a/model.keras"));
            robot.interact(() -> window.files().open());
            settle();
        }
        Set<ButtonBase> rows = robot.lookup(".choose-file").queryAllAs(ButtonBase.class);
        assertThat(rows).hasSize(12);
        ScrollPane scroll = robot.lookup("#inputs").queryAs(ScrollPane.class);
        robot.interact(() -> scroll.setVvalue(1));
        robot.sleep(100);
        Bounds seen = scroll.localToScene(scroll.getLayoutBounds());
        ButtonBase last = rows.stream().reduce((one, other) -> other).orElseThrow();
        assertThat(seen.contains(last.localToScene(last.getLayoutBounds()))).isTrue();
        Bounds predict = robot.lookup("#predict")
                .query()
                .localToScene(robot.lookup("#predict").query().getLayoutBounds());
        assertThat(predict.getMinY()).isGreaterThanOrEqualTo(seen.getMaxY());
        assertThat(predict.getMaxY()).isLessThan(main.stage().getScene().getHeight());
        shot(robot, "predict-many-inputs");
    }

    @Test
    void droppedFilesGoToTheInputsTheyFit(FxRobot robot) {
        openFixtures(robot, "tabular/cancer_merged/model.keras");
        List<String> names = session().document().graph().inputs().stream()
                .map(id -> session().document().graph().node(id).name())
                .toList();
        robot.interact(() -> main.open(List.of(
                FIXTURES.resolve("tabular/cancer_merged/in_other.csv"),
                FIXTURES.resolve("tabular/cancer_merged/in_mean.csv"))));
        settle();
        assertThat(names.stream()
                        .map(name -> robot.lookup("#choose-" + name)
                                .queryAs(ButtonBase.class)
                                .getText()))
                .containsExactly("in_mean.csv", "in_other.csv");
        predict(robot);
        assertThat(window.predictions().results()).isNotEmpty();
    }

    @Test
    void oneTableMayHoldTheDataOfAllInputs(FxRobot robot) {
        openFixtures(robot, "tabular/cancer_merged/model.keras");
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("tabular/cancer_merged/all_features_with_label.csv"))));
        settle();
        assertThat(robot.lookup("#columns-in_mean").queryTextInputControl().getText())
                .isEqualTo("1-10");
        assertThat(robot.lookup("#columns-in_other").queryTextInputControl().getText())
                .isEqualTo("11-30");
        predict(robot);
        assertThat(Difference.largest(
                        Fixtures.npy("tabular/cancer_merged/expected.npy"),
                        window.predictions().results().values().iterator().next()))
                .isLessThan(1e-5);
    }

    @Test
    void whereTheNetworkLooksIsThePictureOfTheCommand(FxRobot robot) throws IOException {
        openFixtures(robot, "digits/cnn_a/model.keras");
        Path data = FIXTURES.resolve("digits/cnn_a/input.npy");
        choose(robot, input(), data);
        predict(robot);
        robot.interact(() -> table(robot).getSelectionModel().select(1));
        robot.clickOn("#grad-cam");
        settle();
        assertThat(words(robot, "#map-note")).matches("Light where conv_2 raises the score of class \\d for row 2\\.");
        Spinner<Integer> row = numbers(robot.lookup("#map-row").queryAs(Spinner.class));
        robot.interact(() -> row.getValueFactory().setValue(1));
        choose(robot, "#map-layer", 2);
        choose(robot, "#map-class", 4);
        assertThat(words(robot, "#map-note")).isEqualTo("Light where conv_1 raises the score of class 3 for row 1.");
        Scene scene = robot.lookup("#map-note").query().getScene();
        shot(robot, "grad-cam", scene);
        Path seen = folder.resolve("seen.png");
        picked.add(seen);
        robot.clickOn("#map-save");
        settle();
        Path told = folder.resolve("told.png");
        Program.run(
                new String[] {
                    "grad-cam",
                    FIXTURES.resolve("digits/cnn_a/model.keras").toString(),
                    "--input",
                    data.toString(),
                    "--layer",
                    "conv_1",
                    "--class",
                    "3",
                    "-o",
                    told.toString()
                },
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                Main.formats(),
                false);
        assertThat(Files.readAllBytes(seen)).isEqualTo(Files.readAllBytes(told));
        robot.interact(() -> {
            session().select(Set.of(id("hidden")));
            window.commands().named("delete").run();
        });
        choose(robot, "#map-class", 0);
        assertThat(words(robot, "#map-note"))
                .endsWith("You have changed the document since; this is the network that predicted.");
        robot.interact(() -> scene.getWindow().hide());
    }

    @SuppressWarnings("unchecked")
    private static Spinner<Integer> numbers(Spinner<?> spinner) {
        return (Spinner<Integer>) spinner;
    }

    private void choose(FxRobot robot, String box, int index) {
        ComboBox<?> choice = robot.lookup(box).queryComboBox();
        robot.interact(() -> choice.getSelectionModel().select(index));
        settle();
    }

    @Test
    void rowsAreNamedAfterPicturesSortedFilteredCopiedAndSaved(FxRobot robot) throws IOException {
        openFixtures(robot, "digits/ensemble_average/model.keras");
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/images"))));
        settle();
        predict(robot);
        type(robot, "#class-names", "zero, one, two, three, four, five, six, seven, eight, nine");
        assertThat(columns(robot)).startsWith("row", "file", "picture", "class", "probability", "2nd and 3rd", "zero");
        assertThat(cells(robot, "file")).startsWith("digit_000.png", "digit_001.png");
        until(() -> !table(robot).lookupAll(".table-cell .image-view").isEmpty()
                || table(robot).lookupAll("*").stream().anyMatch(ImageView.class::isInstance));
        String first = cells(robot, "class").get(0).toString();
        type(robot, "#filter-predictions", first);
        assertThat(cells(robot, "class")).isNotEmpty().allMatch(first::equals);
        type(robot, "#filter-predictions", "digit_003");
        assertThat(cells(robot, "file")).containsExactly("digit_003.png");
        robot.clickOn("#copy-predictions");
        String[] copied = new String[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).startsWith("row\tfile\t").contains("\n4\tdigit_003.png\t");
        type(robot, "#filter-predictions", "");
        Path saved = folder.resolve("named.csv");
        picked.add(saved);
        robot.clickOn("#save-predictions");
        settle();
        assertThat(Files.readAllLines(saved).get(0)).startsWith("file,class,");
        assertThat(Files.readAllLines(saved).get(1)).startsWith("digit_000.png," + first + ",");
        shot(robot, "predict-pictures");
    }

    @Test
    void theTableIsCopiedByTheKeysOfThePlatform(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        choose(robot, "Input_a", FIXTURES.resolve("seed_merge/model_a/input.npy"));
        predict(robot);
        robot.interact(() -> {
            table(robot).requestFocus();
            table(robot).getSelectionModel().selectAll();
        });
        robot.push(KeyCode.CONTROL, KeyCode.C);
        String[] copied = new String[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertThat(copied[0]).startsWith("row\t").hasLineCount(3);
    }

    @Test
    void theSummaryIsCopiedAsATable(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        robot.interact(() -> {
            TabPane tabs = robot.lookup("#tabs").queryAs(TabPane.class);
            tabs.getTabs().stream()
                    .filter(tab -> tab.getText().equals("Summary"))
                    .findFirst()
                    .ifPresent(tabs.getSelectionModel()::select);
        });
        TextArea summary = robot.lookup("#summary").queryAs(TextArea.class);
        assertThat(summary.getText()).startsWith("Model: ").doesNotContain("FLOPs");
        robot.clickOn("#summary-sizes");
        assertThat(summary.getText()).contains("FLOPs for one row: ");
        robot.interact(() -> {
            MenuButton copy = robot.lookup("#summary-copy").queryAs(MenuButton.class);
            copy.getItems().get(0).fire();
            Clipboard copied = Clipboard.getSystemClipboard();
            assertThat(copied.getString()).startsWith("Layer (type)\tOutput Shape\tParam #\t");
            assertThat(copied.getHtml()).contains("<tr><th>Layer (type)</th><th>Output Shape</th>");
            copy.getItems().stream()
                    .filter(item -> item.getText().equals("CSV"))
                    .forEach(item -> item.fire());
            assertThat(Clipboard.getSystemClipboard().getString()).startsWith("\"Layer (type)\",\"Output Shape\"");
        });
    }

    @Test
    void aModelThatIsOpenedAgainHasItsData(FxRobot robot) {
        openFixtures(robot, "digits/cnn_b/model.keras");
        choose(robot, input(), FIXTURES.resolve("digits/test.csv"));
        predict(robot);
        robot.interact(() -> {
            main.add();
            window = main.current();
        });
        openFixtures(robot, "digits/cnn_b/model.keras");
        assertThat(window.predictions().ready()).isTrue();
    }
}
