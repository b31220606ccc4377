package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.metrics.Metric;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** From two models and a table to scores, the rows behind them, plots, and the best coefficients. */
class ScoreIT extends WindowTests {
    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private void merged(FxRobot robot, String operation) {
        openFixtures(robot, "digits/cnn_a/model.keras", "digits/cnn_b/model.keras");
        robot.interact(() -> window.commands().named("share-inputs").run());
        settle();
        robot.interact(() -> {
            session().select(Set.of());
            window.commands().named("merge-" + operation).run();
        });
        settle();
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/test.csv"))));
        settle();
        robot.clickOn("Scoreboard");
        settle();
    }

    private String note(FxRobot robot) {
        return robot.lookup("#score-note").queryAs(Label.class).getText();
    }

    private void score(FxRobot robot) {
        robot.clickOn("#score");
        settle();
    }

    private void choose(FxRobot robot, String box, String value) {
        ComboBox<String> choice = robot.lookup(box).queryComboBox();
        robot.interact(() -> choice.setValue(value));
        settle();
    }

    private TableView<Metric> scores(FxRobot robot) {
        return robot.lookup("#scores").queryTableView();
    }

    private String cell(FxRobot robot, String metric, int column) {
        TableView<Metric> table = scores(robot);
        Metric row = table.getItems().stream()
                .filter(one -> one.name().equals(metric))
                .findFirst()
                .orElseThrow();
        return table.getColumns()
                .get(column)
                .getCellObservableValue(row)
                .getValue()
                .toString();
    }

    @Test
    void fromTwoModelsAndATableToScores(FxRobot robot) throws IOException {
        merged(robot, "Average");
        ComboBox<?> targets = robot.lookup("#targets").queryComboBox();
        assertThat(targets.getValue()).hasToString("label of test.csv");
        assertThat(note(robot))
                .startsWith("300 rows, 10 classes: accuracy, balanced accuracy, ")
                .contains("log loss");
        score(robot);
        assertThat(scores(robot).getColumns().stream().map(TableColumn::getText))
                .startsWith("metric", "cnn_a")
                .hasSize(4);
        Json expected =
                JsonReader.parse(Files.readAllBytes(FIXTURES.resolve("digits/results.json")), "results.json", "");
        Json accuracy = expected.get("test_accuracy");
        assertThat(cell(robot, "accuracy", 1))
                .isEqualTo(String.format("%.4f", accuracy.get("cnn_a").number()));
        assertThat(cell(robot, "accuracy", 2))
                .isEqualTo(String.format("★ %.4f", accuracy.get("cnn_b").number()));
        assertThat(cell(robot, "accuracy", 3))
                .isEqualTo(String.format(
                        "★ %.4f",
                        accuracy.get("average_of_predictions(cnn_a, cnn_b)").number()));
        assertThat(note(robot)).startsWith("300 rows, 10 classes.");
        shot(robot, "score-table");
        saveAndPlot(robot);
        lookAtRows(robot);
    }

    private void saveAndPlot(FxRobot robot) throws IOException {
        Path csv = folder.resolve("scores.csv");
        picked.add(csv);
        robot.clickOn("#save-scores");
        settle();
        assertThat(Files.readAllLines(csv).get(0)).isEqualTo("\"metric\",\"cnn_a\",\"cnn_b\",\"cnn_a + cnn_b\"");
        assertThat(Files.readAllLines(csv).get(1)).isEqualTo("\"accuracy\",\"0.9567\",\"0.9633\",\"0.9633\"");
        robot.clickOn("#show-plots");
        XYChart<?, ?> roc = robot.lookup("#plot").queryAs(XYChart.class);
        assertThat(roc.getData()).hasSize(3);
        shot(robot, "score-roc");
        choose(robot, "#plot-kind", "Calibration");
        XYChart<?, ?> calibration = robot.lookup("#plot").queryAs(XYChart.class);
        assertThat(calibration.getData()).hasSize(4);
        Path png = folder.resolve("plot.png");
        picked.add(png);
        robot.clickOn("#save-plot");
        settle();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(200);
        shot(robot, "score-calibration");
    }

    private void lookAtRows(FxRobot robot) {
        robot.clickOn("#show-rows");
        settle();
        TableView<Integer> rows = robot.lookup("#rows").queryTableView();
        assertThat(rows.getItems()).hasSize(11);
        Button wrong = robot.lookup(".confusion-cell").queryAllAs(Button.class).stream()
                .filter(button -> button.getStyleClass().contains("wrong") && !button.isDisabled())
                .findFirst()
                .orElseThrow();
        robot.interact(wrong::fire);
        settle();
        assertThat(rows.getItems()).hasSize(Integer.parseInt(wrong.getText()));
        ComboBox<String> which = robot.lookup("#which-rows").queryComboBox();
        assertThat(which.getValue()).contains(" taken for ");
        assertThat(robot.lookup("#row-detail").query().lookupAll(".label")).hasSizeGreaterThan(6);
        assertThat(robot.lookup("#row-detail").query().lookupAll("*").stream().anyMatch(ImageView.class::isInstance))
                .isTrue();
        choose(robot, "#which-rows", "Members disagree");
        assertThat(rows.getItems()).isNotEmpty().hasSizeLessThan(40);
        shot(robot, "score-rows");
    }

