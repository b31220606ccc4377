package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Rect;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Both tutorials and the diagram by keyboard alone; no pointer is used here. */
class KeyboardIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private void command(FxRobot robot, String words) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write(words);
        WaitForAsyncUtils.waitForFxEvents();
        robot.type(KeyCode.ENTER);
        settle();
    }

    private Node focused() {
        return window.owner().getScene().getFocusOwner();
    }

    /** Presses Tab until a control has the focus. */
    private void tabTo(FxRobot robot, String id) {
        for (int i = 0; i < 40 && !id.equals(focused().getId()); i++) {
            robot.push(KeyCode.TAB);
            WaitForAsyncUtils.waitForFxEvents();
        }
        assertThat(focused().getId()).isEqualTo(id);
    }

    private void fill(FxRobot robot, String id, String text) {
        tabTo(robot, id);
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.write(text).type(KeyCode.ENTER);
        settle();
    }

    @Test
    void theFirstTutorial(FxRobot robot) {
        command(robot, "tutorial 1");
        assertThat(session().document().graph().groups()).hasSize(2);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.push(KeyCode.F);
        settle();
        assertThat(session().report().outputs(id("concatenate")).get(0).shape()).hasToString("(None, 32, 32, 64)");
        robot.push(KeyCode.SHIFT, KeyCode.A);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("Dense");
        WaitForAsyncUtils.waitForFxEvents();
        shot(robot, "keyboard-add");
        robot.type(KeyCode.ENTER);
        settle();
        assertThat(session().undoTitle()).contains("add Dense");
        assertThat(session().selection()).containsExactly(id("dense"));
        assertThat(box("dense").y()).isGreaterThan(box("concatenate").bottom() + 10);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(focused()).isInstanceOf(TextField.class);
        fill(robot, "field-units", "16");
        assertThat(session().report().outputs(id("dense")).get(0).shape()).hasToString("(None, 32, 32, 16)");
        chooseByTyping(robot);
        robot.push(KeyCode.F5);
        settle();
        assertThat(window.compiling().compiled()).isPresent();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
        tabTo(robot, "random");
        robot.push(KeyCode.SPACE);
        robot.push(KeyCode.F6);
        settle();
        TableView<?> table = robot.lookup("#predictions").queryTableView();
        until(() -> !table.getItems().isEmpty());
        Path picture = folder.resolve("keyboard.png");
        picked.add(picture);
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> robot.lookup("#figure-save").tryQuery().isPresent());
        robot.push(KeyCode.ENTER);
        until(() -> robot.lookup("#figure-save").tryQuery().isEmpty());
        assertThat(Files.exists(picture)).isTrue();
    }

    /** A list with a value takes typing: Enter takes what it found as one step, Esc keeps what was there. */
    private void chooseByTyping(FxRobot robot) {
        tabTo(robot, "field-activation");
        robot.write("softm");
        WaitForAsyncUtils.waitForFxEvents();
        shot(robot, "keyboard-choice");
        robot.push(KeyCode.ENTER);
        settle();
        assertThat(activation()).isEqualTo("softmax");
        robot.interact(() -> session().undo());
        settle();
        assertThat(activation()).isEqualTo("linear");
        assertThat(session().report().outputs(id("dense")).get(0).shape()).hasToString("(None, 32, 32, 16)");
        robot.interact(() -> session().redo());
        settle();
        tabTo(robot, "field-activation");
        robot.write("relu");
        robot.push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(activation()).isEqualTo("softmax");
        robot.push(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(focused()).isSameAs(window.canvas());
    }

    private String activation() {
        return session().document().graph().node(id("dense")).layer().activationText();
    }

    @Test
    void theSecondTutorial(FxRobot robot) {
        command(robot, "tutorial 2");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        tabTo(robot, "share-inputs");
        robot.push(KeyCode.SPACE);
        settle();
        assertThat(session().document().graph().inputs()).hasSize(1);
        command(robot, "merge by average");
        if (session().document().graph().named("average").isEmpty()) {
            command(robot, "average");
        }
        assertThat(session().document().graph().node(id("average")).inputs()).hasSize(2);
        String input = session()
                .document()
                .graph()
                .node(session().document().graph().inputs().get(0))
                .name();
        picked.add(Path.of("assets/samples/ensemble/images.npy").toAbsolutePath());
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT5);
        tabTo(robot, "choose-" + input);
        robot.push(KeyCode.SPACE);
        settle();
        robot.push(KeyCode.F6);
        until(() -> !window.predictions().results().isEmpty());
        assertThat(Difference.largest(
                        Fixtures.npy(Path.of("assets/samples/ensemble/expected.npy")),
                        window.predictions().results().values().iterator().next()))
                .isLessThan(1e-5);
        picked.add(folder.resolve("average.splice"));
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> !session().dirty());
    }

    @Test
    void tabWalksThroughTheDiagramAndArrowsMove(FxRobot robot) {
        command(robot, "tutorial 1");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.push(KeyCode.TAB);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(session().selection()).hasSize(1);
        String first = window.canvas().getAccessibleText();
        assertThat(first).contains("InputLayer, output (None");
        robot.push(KeyCode.TAB);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.canvas().getAccessibleText()).isNotEqualTo(first);
        String name = session()
                .document()
                .graph()
                .node(session().selection().iterator().next())
                .name();
        Rect before = box(name);
        robot.push(KeyCode.RIGHT);
        robot.push(KeyCode.RIGHT);
        robot.push(KeyCode.SHIFT, KeyCode.DOWN);
        settle();
        assertThat(box(name).x()).isEqualTo(before.x() + 16);
        assertThat(box(name).y()).isEqualTo(before.y() + 40);
        assertThat(window.canvas().getAccessibleText()).isEqualTo("Moved " + name + " down");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(box(name)).isEqualTo(before);
        robot.push(KeyCode.ESCAPE);
        for (int i = 0; i < 20 && focused() == window.canvas(); i++) {
            robot.push(KeyCode.TAB);
            WaitForAsyncUtils.waitForFxEvents();
        }
        assertThat(focused()).as("Tab leaves behind the last layer").isNotSameAs(window.canvas());
    }

    @Test
    void everyControlHasAName(FxRobot robot) {
        command(robot, "tutorial 1");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
        robot.push(KeyCode.TAB);
        settle();
        for (Node node : window.root().lookupAll("*")) {
            if (node instanceof Control control && control.isFocusTraversable() && control.isVisible()) {
                boolean labeled = control instanceof javafx.scene.control.Labeled text
                        && text.getText() != null
                        && !text.getText().isBlank();
                boolean named = control.getAccessibleText() != null
                        && !control.getAccessibleText().isBlank();
                assertThat(labeled || named || control instanceof javafx.scene.control.ScrollPane)
                        .as("%s %s has a name", control.getClass().getSimpleName(), control.getId())
                        .isTrue();
            }
        }
    }
}
