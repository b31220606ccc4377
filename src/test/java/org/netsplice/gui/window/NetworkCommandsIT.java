package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.Deciding;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Commands that change a whole network, through the real window, with what they make of it. */
class NetworkCommandsIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    /** Chooses a command from the list of all. */
    private void command(FxRobot robot, String words) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write(words).type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Graph graph() {
        return session().document().graph();
    }

    private List<String> outputs() {
        return graph().outputs().stream().map(graph()::outputName).toList();
    }

    @Test
    void anEnsembleIsMadeOfTwoFiles(FxRobot robot) {
        command(robot, "ensemble");
        ComboBox<Deciding> way = robot.lookup("#ensemble-way").queryComboBox();
        assertThat(way.getValue()).isEqualTo(Deciding.AVERAGE);
        assertThat(robot.lookup("#ensemble-make").query().isDisabled()).isTrue();
        for (String model : List.of("model1", "model2")) {
            picked.add(FIXTURES.resolve("seed_ensemble/" + model + "/model.keras"));
            robot.clickOn("#ensemble-add");
        }
        robot.clickOn("#ensemble-make");
        until(() -> main.current().session().document().graph().inputs().size() == 1);
        Document made = main.current().session().document();
        assertThat(made.graph().outputs()).hasSize(1);
        Tensor images = Fixtures.npy("seed_ensemble/combined_average/input.npy");
        String input = made.graph().node(made.graph().inputs().get(0)).name();
        Tensor predicted = Compiler.compile(made, Progress.NONE)
                .predict(java.util.Map.of(input, images), 32, Progress.NONE)
                .values()
                .iterator()
                .next();
        assertThat(Difference.largest(Fixtures.npy("seed_ensemble/combined_average/expected.npy"), predicted))
                .isLessThan(1e-5);
    }

    @Test
    void layersAreExtractedAsANetworkOfTheirOwn(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        Graph before = graph();
        select(robot, "flatten", "hidden", "dropout");
        command(robot, "extract");
        settle();
        assertThat(graph().groups()).hasSize(2);
        Group part = graph().groups().values().stream()
                .filter(group -> group.name().equals("cnn_a part"))
                .findFirst()
                .orElseThrow();
        List<Node> inside = graph().nodesIn(part.id()).stream().toList();
        assertThat(inside).hasSize(4);
        assertThat(inside)
                .extracting(node -> node.layer().className())
                .containsExactlyInAnyOrder("Dense", "Dropout", "Flatten", "InputLayer");
        Node input = inside.stream().filter(Node::isInput).findFirst().orElseThrow();
        assertThat(session().report().outputs(input.id()).get(0).shape()).hasToString("(None, 2, 2, 24)");
        assertThat(before.nodes().keySet())
                .allSatisfy(id -> assertThat(graph().nodes().get(id))
                        .isEqualTo(before.nodes().get(id)));
        assertThat(graph().outputs()).hasSize(2);
    }

    @Test
    void aNetworkIsCutAfterALayer(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        select(robot, "flatten");
        command(robot, "cut network");
        settle();
        assertThat(outputs()).containsExactly("flatten");
        assertThat(graph().named("dropout")).isEmpty();
        assertThat(graph().named("hidden")).isEmpty();
        assertThat(graph().named("probabilities")).isEmpty();
        assertThat(graph().named("conv_2")).isPresent();
        assertThat(session().undoTitle()).contains("cut network");
    }

    @Test
    void aLayerIsReplacedByAnother(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        Document before = session().document();
        List<?> inputs = graph().node(id("pool_1")).inputs();
        select(robot, "pool_1");
        command(robot, "replace with");
        robot.write("AveragePooling2D").type(KeyCode.ENTER);
        settle();
        Node replaced = graph().nodes().values().stream()
                .filter(node -> node.layer().className().equals("AveragePooling2D"))
                .findFirst()
                .orElseThrow();
        assertThat(replaced.inputs()).isEqualTo(inputs);
        assertThat(graph().node(id("conv_2")).inputs().get(0).node()).isEqualTo(replaced.id());
        assertThat(graph().nodes()).hasSameSizeAs(before.graph().nodes());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
    }

    @Test
    void aLabelIsShownInTheFigureOnly(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        select(robot, "hidden");
        command(robot, "label in figure");
        TextInputControl text = robot.lookup("#figure-text").queryTextInputControl();
        assertThat(text.getText()).isEqualTo("hidden");
        robot.clickOn(text).push(KeyCode.CONTROL, KeyCode.A);
        robot.write("embedding");
        assertThat(text.getText()).isEqualTo("embedding");
        robot.clickOn("OK");
        settle();
        assertThat(session().detail().figure()).isTrue();
        assertThat(title("hidden")).isEqualTo("embedding");
        assertThat(graph().named("hidden")).isPresent();
        robot.push(KeyCode.SHIFT, KeyCode.F);
        settle();
        assertThat(session().detail().figure()).isFalse();
        assertThat(title("hidden")).isEqualTo("hidden");
    }

    private String title(String name) {
        return session().scene().box(id(name)).orElseThrow().label().title();
    }
}