    @Test
    void networksThatAreNotJoinedAreComparedWithIntervals(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras", "digits/cnn_b/model.keras");
        robot.interact(() -> window.commands().named("share-inputs").run());
        settle();
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/X_test.npy"))));
        settle();
        robot.clickOn("Scoreboard");
        score(robot);
        assertThat(robot.lookup("#complaint").queryAs(Label.class).getText())
                .isEqualTo("Choose what is right for each row: a column of the table, or a file.");
        picked.add(FIXTURES.resolve("digits/y_test.npy"));
        robot.clickOn("#target-file");
        settle();
        robot.clickOn("#intervals");
        score(robot);
        assertThat(scores(robot).getColumns().stream().map(TableColumn::getText))
                .containsExactly("metric", "cnn_a", "cnn_b");
        assertThat(cell(robot, "accuracy", 2)).startsWith("★ 0.9633  (0.9").endsWith(")");
        shot(robot, "score-intervals");
    }

    @Test
    void theBestCoefficientsAreFoundAndSetInOneStep(FxRobot robot) {
        merged(robot, "WeightedAverage");
        robot.interact(() -> session().select(Set.of(id("weighted_average"))));
        settle();
        robot.interact(() ->
                robot.lookup("#best-coefficients").queryAs(ButtonBase.class).fire());
        settle();
        assertThat(note(robot))
                .matches("Coefficients 0\\.\\d{4}, 0\\.\\d{4}: loss 0\\.\\d{4}, before 0\\.\\d{4}; "
                        + "the parts alone 0\\.\\d{4}, 0\\.\\d{4}\\. Judge them on other rows than these\\.");
        String[] numbers = note(robot)
                .replaceAll(".*loss ([\\d.]+), before ([\\d.]+);.*", "$1 $2")
                .split(" ");
        assertThat(Double.parseDouble(numbers[0])).isLessThanOrEqualTo(Double.parseDouble(numbers[1]));
        assertThat(robot.lookup("#field-coefficients").queryTextInputControl().getText())
                .startsWith("[0.");
        robot.interact(() -> session().undo());
        settle();
        assertThat(robot.lookup("#field-coefficients").queryTextInputControl().getText())
                .doesNotStartWith("[0.");
    }

    @Test
    void aSampleKnowsItsTargets(FxRobot robot) {
        robot.clickOn("#sample-digits");
        settle();
        robot.clickOn("Scoreboard");
        score(robot);
        assertThat(scores(robot).getItems()).isNotEmpty();
        assertThat(robot.lookup("#show-scores").queryAs(ToggleButton.class).isSelected())
                .isTrue();
    }

    @Test
    void targetsThatWereRightAreThereAgainWithTheModel(FxRobot robot) throws IOException {
        Path model = Files.copy(FIXTURES.resolve("digits/cnn_a/model.keras"), folder.resolve("remembered.keras"));
        Path right = folder.resolve("right.csv");
        StringBuilder labels = new StringBuilder("label\n");
        for (int i = 0; i < 300; i++) {
            labels.append(i % 10).append('\n');
        }
        Files.writeString(right, labels);
        picked.add(model);
        robot.clickOn("#open");
        settle();
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/X_test.npy"))));
        settle();
        robot.clickOn("Scoreboard");
        picked.add(right);
        robot.clickOn("#target-file");
        score(robot);
        robot.interact(() -> main.add());
        window = main.current();
        robot.interact(() -> window.files().open(List.of(model)));
        settle();
        ComboBox<?> again = robot.from(window.root()).lookup("#targets").queryComboBox();
        assertThat(again.getValue()).hasToString("right.csv");
    }

    @Test
    void targetsOfOtherRowsAreRefusedInWords(FxRobot robot) throws IOException {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/X_test.npy"))));
        settle();
        Path few = folder.resolve("few.csv");
        Files.writeString(few, "label\n1\n2\n");
        robot.clickOn("Scoreboard");
        picked.add(few);
        robot.clickOn("#target-file");
        settle();
        score(robot);
        assertThat(robot.lookup("#complaint").queryAs(Label.class).getText())
                .isEqualTo("few.csv: holds 2 targets, but 300 rows are predicted. Give one target for every row.");
    }
}
