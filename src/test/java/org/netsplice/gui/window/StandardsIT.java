package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.control.CheckBox;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ZoomEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.editor.session.Viewport;
import org.netsplice.graph.Port;
import org.netsplice.gui.command.Option;
import org.netsplice.layers.Dense;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What users of node editors expect of the pointer and of keys, through the real window. */
class StandardsIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private Viewport view() {
        return window.canvas().viewport();
    }

    private void open(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        robot.interact(() -> window.canvas().requestFocus());
    }

    private List<Port> inputs(String name) {
        return session().document().graph().node(id(name)).inputs();
    }

    private Point2D ground() {
        Rect all = session().scene().bounds();
        return window.canvas().onScreen(new Scene.Point(all.x() - 60, all.centerY()));
    }

    private Point2D endOfWireTo(String reader) {
        Scene.Wire wire = session().scene().wires().stream()
                .filter(one -> one.to().equals(id(reader)))
                .findFirst()
                .orElseThrow();
        Scene.Point end = wire.points().get(wire.points().size() - 1);
        return window.canvas().onScreen(new Scene.Point(end.x(), end.y() - 5));
    }

    @Test
    void spaceMiddleAndTwoFingersPan(FxRobot robot) {
        open(robot);
        double x = view().offsetX();
        robot.moveTo(ground())
                .press(KeyCode.SPACE)
                .drag(MouseButton.PRIMARY)
                .moveBy(30, 20)
                .drop()
                .release(KeyCode.SPACE);
        assertThat(view().offsetX()).isCloseTo(x + 30, org.assertj.core.api.Assertions.within(2.0));
        robot.drag(ground(), MouseButton.MIDDLE).moveBy(-30, 0).drop();
        assertThat(view().offsetX()).isCloseTo(x, org.assertj.core.api.Assertions.within(4.0));
        double y = view().offsetY();
        robot.scroll(2, javafx.geometry.VerticalDirection.DOWN);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(view().offsetY()).isNotEqualTo(y);
        assertThat(session().undoTitle().orElse("")).as("the view is no step").doesNotContain("move");
    }

    @Test
    void aPinchZoomsAndSettingsTurnTheWheelAndDragging(FxRobot robot) {
        open(robot);
        double before = view().zoom();
        robot.interact(() -> Event.fireEvent(
                window.canvas(),
                new ZoomEvent(
                        ZoomEvent.ZOOM, 200, 200, 200, 200, false, false, false, false, false, false, 1.5, 1.5, null)));
        assertThat(view().zoom()).isCloseTo(before * 1.5, org.assertj.core.api.Assertions.within(1e-6));
        robot.interact(() -> main.toggle(Option.WHEEL_ZOOMS));
        double zoomed = view().zoom();
        robot.moveTo(ground()).scroll(2, javafx.geometry.VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(view().zoom()).isNotEqualTo(zoomed);
        robot.interact(() -> {
            main.toggle(Option.WHEEL_ZOOMS);
            main.toggle(Option.DRAG_PANS);
            window.canvas().fitAll();
        });
        double x = view().offsetX();
        robot.drag(ground(), MouseButton.PRIMARY).moveBy(25, 0).drop();
        assertThat(view().offsetX()).isCloseTo(x + 25, org.assertj.core.api.Assertions.within(2.0));
        robot.interact(() -> main.toggle(Option.DRAG_PANS));
    }

    @Test
    void keysZoomAndFit(FxRobot robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(view().zoom()).isEqualTo(1);
        robot.push(KeyCode.CONTROL, KeyCode.EQUALS);
        assertThat(view().zoom()).isGreaterThan(1);
        robot.push(KeyCode.CONTROL, KeyCode.MINUS);
        assertThat(view().zoom()).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
        robot.interact(() -> session().select(Set.of()));
        robot.interact(window.canvas()::requestFocus);
        robot.push(KeyCode.SHIFT, KeyCode.UP).push(KeyCode.SHIFT, KeyCode.UP);
        assertThat(view().zoom()).isCloseTo(1.44, org.assertj.core.api.Assertions.within(1e-9));
        robot.push(KeyCode.SHIFT, KeyCode.DOWN);
        assertThat(view().zoom()).isCloseTo(1.2, org.assertj.core.api.Assertions.within(1e-9));
        select(robot, "a_layer_1");
        robot.push(KeyCode.PERIOD);
        assertThat(view().visible().centerX())
                .isCloseTo(box("a_layer_1").centerX(), org.assertj.core.api.Assertions.within(2.0));
        robot.push(KeyCode.HOME);
        assertThat(view().visible()
                        .contains(
                                session().scene().bounds().x(),
                                session().scene().bounds().y()))
                .isTrue();
    }

    @Test
    void aClickOnAPortAndOneOnALayerConnect(FxRobot robot) {
        open(robot);
        robot.interact(() -> window.gestures()
                .add(
                        org.netsplice.layers.Layers.kind("Dense").orElseThrow().standard(),
                        List.of(),
                        java.util.Optional.of(new org.netsplice.edit.Spot(
                                session().scene().bounds().right() + 40, 40))));
        settle();
        robot.interact(() -> window.canvas().fitAll());
        robot.clickOn(output("a_layer_1"));
        assertThat(window.gestures().following()).isTrue();
        robot.moveTo(header("dense"));
        shot(robot, "click-click");
        robot.clickOn(header("dense"));
        settle();
        assertThat(inputs("dense")).containsExactly(Port.of(id("a_layer_1")));
        robot.clickOn(output("a_layer_1")).push(KeyCode.ESCAPE);
        assertThat(window.gestures().active()).isFalse();
    }

    @Test
    void theRightButtonGivesUpWhatIsInProgressAndNothingElse(FxRobot robot) {
        open(robot);
        Document before = session().document();
        robot.clickOn(output("a_layer_1")).clickOn(ground(), MouseButton.SECONDARY);
        assertThat(window.gestures().active()).isFalse();
        assertThat(robot.lookup("#here-add").tryQuery()).isEmpty();
        assertThat(robot.lookup("#search-text").tryQuery()).isEmpty();
        assertThat(session().document()).isSameAs(before);
        robot.clickOn(ground(), MouseButton.SECONDARY);
        assertThat(robot.lookup("#here-add").tryQuery()).isPresent();
    }

    @Test
    void theEndOfAWireIsTakenAwayAndItsWiresAreTakenTogether(FxRobot robot) {
        open(robot);
        List<Port> before = inputs("a_output_layer");
        robot.drag(endOfWireTo("a_output_layer"), MouseButton.PRIMARY)
                .moveTo(ground())
                .drop();
        settle();
        assertThat(inputs("a_output_layer")).isEmpty();
        assertThat(session().undoTitle()).contains("disconnect");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(inputs("a_output_layer")).isEqualTo(before);
        robot.press(KeyCode.CONTROL)
                .drag(output("a_layer_2"), MouseButton.PRIMARY)
                .moveTo(header("a_layer_1").add(0, 4))
                .moveTo(header("a_layer_1"))
                .drop()
                .release(KeyCode.CONTROL);
        settle();
        assertThat(session().document().graph().nodes().values())
                .noneMatch(node -> node.inputs().contains(Port.of(id("a_layer_2"))));
        assertThat(session().undoTitle()).contains("reconnect");
    }

    @Test
    void controlAndTheRightButtonCutWires(FxRobot robot) {
        open(robot);
        Point2D end = endOfWireTo("a_layer_2");
        robot.press(KeyCode.CONTROL)
                .drag(end.add(-25, -2), MouseButton.SECONDARY)
                .moveTo(end.add(0, -2))
                .moveTo(end.add(25, -2))
                .drop()
                .release(KeyCode.CONTROL);
        settle();
        assertThat(inputs("a_layer_2")).isEmpty();
        assertThat(session().undoTitle()).contains("cut wire");
    }

    @Test
    void groupsFoldByDoubleClickAndByKey(FxRobot robot) {
        open(robot);
        int boxes = session().scene().boxes().size();
        Rect frame = session().scene().frames().get(0).area();
        robot.doubleClickOn(window.canvas().onScreen(new Scene.Point(frame.x() + 60, frame.y() + 12)));
        settle();
        assertThat(session().scene().boxes()).hasSize(1);
        shot(robot, "folded");
        select(robot, "a_layer_1");
        robot.push(KeyCode.ALT, KeyCode.C);
        settle();
        assertThat(session().scene().boxes()).hasSize(boxes);
        select(robot, "a_layer_1", "a_layer_2");
        robot.push(KeyCode.CONTROL, KeyCode.G);
        settle();
        assertThat(session().document().graph().groups()).hasSize(2);
    }

    @Test
    void namesAreChangedInPlace(FxRobot robot) {
        open(robot);
        robot.doubleClickOn(header("a_layer_1"));
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("a_layer_2").type(KeyCode.ENTER);
        assertThat(robot.lookup((javafx.scene.control.Label label) ->
                                label.getText().contains("is taken by another layer"))
                        .queryAll())
                .isNotEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.write("first").type(KeyCode.ENTER);
        settle();
        assertThat(session().document().graph().named("first")).isPresent();
        select(robot, "first");
        robot.push(KeyCode.F2);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("again").type(KeyCode.ENTER);
        settle();
        assertThat(session().document().graph().named("again")).isPresent();
        assertThat(session().undoTitle()).contains("rename layer");
    }

    @Test
    void theRightButtonOffersWhatCanBeDoneHere(FxRobot robot) {
        open(robot);
        robot.rightClickOn(header("a_layer_2"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(session().selection()).containsExactly(id("a_layer_2"));
        robot.clickOn("Dissolve");
        settle();
        assertThat(session().document().graph().named("a_layer_2")).isEmpty();
        Rect frame = session().scene().frames().get(0).area();
        robot.rightClickOn(window.canvas().onScreen(new Scene.Point(frame.x() + 60, frame.y() + 12)));
        WaitForAsyncUtils.waitForFxEvents();
        robot.clickOn("Freeze");
        settle();
        assertThat(session().document().graph().nodes().values())
                .allMatch(node -> !node.trainable()
                        || session().report().weights(node.id()).isEmpty());
        robot.rightClickOn(ground());
        WaitForAsyncUtils.waitForFxEvents();
        robot.clickOn("Select all");
        assertThat(session().selection())
                .hasSameSizeAs(session().document().graph().nodes().keySet());
    }

    @Test
    void aNetworkGetsNewerWeightsAndIsReloaded(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        Document before = session().document();
        select(robot, "conv_1");
        picked.add(FIXTURES.resolve("digits/cnn_a_tuned/model.keras"));
        robot.interact(() -> window.commands().named("newer-weights").run());
        settle();
        assertThat(session().undoTitle()).contains("swap weights");
        assertThat(session().document().graph().nodes())
                .isEqualTo(before.graph().nodes());
        assertThat(session().document().graph().weights())
                .isNotEqualTo(before.graph().weights());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        select(robot, "conv_1");
        robot.interact(() -> window.commands().named("reload").run());
        settle();
        assertThat(session().document().graph().weights())
                .as("the file it had before")
                .isEqualTo(before.graph().weights());
    }

    @Test
    void bypassKeepsShapesOrSaysWhyNot(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        select(robot, "dropout");
        robot.push(KeyCode.M);
        settle();
        assertThat(session().document().graph().node(id("dropout")).layer().className())
                .isEqualTo("Identity");
        Document before = session().document();
        select(robot, "conv_1");
        robot.push(KeyCode.M);
        settle();
        assertThat(session().document()).isEqualTo(before);
    }

    @Test
    void theMinimapMovesTheView(FxRobot robot) {
        open(robot);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        robot.interact(() -> window.canvas().zoom(2));
        assertThat(robot.lookup("#minimap").query().isVisible()).isTrue();
        Rect before = view().visible();
        javafx.geometry.Bounds small = robot.lookup("#minimap")
                .query()
                .localToScreen(robot.lookup("#minimap").query().getLayoutBounds());
        robot.clickOn(small.getCenterX(), small.getMinY() + 20);
        assertThat(view().visible()).isNotEqualTo(before);
        robot.push(KeyCode.HOME);
        assertThat(robot.lookup("#minimap").query().isVisible()).isFalse();
    }

    @Test
    void alignmentDirectionAndLayoutOfTheSelection(FxRobot robot) {
        open(robot);
        select(robot, "a_layer_1", "a_layer_2", "a_output_layer");
        robot.interact(() -> window.commands().named("align-left").run());
        settle();
        assertThat(box("a_layer_1").x())
                .isEqualTo(box("a_layer_2").x())
                .isEqualTo(box("a_output_layer").x());
        assertThat(session().undoTitle()).contains("align left edges");
        robot.interact(() -> window.commands().named("arrange-selection").run());
        settle();
        assertThat(session().undoTitle()).contains("arrange selection");
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
        settle();
        assertThat(session().detail().direction()).isEqualTo(Detail.Direction.LR);
        robot.interact(() -> window.commands().named("wires-spline").run());
        settle();
        shot(robot, "curves");
    }

    @Test
    void aDragNearTheEdgeMovesTheView(FxRobot robot) {
        open(robot);
        double before = view().offsetX();
        Point2D right = window.canvas().localToScreen(window.canvas().getWidth() - 6, 120);
        robot.drag(header("a_layer_1"), MouseButton.PRIMARY).moveTo(right);
        until(() -> view().offsetX() < before - 20);
        robot.push(KeyCode.ESCAPE).drop();
        settle();
        assertThat(session().document().placement().spots()).isEmpty();
    }

    @Test
    void severalLayersAreConfiguredTogether(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        select(robot, "hidden", "probabilities");
        robot.clickOn("#all-activation");
        robot.write("tanh").type(KeyCode.ENTER);
        settle();
        for (String name : List.of("hidden", "probabilities")) {
            assertThat(session().document().graph().node(id(name)).layer().activationText())
                    .isEqualTo("tanh");
        }
        assertThat(session().undoTitle()).contains("configure 2 layers");
        select(robot, "hidden");
        robot.clickOn("#field-use_bias");
        settle();
        assertThat(((Dense) session().document().graph().node(id("hidden")).layer()).useBias())
                .isFalse();
        select(robot, "hidden", "probabilities");
        assertThat(robot.lookup("#all-use_bias").queryAs(CheckBox.class).isIndeterminate())
                .isTrue();
        shot(robot, "several");
        robot.clickOn("#all-use_bias");
        settle();
        for (String name : List.of("hidden", "probabilities")) {
            assertThat(((Dense) session().document().graph().node(id(name)).layer()).useBias())
                    .isTrue();
        }
    }
}
