package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.graph.Port;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Finding what is meant: layers by their names, what a wire is, and what an undone step has changed. */
class FindingIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    @Test
    void theCommandPaletteFindsLayers(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        select(robot, "a_layer_1");
        robot.push(KeyCode.CONTROL, KeyCode.K);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("dropout").type(KeyCode.ENTER);
        settle();
        assertThat(session().document().graph().node(id("dropout")).inputs()).containsExactly(Port.of(id("a_layer_1")));
    }

    @Test
    void aClickOnAWireShowsTheWire(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        Scene.Wire wire = session().scene().wires().stream()
                .filter(one -> one.to().equals(id("a_layer_2")))
                .findFirst()
                .orElseThrow();
        Scene.Point from = wire.points().get(0);
        Scene.Point to = wire.points().get(wire.points().size() - 1);
        Point2D middle = window.canvas().onScreen(new Scene.Point((from.x() + to.x()) / 2, (from.y() + to.y()) / 2));
        robot.clickOn(middle);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.from(List.of(robot.lookup("#inspector").query()))
                        .lookup((Labeled label) -> label instanceof Label)
                        .queryAllAs(Label.class))
                .extracting(Label::getText)
                .contains("Wire", "a_layer_1", "a_layer_2", "(None, 32, 32, 64) float32");
        shot(robot, "wire-form");
        Document before = session().document();
        ComboBox<String> insert = robot.lookup("#wire-insert").queryComboBox();
        robot.interact(insert::show);
        assertThat(insert.getItems()).contains("Dense", "Dropout").doesNotContain("Concatenate");
        robot.interact(() -> {
            insert.hide();
            insert.setValue("Dropout");
        });
        settle();
        assertThat(session().document().graph().node(id("a_layer_2")).inputs()).containsExactly(Port.of(id("dropout")));
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
        robot.interact(() -> session().select(session().scene().wires().get(0)));
        robot.clickOn("#wire-remove");
        settle();
        assertThat(session().undoTitle()).contains("disconnect");
    }

    @Test
    void undoBringsTheViewBackToWhatChanged(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.interact(() -> window.canvas().zoomTo(1.5));
        select(robot, "probabilities");
        robot.interact(() -> window.canvas().reveal(id("probabilities")));
        robot.push(KeyCode.DELETE);
        settle();
        robot.interact(() -> window.canvas().reveal(id("digit")));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        Rect box = box("probabilities");
        Rect seen = window.canvas().viewport().visible();
        assertThat(seen.contains(box.centerX(), box.centerY())).isTrue();
    }
}
