package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.graph.NodeId;
import org.netsplice.problem.Problem;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Editing through the real window. */
class EditingIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    @Test
    void aWireThatDoesNotFitSaysWhyWhileItIsDragged(FxRobot robot) {
        openFixtures(robot, "seed_ensemble/model1/model.keras", "digits/cnn_a/model.keras");
        robot.interact(() -> window.canvas().fitAll());
        Point2D target = header("conv_1");
        robot.drag(output("probabilities"), MouseButton.PRIMARY)
                .moveTo(target.add(5, 5))
                .moveTo(target);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.gestures().overlay().good()).isFalse();
        assertThat(window.gestures().overlay().text()).isEqualTo("the network would feed itself");
        assertThat(window.gestures().overlay().dimmed()).contains(id("conv_1"));
        shot(robot, "wire-refused");
        robot.drop();
        settle();
        assertThat(session().undoTitle()).contains("open cnn_a");
    }

    @Test
    void layersAreMovedDeletedAndBroughtBack(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        Rect place = box("b_layer_1");
        Point2D from = header("b_layer_1");
        robot.drag(from, MouseButton.PRIMARY)
                .moveTo(from.add(60, 10))
                .moveTo(from.add(120, 20))
                .drop();
        settle();
        assertThat(box("b_layer_1").x()).isGreaterThan(place.x() + 60);
        assertThat(session().undoTitle()).contains("move");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
        robot.clickOn(header("b_layer_1")).push(KeyCode.DELETE);
        settle();
        assertThat(session().document().graph().named("b_layer_1")).isEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
    }

    @Test
    void doubleClickOnEmptySpaceSearchesAndAdds(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Rect frame = session().scene().bounds();
        Point2D empty = window.canvas().onScreen(new Scene.Point(frame.right() + 40, frame.y() + 60));
        robot.doubleClickOn(empty);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("glob").type(KeyCode.ENTER);
        settle();
        assertThat(session().document().graph().nodes().values().stream()
                        .map(node -> node.layer().className()))
                .contains("GlobalAveragePooling1D");
    }

    @Test
    void aBrokenFileIsExplainedAndLeavesTheDocumentAlone(FxRobot robot) throws IOException {
        Path broken = folder.resolve("broken.keras");
        Files.write(broken, new byte[0]);
        picked.add(broken);
        robot.clickOn("#open");
        until(() -> robot.lookup("#complaint").queryAs(Label.class).getText().contains("broken.keras"));
        assertThat(robot.lookup("#complaint").queryAs(Label.class).getText())
                .isEqualTo("broken.keras: is empty. Save or download it again.");
        shot(robot, "complaint");
        assertThat(session().document()).isEqualTo(Document.EMPTY);
    }

    @Test
    void aDocumentIsSavedAndOpenedAgain(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras");
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.F);
        settle();
        Document merged = session().document();
        Path file = folder.resolve("model_a + model_b.splice");
        picked.add(file);
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> !session().dirty());
        assertThat(window.owner().getTitle()).isEqualTo("model_a + model_b – model_a + model_b.splice – NetSplice");
        robot.push(KeyCode.CONTROL, KeyCode.N);
        window = main.current();
        assertThat(main.views()).hasSize(2);
        assertThat(session().document()).isEqualTo(Document.EMPTY);
        picked.add(file);
        robot.push(KeyCode.CONTROL, KeyCode.O);
        settle();
        assertThat(session().document()).isEqualTo(merged);
        shot(robot, "documents");
        robot.push(KeyCode.CONTROL, KeyCode.F4);
        assertThat(main.views()).hasSize(1);
    }

    @Test
    void aWireConnectsAndItsDeletionDisconnects(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras");
        dragFromPalette(robot, "Average", List.of(output("a_output_layer")));
        NodeId average = id("average");
        assertThat(session().report().problems(average).get(0).what())
                .isEqualTo("Average takes two inputs or more, and has 1");
        assertThat(robot.lookup("#state").queryAs(Label.class).getText()).endsWith("1 error");
        robot.drag(output("b_output_layer"), MouseButton.PRIMARY)
                .moveTo(header("average"))
                .drop();
        settle();
        assertThat(session().report().problems(average)).isEmpty();
        assertThat(robot.lookup("#state").queryAs(Label.class).getText()).endsWith("ready to predict");
        assertThat(session().document().graph().node(average).inputs()).hasSize(2);
        Scene.Wire wire = session().scene().wires().stream()
                .filter(one -> one.to().equals(average) && one.input() == 1)
                .findFirst()
                .orElseThrow();
        Scene.Point start = wire.points().get(0);
        robot.clickOn(window.canvas().onScreen(new Scene.Point(start.x(), start.y() + 16)));
        robot.push(KeyCode.BACK_SPACE);
        settle();
        assertThat(session().document().graph().node(average).inputs()).hasSize(1);
    }

    @Test
    void aMergeThatDoesNotFitIsRefusedInWordsAndShownAsAProblem(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras", "digits/cnn_a/model.keras");
        robot.interact(() -> window.canvas().fitAll());
        robot.drag("#palette-Average", MouseButton.PRIMARY);
        Point2D last = output("probabilities");
        robot.moveTo(output("a_output_layer")).moveTo(last.add(-3, -3)).moveTo(last);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.gestures().overlay().text())
                .isEqualTo("Average needs equal shapes, received (None, 32, 32, 32) and (None, 10). "
                        + "Insert a Dense layer or a pooling layer that makes the shapes equal.");
        shot(robot, "merge-refused");
        robot.drop();
        settle();
        Document joined = session().document();
        shot(robot, "fixes");
        robot.clickOn("Insert flattening and Dense (32768, untrained)");
        settle();
        assertThat(session().report().problems()).isEmpty();
        assertThat(session().undoTitle()).contains("insert flattening and Dense (32768, untrained)");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(joined);
        robot.clickOn("#compile");
        settle();
        assertThat(robot.lookup("#complaint").queryAs(Label.class).getText()).contains("Average needs equal shapes");
        robot.interact(() -> session().select(Set.of()));
        robot.clickOn(robot.lookup((ListCell<?> cell) -> cell.getItem() instanceof Problem)
                .<ListCell<?>>query());
        settle();
        assertThat(session().selection()).containsExactly(id("average"));
    }

    @Test
    void cancellingFreesTheWindowWhileTheWorkStillRuns(FxRobot robot) {
        java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
        boolean[] ended = new boolean[1];
        boolean[] arrived = new boolean[1];
        robot.interact(() -> window.run(
                "Something slow",
                org.netsplice.work.Lane.FILES,
                progress -> {
                    try {
                        release.await();
                    } catch (InterruptedException problem) {
                        throw new IllegalStateException(problem);
                    }
                    ended[0] = true;
                    return "late";
                },
                late -> arrived[0] = true));
        assertThat(robot.lookup("#cancel").query().isVisible()).isTrue();
        robot.clickOn("#cancel");
        until(() -> !window.busy());
        assertThat(ended[0]).isFalse();
        release.countDown();
        openFixtures(robot, "seed_merge/model_b/model.keras");
        assertThat(arrived[0]).isFalse();
        assertThat(session().document().graph().nodes()).hasSize(3);
    }

    @Test
    void selectionByBoxAndByShiftClick(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        robot.clickOn(header("b_layer_1"));
        robot.press(KeyCode.SHIFT).clickOn(header("b_output_layer")).release(KeyCode.SHIFT);
        assertThat(session().selection()).containsExactlyInAnyOrder(id("b_layer_1"), id("b_output_layer"));
        Rect first = box("Input_b");
        Rect last = box("b_layer_1");
        Rect frame = session().scene().frames().get(0).area();
        robot.drag(window.canvas().onScreen(new Scene.Point(frame.x() - 20, first.y() - 4)), MouseButton.PRIMARY)
                .moveTo(window.canvas().onScreen(new Scene.Point(last.right() + 8, last.y() + 5)))
                .drop();
        assertThat(session().selection()).containsExactlyInAnyOrder(id("Input_b"), id("b_layer_1"));
        robot.push(KeyCode.ESCAPE);
        assertThat(session().selection()).isEmpty();
    }

    @Test
    void settingsThatAreWrongAreExplainedBelowTheField(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        robot.clickOn(header("b_layer_1"));
        type(robot, "#field-units", "none");
        assertThat(robot.lookup((Label label) -> label.getText().contains("expected a whole number"))
                        .queryAll())
                .isNotEmpty();
        assertThat(session().document()).isSameAs(before);
    }

    /** Monocle does not deliver file drops reliably, so this needs a display. */
    @Test
    @EnabledIfEnvironmentVariable(named = "DISPLAY", matches = ".+")
    void filesDroppedOnTheWindowAreOpenedAndRemembered(FxRobot robot) {
        Path file = FIXTURES.resolve("seed_merge/model_b/model.keras");
        Node source = robot.lookup("#state").query();
        robot.interact(() -> source.setOnDragDetected(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putFiles(List.of(file.toFile()));
            source.startDragAndDrop(TransferMode.COPY).setContent(content);
            event.consume();
        }));
        robot.drag("#state", MouseButton.PRIMARY).moveBy(20, -40).dropTo("#canvas");
        until(() -> session().document().graph().nodes().size() == 3);
        settle();
        assertThat(window.files().recent().list()).first().isEqualTo(file);
    }

    @Test
    void theViewZoomsAtThePointerAndFits(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        double before = window.canvas().viewport().scale();
        Point2D at = header("b_layer_1");
        robot.moveTo(at)
                .press(KeyCode.CONTROL)
                .scroll(3, javafx.geometry.VerticalDirection.UP)
                .release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.canvas().viewport().scale()).isNotEqualTo(before);
        assertThat(header("b_layer_1").distance(at))
                .isLessThan(30 * Math.abs(window.canvas().viewport().scale() - before) + 3);
        robot.push(KeyCode.HOME);
        assertThat(window.canvas().viewport().scale()).isEqualTo(before);
    }
}
