package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.testing.Fixtures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Both tutorials by mouse, from the welcome page to predictions and a picture in files, with every click counted:
 * the first takes 14, the second 13, those in dialogs for files among them. Dragging a merge over the outputs would save one more.
 */
class ClicksIT extends WindowTests {
    /** A dialog for files takes two clicks where it opens in the folder of the last file: the name is proposed, and one confirms. */
    private static final int CHOOSER = 2;

    private static final int MOST = 15;

    private final List<String> clicks = new ArrayList<>();

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    @Override
    boolean resultsShown() {
        return false;
    }

    private void click(FxRobot robot, String what) {
        robot.clickOn(what);
        WaitForAsyncUtils.waitForFxEvents();
        settle();
        clicks.add(what);
    }

    private Path chosen(String name) {
        for (int i = 0; i < CHOOSER; i++) {
            clicks.add("dialog for " + name);
        }
        Path path = folder.resolve(name);
        picked.add(path);
        return path;
    }

    private void picture(FxRobot robot, String name) {
        robot.clickOn("#export");
        clicks.add("#export");
        until(() -> robot.lookup("#figure-save").tryQuery().isPresent());
        Path file = chosen(name);
        robot.clickOn("#figure-save");
        clicks.add("#figure-save");
        until(() -> Files.exists(file));
    }

    private void predict(FxRobot robot, String name) {
        robot.clickOn("#predict-now");
        clicks.add("#predict-now");
        until(() -> !window.predictions().results().isEmpty());
        Path file = chosen(name);
        click(robot, "#save-predictions");
        until(() -> Files.exists(file));
    }

    @Test
    void theFirstTutorial(FxRobot robot) {
        click(robot, "#sample-tutorial");
        click(robot, "#merge");
        click(robot, "#merge-by-Concatenate");
        assertThat(session().report().outputs(id("concatenate")).get(0).shape()).hasToString("(None, 32, 32, 64)");
        robot.interact(() -> window.panels().selectTabOf("palette-filter"));
        clicks.add("tab of the layers");
        click(robot, "#palette-Dense");
        click(robot, "#field-units");
        robot.interact(robot.lookup("#field-units").queryAs(TextField.class)::selectAll);
        robot.write("16").type(KeyCode.ENTER);
        settle();
        assertThat(session().report().outputs(id("dense")).get(0).shape()).hasToString("(None, 32, 32, 16)");
        predict(robot, "tutorial.npy");
        assertThat(Fixtures.npy(folder.resolve("tutorial.npy")).shape().last()).isEqualTo(16);
        picture(robot, "tutorial.png");
        assertThat(clicks).hasSize(14).hasSizeLessThanOrEqualTo(MOST);
    }

    @Test
    void theSecondTutorial(FxRobot robot) {
        click(robot, "#sample-ensemble");
        robot.interact(() -> session().select(java.util.Set.of()));
        clicks.add("empty space");
        click(robot, "#share-inputs");
        assertThat(session().document().graph().inputs()).hasSize(1);
        click(robot, "#merge");
        click(robot, "#merge-by-Average");
        assertThat(session().document().graph().node(id("average")).inputs()).hasSize(2);
        predict(robot, "ensemble.npy");
        picture(robot, "ensemble.png");
        assertThat(clicks).hasSize(13).hasSizeLessThanOrEqualTo(MOST);
    }
}
