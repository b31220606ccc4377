package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.chart.XYChart;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.netsplice.container.Npy;
import org.netsplice.dl4j.Compiler;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.inside.AttentionScores;
import org.netsplice.inside.Excerpt;
import org.netsplice.inside.ValuePicture;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What layers give for a row, seen in the window. */
class ValuesIT extends WindowTests {
    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private void open(FxRobot robot, String tab) {
        TabPane tabs = robot.lookup("#tabs").queryAs(TabPane.class);
        robot.interact(() -> tabs.getTabs().stream()
                .filter(one -> one.getText().equals(tab))
                .forEach(tabs.getSelectionModel()::select));
    }

    private String words(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    /** What the layer gives for all rows, as the command line computes it. */
    private Tensor computed(String layer, Path rows) {
        return Compiler.compile(Excerpt.of(session().document(), List.of(id(layer))), Progress.NONE)
                .predict(Map.of("digit", Npy.read(rows)), 32, Progress.NONE)
                .values()
                .iterator()
                .next();
    }

    @Test
    void aLayerShowsWhatItGivesForTheRowThatIsLookedAt(FxRobot robot) throws IOException {
        Path rows = FIXTURES.resolve("digits/X_test.npy");
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot, "Values");
        assertThat(words(robot, "#values-message"))
                .isEqualTo("Predict first. Then select a layer to see what it gives for a row.");
        robot.interact(() -> main.open(List.of(rows)));
        settle();
        robot.interact(() -> window.commands().named("predict").run());
        settle();
        until(() -> !window.predictions().results().isEmpty());
        open(robot, "Values");
        select(robot, "conv_1", "flatten");
        assertThat(words(robot, "#values-message")).isEqualTo("Select one layer to see what it gives for a row.");

        robot.clickOn(header("conv_1"));
        settle();
        until(() -> robot.lookup("#values-title").tryQuery().isPresent());
        assertThat(words(robot, "#values-title")).isEqualTo("conv_1   (1, 8, 8, 12) float32");
        shot(robot, "values");
        Tensor all = computed("conv_1", rows);
        assertThat(words(robot, "#values-statistics")).startsWith("768 numbers, ");
        XYChart<?, ?> histogram = robot.lookup("#values-histogram").queryAs(XYChart.class);
        assertThat(histogram.getData().get(0).getData().stream()
                        .mapToInt(bar -> ((Number) bar.getYValue()).intValue())
                        .sum())
                .isEqualTo(768);
        TableView<?> numbers = robot.lookup("#values-numbers").queryTableView();
        assertThat(numbers.getItems()).hasSize(768);
        assertThat(numbers.getColumns().get(0).getCellData(767)).isEqualTo("7, 7, 11");

        robot.interact(() -> robot.lookup("#values-row").queryAs(Spinner.class).increment(4));
        until(() -> window.predictions().rows().orElseThrow().row() == 4 && picture(robot, all, 4));
        robot.clickOn("#values-picture");
        assertThat(words(robot, "#values-caption")).endsWith("Click it to see all.");
        shot(robot, "values-enlarged");
        robot.clickOn("#values-picture");

        Path file = folder.resolve("values.npy");
        picked.add(file);
        robot.clickOn("#save-values");
        settle();
        assertThat(Difference.largest(Map.of("v", Npy.read(file)), Map.of("v", all.rows(4, 5))))
                .isLessThan(1e-6);
        Path png = folder.resolve("values.png");
        picked.add(png);
        robot.clickOn("#save-values-picture");
        settle();
        assertThat(ImageIO.read(new File(png.toString())).getWidth()).isGreaterThanOrEqualTo(512);
    }

    /** Whether the picture has the pixels of a row. */
    private boolean picture(FxRobot robot, Tensor all, int row) {
        var image = robot.lookup("#values-picture").queryAs(ImageView.class).getImage();
        var wanted = ValuePicture.enlarged(ValuePicture.of(all, row, false), (int) image.getWidth());
        if (image.getWidth() != wanted.width() || image.getHeight() != wanted.height()) {
            return false;
        }
        for (int i = 0; i < wanted.pixels().length; i++) {
            if (image.getPixelReader().getArgb(i % wanted.width(), i / wanted.width()) != wanted.pixels()[i]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void valuesFollowEditsAndTellWhatCannotBeComputed(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.clickOn("#random");
        robot.interact(() -> window.commands().named("predict").run());
        until(() -> !window.predictions().results().isEmpty());
        open(robot, "Values");
        select(robot, "digit");
        until(() -> robot.lookup("#values-title").tryQuery().isPresent());
        assertThat(words(robot, "#values-title")).isEqualTo("digit   (1, 8, 8, 1) float32");
        select(robot, "hidden");
        until(() -> words(robot, "#values-title").startsWith("hidden"));
        String before = words(robot, "#values-statistics");
        type(robot, "#field-units", "7");
        until(() -> robot.lookup("#values-message").tryQuery().isPresent());
        assertThat(words(robot, "#values-message")).contains("hidden");
        shot(robot, "values-message");
        robot.interact(() -> session().undo());
        until(() -> robot.lookup("#values-statistics").tryQuery().isPresent());
        assertThat(words(robot, "#values-statistics")).isEqualTo(before);
        robot.interact(() -> session().select(Set.of()));
        assertThat(words(robot, "#values-message")).isEqualTo("Select one layer to see what it gives for a row.");
    }

    @Test
    void attentionShowsItsScoresAndASequenceItsLines(FxRobot robot) {
        robot.interact(() -> main.open(List.of(Fixtures.layers().resolve("mha_self/model.keras"))));
        settle();
        robot.clickOn("#random");
        robot.interact(() -> window.commands().named("predict").run());
        until(() -> !window.predictions().results().isEmpty());
        open(robot, "Values");
        Node attention = session().document().graph().inOrder().stream()
                .filter(node -> AttentionScores.offeredBy(node.layer()))
                .findFirst()
                .orElseThrow();
        select(robot, attention.name());
        until(() -> robot.lookup("#values-title").tryQuery().isPresent());
        ToggleButton lines = robot.lookup("#values-as-lines").queryAs(ToggleButton.class);
        robot.interact(lines::fire);
        XYChart<?, ?> chart = robot.lookup("#values-lines").queryAs(XYChart.class);
        Tensor values = window.predictions().results().values().iterator().next();
        assertThat(chart.getData()).hasSize(Math.min(8, (int) values.shape().last()));
        assertThat(((Number) chart.getData().get(0).getData().get(1).getYValue()).floatValue())
                .isEqualTo(values.at((int) values.shape().last()));
        layOut();
        shot(robot, "values-lines");

        ComboBox<?> output = robot.lookup("#values-output").queryComboBox();
        assertThat(output.getItems().toString()).isEqualTo("[output 1, attention scores]");
        robot.interact(() -> output.getSelectionModel().select(1));
        layOut();
        assertThat(lines.isVisible()).isFalse();
        assertThat(words(robot, "#values-title")).contains("(1, ");
        assertThat(words(robot, "#values-caption")).contains(" maps of ");
        shot(robot, "values-attention");
    }
}
