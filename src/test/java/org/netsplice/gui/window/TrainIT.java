package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.app.Main;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** From two models and a table to a trained head that is saved. */
class TrainIT extends WindowTests {
    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private void merged(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras", "digits/cnn_b/model.keras");
        robot.interact(() -> window.commands().named("share-inputs").run());
        settle();
        robot.interact(() -> {
            session().select(Set.of());
            window.commands().named("merge-Concatenate").run();
        });
        settle();
        robot.interact(() -> window.apply(new AddLayer(
                LayerNotation.parse("Dense(units=10, activation=softmax)", Where.NOWHERE)
                        .layer(),
                "head",
                List.of(Port.of(id("concatenate"))),
                Optional.empty())));
        settle();
        robot.interact(() -> main.open(List.of(FIXTURES.resolve("digits/test.csv"))));
        settle();
        TabPane tabs = robot.lookup("#tabs").queryAs(TabPane.class);
        robot.interact(() -> tabs.getTabs().stream()
                .filter(tab -> "training".equals(tab.getContent().getId()))
                .forEach(tabs.getSelectionModel()::select));
        settle();
        shot(robot, "train-before");
    }

    private String note(FxRobot robot) {
        return robot.lookup("#train-note").queryAs(Label.class).getText();
    }

    private Weights weights(String layer) {
        Graph graph = session().document().graph();
        return graph.weights().get(graph.node(id(layer)).weights());
    }

    @Test
    void anUntrainedHeadLearnsAndOneUndoTakesItBack(FxRobot robot) throws Exception {
        merged(robot);
        Document before = session().document();
        Weights frozen = weights("conv_1");
        type(robot, "#train-epochs", "3");
        type(robot, "#train-rate", "0.05");
        robot.clickOn("#train");
        until(() -> note(robot).contains("One undo takes them back."));
        settle();
        assertThat(note(robot)).startsWith("All epochs are done; kept epoch ");
        for (String chart : List.of("#training-loss", "#training-metric")) {
            XYChart<?, ?> curves = robot.lookup(chart).queryAs(XYChart.class);
            assertThat(curves.getData())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line.getData()).hasSize(3));
        }
        assertThat(session().report().untrained(id("head"))).isFalse();
        assertThat(weights("conv_1")).isEqualTo(frozen);
        shot(robot, "train");

        Weights learned = weights("head");
        Path file = folder.resolve("trained.keras");
        picked.add(file);
        robot.interact(() -> window.commands().named("save-as").run());
        settle();
        Document written =
                Main.formats().open(file, Optional.empty(), Progress.NONE).asDocument();
        assertThat(Difference.largest(predicted(session().document()), predicted(written)))
                .isLessThan(1e-6);
        robot.interact(() -> session().undo());
        settle();
        assertThat(session().document().graph()).isEqualTo(before.graph());
        robot.interact(() -> session().redo());
        settle();
        assertThat(weights("head")).isEqualTo(learned);
    }

    private static Map<String, Tensor> predicted(Document document) {
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        Tensor rows = Fixtures.npy(FIXTURES.resolve("digits/X_test.npy")).rows(0, 20);
        return network.predict(Map.of(network.inputs().get(0).name(), rows), 20, Progress.NONE);
    }

    @Test
    void aPauseWaitsUntilItIsPressedAgain(FxRobot robot) {
        merged(robot);
        type(robot, "#train-epochs", "100000");
        robot.clickOn("#train");
        until(() -> note(robot).startsWith("Trained epoch"));
        robot.clickOn("#pause-training");
        Label pace = robot.lookup("#train-pace").queryAs(Label.class);
        until(() -> pace.getText().equals("Paused."));
        String paused = note(robot);
        robot.clickOn("#pause-training");
        until(() -> !note(robot).equals(paused) && pace.getText().contains("a second"));
        shot(robot, "train-running");
        robot.clickOn("#pause-training");
        until(() -> pace.getText().equals("Paused."));
        robot.clickOn("#stop-training");
        until(() -> note(robot).startsWith("Stopped; kept epoch "));
        assertThat(pace.isVisible()).isFalse();
    }

    @Test
    void chosenLayersLearnTooByTheChosenWay(FxRobot robot) {
        merged(robot);
        Weights before = weights("conv_1");
        Weights other = weights("cnn_b_conv_1");
        robot.interact(() -> robot.lookup("#train-layers")
                .<String>queryComboBox()
                .getEditor()
                .setText("conv_*"));
        robot.clickOn("#train-more");
        shot(robot, "train-more");
        robot.interact(
                () -> robot.lookup("#train-optimizer").<String>queryComboBox().setValue("sgd"));
        robot.interact(() -> robot.lookup("#train-loss").<String>queryComboBox().setValue("mean squared error"));
        type(robot, "#train-epochs", "1");
        robot.clickOn("#train");
        Label complaint = robot.lookup("#complaint").queryAs(Label.class);
        until(() -> complaint.getText().contains("the loss mean_squared_error of the output head needs 10"));
        until(() -> !robot.lookup("#train").query().isDisabled());
        robot.interact(() -> robot.lookup("#train-loss").<String>queryComboBox().setValue("found from the data"));
        robot.clickOn("#train");
        until(() -> note(robot).contains("One undo takes them back."));
        assertThat(weights("conv_1")).isNotEqualTo(before);
        assertThat(weights("cnn_b_conv_1")).isEqualTo(other);
    }

    @Test
    void stoppingKeepsWhatWasLearned(FxRobot robot) {
        merged(robot);
        type(robot, "#train-epochs", "100000");
        robot.clickOn("#train");
        until(() -> note(robot).startsWith("Trained epoch"));
        robot.clickOn("#stop-training");
        until(() -> note(robot).contains("One undo takes them back."));
        assertThat(note(robot)).startsWith("Stopped; kept epoch ");
        assertThat(session().report().untrained(id("head"))).isFalse();
        assertThat(robot.lookup("#train").queryButton().isDisabled()).isFalse();
        assertThat(robot.lookup("#stop-training").queryButton().isDisabled()).isTrue();
    }

    @Test
    void numbersThatCannotBeAreToldBeforeAnythingBegins(FxRobot robot) {
        merged(robot);
        type(robot, "#train-rate", "fast");
        robot.clickOn("#train");
        settle();
        assertThat(robot.lookup("#complaint").queryAs(Label.class).getText())
                .isEqualTo("The learning rate must be a number above 0, such as 0.001.");
        assertThat(session().report().untrained(id("head"))).isTrue();
    }
}
