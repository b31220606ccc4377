package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.edit.Spot;
import org.netsplice.graph.Port;
import org.netsplice.gui.widget.FxSurface;
import org.netsplice.layers.Layers;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Wires, layers that are moved and keys, through the real window. */
class GesturesIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private void open(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        robot.interact(() -> window.canvas().requestFocus());
    }

    private List<Port> inputs(String name) {
        return session().document().graph().node(id(name)).inputs();
    }

    private Point2D at(double x, double y) {
        return window.canvas().onScreen(new Scene.Point(x, y));
    }

    private Point2D ground() {
        Rect all = session().scene().bounds();
        return at(all.x() - 60, all.centerY());
    }

    private Scene.Wire wireTo(String reader) {
        return session().scene().wires().stream()
                .filter(one -> one.to().equals(id(reader)))
                .findFirst()
                .orElseThrow();
    }

    /** A layer without wires beside the network. */
    private void addBeside(FxRobot robot, String kind) {
        robot.interact(() -> window.gestures()
                .add(
                        Layers.kind(kind).orElseThrow().standard(),
                        List.of(),
                        Optional.of(new Spot(session().scene().bounds().right() + 60, 90))));
        settle();
        robot.interact(() -> window.canvas().fitAll());
    }

    @Test
    void aWireSnapsToALayerWithinTwentyPixelsAndNoFurther(FxRobot robot) {
        open(robot);
        addBeside(robot, "Dense");
        Rect dense = box("dense");
        Point2D left = at(dense.x(), dense.centerY());
        robot.drag(output("a_layer_1"), MouseButton.PRIMARY).moveTo(left.add(-40, 0));
        assertThat(window.gestures().overlay().text()).contains("drop on a layer");
        robot.moveTo(left.add(-15, 0));
        assertThat(window.gestures().overlay().text()).doesNotContain("drop on a layer");
        robot.drop();
        settle();
        assertThat(inputs("dense")).containsExactly(Port.of(id("a_layer_1")));
        assertThat(session().undoTitle()).contains("connect");
    }

    @Test
    void aWireOnEmptySpaceOffersWhatFitsAndMergesFirst(FxRobot robot) {
        open(robot);
        robot.drag(output("a_layer_1"), MouseButton.PRIMARY).moveTo(ground()).drop();
        WaitForAsyncUtils.waitForFxEvents();
        ListView<?> list = robot.lookup("#search-list").queryListView();
        assertThat(Layers.kind(String.valueOf(list.getItems().get(0)))
                        .map(kind -> kind.family().name()))
                .contains("MERGE");
        shot(robot, "wire-dropped");
        robot.write("dense").type(KeyCode.ENTER);
        settle();
        assertThat(inputs("dense")).containsExactly(Port.of(id("a_layer_1")));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document().graph().named("dense")).isEmpty();
    }

    @Test
    void theBeginningOfASelectedWireIsTakenElsewhere(FxRobot robot) {
        open(robot);
        List<Scene.Point> points = wireTo("a_output_layer").points();
        Scene.Point first = points.get(0);
        Scene.Point second = points.get(1);
        robot.clickOn(at((first.x() + second.x()) / 2, (first.y() + second.y()) / 2));
        assertThat(session().selectedWire()).isPresent();
        robot.sleep(600);
        robot.drag(output("a_layer_3"), MouseButton.PRIMARY)
                .moveTo(header("a_layer_1").add(0, 4))
                .moveTo(header("a_layer_1"))
                .drop();
        settle();
        assertThat(inputs("a_output_layer")).containsExactly(Port.of(id("a_layer_1")));
        assertThat(session().undoTitle()).contains("reconnect");
    }

    @Test
    void aLayerThatIsMovedOrDroppedOntoAWireGoesIntoIt(FxRobot robot) {
        open(robot);
        addBeside(robot, "Dropout");
        Document before = session().document();
        List<Port> read = inputs("a_layer_2");
        List<Scene.Point> points = wireTo("a_layer_2").points();
        Scene.Point from = points.get(0);
        Scene.Point to = points.get(points.size() - 1);
        Point2D middle = at((from.x() + to.x()) / 2, (from.y() + to.y()) / 2);
        robot.drag(header("dropout"), MouseButton.PRIMARY)
                .moveTo(middle.add(6, 0))
                .moveTo(middle);
        assertThat(window.gestures().overlay().wires()).isNotEmpty();
        shot(robot, "into-wire");
        robot.drop();
        settle();
        assertThat(inputs("dropout")).isEqualTo(read);
        assertThat(inputs("a_layer_2")).containsExactly(Port.of(id("dropout")));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).as("one gesture is one step").isSameAs(before);
        dragFromPalette(robot, "Dense", List.of(middle));
        assertThat(inputs("dense")).isEqualTo(read);
        assertThat(inputs("a_layer_2")).containsExactly(Port.of(id("dense")));
    }

    @Test
    void movedLayersSnapInLineShowWhyAndControlMovesFreely(FxRobot robot) {
        open(robot);
        Point2D start = header("a_layer_2");
        double scale = window.canvas().viewport().scale();
        robot.drag(start, MouseButton.PRIMARY).moveTo(start.add(60, 0)).moveTo(start.add(3, 6));
        assertThat(window.gestures().overlay().guides()).isNotEmpty();
        shot(robot, "snap-lines");
        robot.drop();
        settle();
        assertThat(List.of(
                        box("a_layer_2").x() - box("a_layer_1").x(),
                        box("a_layer_2").centerX() - box("a_layer_1").centerX(),
                        box("a_layer_2").right() - box("a_layer_1").right()))
                .anyMatch(apart -> Math.abs(apart) < 0.01);
        double line = box("a_layer_2").centerX();
        start = header("a_layer_2");
        robot.drag(start, MouseButton.PRIMARY)
                .press(KeyCode.CONTROL)
                .moveTo(start.add(30, 0))
                .moveTo(start.add(3, 0));
        assertThat(window.gestures().overlay().guides()).isEmpty();
        robot.drop().release(KeyCode.CONTROL);
        settle();
        assertThat(box("a_layer_2").centerX()).isCloseTo(line + 3 / scale, within(1.0 / scale));
    }

    @Test
    void portsTellTheNumberOfAxesByColourAndShape(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.interact(() -> {
            window.canvas().zoomTo(4);
            window.canvas().reveal(id("conv_1"));
        });
        shot(robot, "ports");
        Color image = portColor(robot, "conv_1", 0);
        Color corner = portColor(robot, "conv_1", 3.4);
        assertThat(image).as("four axes, an image: a square").isEqualTo(FxSurface.color(Theme.LIGHT.frame(0)));
        assertThat(corner.getBrightness()).as("its outline has corners").isLessThan(0.6);
        robot.interact(() -> window.canvas().reveal(id("hidden")));
        assertThat(portColor(robot, "hidden", 0))
                .as("two axes: a circle")
                .isEqualTo(FxSurface.color(Theme.LIGHT.box()));
        assertThat(portColor(robot, "hidden", 3.4).getBrightness())
                .as("a circle has none")
                .isGreaterThan(0.8);
    }

    /** The colour beside the middle of an output, right of it and above it by so many points. */
    private Color portColor(FxRobot robot, String layer, double beside) {
        Rect area = box(layer);
        Scene.Point port = Scene.outputAnchor(area, 0, 1, session().detail().direction());
        Color[] found = new Color[1];
        robot.interact(() -> {
            window.canvas().paintNow();
            WritableImage picture = window.canvas().snapshot(null, null);
            Scene.Point at = window.canvas().viewport().inView(new Scene.Point(port.x() + beside, port.y() - beside));
            found[0] = picture.getPixelReader().getColor((int) at.x(), (int) at.y());
        });
        return found[0];
    }

    @Test
    void clicksAndKeysSelectAndDeselect(FxRobot robot) {
        open(robot);
        robot.clickOn(header("a_layer_1"));
        robot.press(KeyCode.CONTROL).clickOn(header("a_layer_2")).release(KeyCode.CONTROL);
        assertThat(session().selection()).containsExactlyInAnyOrder(id("a_layer_1"), id("a_layer_2"));
        robot.press(KeyCode.CONTROL).clickOn(header("a_layer_2").add(40, 0)).release(KeyCode.CONTROL);
        assertThat(session().selection()).containsExactly(id("a_layer_1"));
        robot.push(KeyCode.CONTROL, KeyCode.A);
        assertThat(session().selection())
                .hasSize(session().document().graph().nodes().size());
        robot.push(KeyCode.ESCAPE);
        assertThat(session().selection()).isEmpty();
        robot.clickOn(header("a_layer_1")).clickOn(ground());
        assertThat(session().selection()).isEmpty();
        assertThat(session().undoTitle().orElse(""))
                .as("a selection is no step")
                .contains("open");
    }

    @Test
    void bothDeletingKeysAndAllKeysForUndoing(FxRobot robot) {
        open(robot);
        Document before = session().document();
        for (KeyCode key : List.of(KeyCode.DELETE, KeyCode.BACK_SPACE)) {
            select(robot, "a_layer_2");
            robot.push(key);
            settle();
            assertThat(session().document().graph().named("a_layer_2")).isEmpty();
            robot.push(KeyCode.CONTROL, KeyCode.Z);
            settle();
            assertThat(session().document()).isSameAs(before);
        }
        robot.push(KeyCode.CONTROL, KeyCode.Y);
        settle();
        assertThat(session().document().graph().named("a_layer_2")).isEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        settle();
        assertThat(session().document().graph().named("a_layer_2")).isEmpty();
    }

    @Test
    void layersAreCutPastedWithTheirWiresAndAddedByKey(FxRobot robot) {
        open(robot);
        robot.interact(() -> window.clipboard().onSharing(() -> Optional.of(false)));
        List<Port> read = inputs("a_layer_2");
        select(robot, "a_layer_2");
        robot.push(KeyCode.CONTROL, KeyCode.C).push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.V);
        settle();
        assertThat(session()
                        .document()
                        .graph()
                        .node(session().selection().iterator().next())
                        .inputs())
                .as("keeps what it reads")
                .isEqualTo(read);
        select(robot, "a_layer_2");
        robot.push(KeyCode.CONTROL, KeyCode.X);
        settle();
        assertThat(session().document().graph().named("a_layer_2")).isEmpty();
        select(robot, "a_layer_1");
        robot.push(KeyCode.SHIFT, KeyCode.A);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("dropout").type(KeyCode.ENTER);
        settle();
        assertThat(inputs("dropout")).containsExactly(Port.of(id("a_layer_1")));
    }

    @Test
    void arrowsMoveAndShiftMovesFurther(FxRobot robot) {
        open(robot);
        select(robot, "a_layer_1");
        double x = box("a_layer_1").x();
        robot.push(KeyCode.RIGHT);
        settle();
        double near = box("a_layer_1").x() - x;
        robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
        settle();
        double far = box("a_layer_1").x() - x - near;
        assertThat(near).isPositive();
        assertThat(far).isGreaterThan(near);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(box("a_layer_1").x())
                .as("keys pressed one after the other are one step")
                .isEqualTo(x);
    }

    @Test
    void whatDoesNotFitIsDimmedWhileAWireIsDrawn(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.drag(output("conv_1"), MouseButton.PRIMARY).moveTo(ground());
        assertThat(window.gestures().overlay().dimmed()).contains(id("digit"));
        robot.moveTo(header("digit").add(0, 3)).moveTo(header("digit"));
        assertThat(window.gestures().overlay().good()).isFalse();
        assertThat(window.gestures().overlay().text()).isNotBlank();
        robot.push(KeyCode.ESCAPE).drop();
        assertThat(window.gestures().active()).isFalse();
    }

    @Test
    void thinThingsAreAsEasyToHitWhenSeenSmall(FxRobot robot) {
        open(robot);
        robot.interact(() -> window.canvas().zoomTo(0.4));
        List<Scene.Point> points = wireTo("a_layer_2").points();
        Scene.Point from = points.get(0);
        Scene.Point to = points.get(points.size() - 1);
        robot.clickOn(at((from.x() + to.x()) / 2, (from.y() + to.y()) / 2).add(4, 0));
        assertThat(session().selectedWire()).isPresent();
    }

    @Test
    void aFieldKeepsTheFocusAndWhatIsTypedWhileTheLayerChanges(FxRobot robot) {
        open(robot);
        select(robot, "a_layer_1");
        robot.clickOn("#field-units");
        TextField units = robot.lookup("#field-units").queryAs(TextField.class);
        robot.interact(units::selectAll);
        robot.write("7").type(KeyCode.ENTER);
        settle();
        assertThat(robot.lookup("#field-units").queryAs(TextField.class)).isSameAs(units);
        assertThat(units.isFocused()).isTrue();
        robot.interact(units::selectAll);
        robot.write("9").type(KeyCode.TAB);
        settle();
        assertThat(session().document().graph().node(id("a_layer_1")).layer().toString())
                .contains("9");
        assertThat(main.stage().getScene().getFocusOwner().getId())
                .as("the next field has the focus and keeps it")
                .isEqualTo("field-activation");
    }

    @Test
    void quittingAsksForEveryUnsavedDocument(FxRobot robot) {
        open(robot);
        select(robot, "a_layer_2");
        robot.push(KeyCode.DELETE);
        settle();
        robot.interact(() -> main.add());
        window = main.current();
        open(robot);
        select(robot, "a_layer_1");
        robot.push(KeyCode.DELETE);
        settle();
        robot.push(KeyCode.CONTROL, KeyCode.Q);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(main.current())
                .as("the document that is asked for is seen")
                .isSameAs(main.views().get(0));
        robot.clickOn("Discard changes");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(main.current()).isSameAs(main.views().get(1));
        robot.clickOn("Keep editing");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(main.stage().isShowing()).isTrue();
        assertThat(main.views()).hasSize(2);
    }
}
