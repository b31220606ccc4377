package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Weights;
import org.netsplice.testing.Fixtures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Weights of one layer taken from another model. */
class LayerWeightsIT extends WindowTests {
    private static final Path MODEL = FIXTURES.resolve("digits/cnn_a/model.weights.h5");

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private Weights weights(String layer) {
        Graph graph = session().document().graph();
        return graph.weights().get(graph.node(id(layer)).weights());
    }

    private static String complaint(FxRobot robot) {
        return robot.lookup("#complaint").queryAs(Label.class).getText();
    }

    private static Weights inFile(String layer) {
        Graph graph = Fixtures.open("digits/cnn_a/model.keras").graph();
        return graph.weights().get(graph.named(layer).orElseThrow().weights());
    }

    @Test
    void theOnlyLayerThatFitsIsTakenAndSeveralAreAskedFor(FxRobot robot) throws Exception {
        openFixtures(robot, "digits/cnn_b/model.keras");
        Weights before = weights("probabilities");
        select(robot, "probabilities");
        picked.add(MODEL);
        robot.clickOn("#load-weights");
        settle();
        assertThat(weights("probabilities")).isEqualTo(inFile("probabilities")).isNotEqualTo(before);

        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(weights("probabilities")).isEqualTo(before);

        Path file = folder.resolve("two.npz");
        java.util.Map<String, org.netsplice.graph.Tensor> arrays = new java.util.LinkedHashMap<>();
        for (String layer : new String[] {"first", "second"}) {
            Weights weights = layer.equals("first") ? before : inFile("probabilities");
            arrays.put(layer + "/kernel", weights.tensors().get(0));
            arrays.put(layer + "/bias", weights.tensors().get(1));
        }
        org.netsplice.container.AtomicFile.write(file, out -> org.netsplice.container.Npz.write(arrays, out));
        picked.add(file);
        robot.clickOn("#load-weights");
        until(() -> robot.lookup("#search-list").tryQuery().isPresent());
        ListView<?> list = robot.lookup("#search-list").queryListView();
        assertThat(list.getItems()).hasSize(2);
        shot(robot, "which-weights", list.getScene());
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);
        settle();
        assertThat(weights("probabilities")).isEqualTo(inFile("probabilities"));
    }

    @Test
    void weightsThatFitNowhereAreToldWithTheirShapes(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        Point2D place = output("a_output_layer");
        dragFromPalette(robot, "Dense", java.util.List.of(place));
        settle();
        picked.add(MODEL);
        robot.interact(() -> robot.lookup("#load-weights").queryButton().fire());
        until(() -> complaint(robot).contains("model.weights.h5"));
        assertThat(complaint(robot))
                .contains("model.weights.h5: has no weights that fit dense, which needs kernel (")
                .contains("It has conv_1: (3, 3, 1, 12), (12,);");
    }
}
