package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.netsplice.editor.figure.FigureChoices;
import org.netsplice.export.FigureFormat;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.FigureSwitch;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The dialog that exports pictures. */
class ExportIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    @AfterEach
    void forget(FxRobot robot) {
        robot.interact(() -> {
            if (shown(robot)) {
                robot.lookup("#figure-save").query().getScene().getWindow().hide();
            }
            main.preferences().settings().clear();
        });
    }

    private void open(FxRobot robot) {
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.E);
        until(() -> shown(robot) && image(robot) != null);
    }

    private static boolean shown(FxRobot robot) {
        return robot.lookup("#figure-save").tryQuery().isPresent();
    }

    private static Image image(FxRobot robot) {
        return robot.lookup("#figure-preview").queryAs(ImageView.class).getImage();
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private static void tick(FxRobot robot, String id, boolean on) {
        robot.interact(() -> robot.lookup(id).queryAs(CheckBox.class).setSelected(on));
    }

    private static <T> void choose(FxRobot robot, String id, T value) {
        robot.interact(() -> robot.lookup(id).<T>queryComboBox().setValue(value));
    }

    private FigureOptions remembered() {
        return new FigureChoices(main.preferences().settings()).last(FigureOptions.PLOT);
    }

    @Test
    void aSwitchChangesThePreviewAndTheFileAndIsRemembered(FxRobot robot) throws IOException {
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot);
        Image first = image(robot);
        String facts = text(robot, "#figure-facts");
        assertThat(facts).matches("\\d+ × \\d+ pixels, 8 boxes");
        tick(robot, "#figure-show-shapes", false);
        until(() -> image(robot) != first && !text(robot, "#figure-facts").equals(facts));
        choose(robot, "#figure-format", FigureFormat.SVG);
        until(() -> text(robot, "#figure-facts").matches("[0-9.]+ × [0-9.]+ cm, 8 boxes"));
        Path file = folder.resolve("plain.svg");
        picked.add(folder.resolve("plain"));
        robot.clickOn("#figure-save");
        until(() -> !shown(robot));
        assertThat(Files.readString(file)).contains(">conv_1</text>").doesNotContain("(None, 8, 8, 1)");
        assertThat(remembered().format()).isEqualTo(FigureFormat.SVG);
        assertThat(remembered().shows(FigureSwitch.SHAPES)).isFalse();
        assertThat(remembered().shows(FigureSwitch.NAMES)).isTrue();
        open(robot);
        assertThat(robot.lookup("#figure-show-shapes").queryAs(CheckBox.class).isSelected())
                .isFalse();
        robot.push(KeyCode.ESCAPE);
        until(() -> !shown(robot));
    }

    @Test
    void aFileThatCannotBeWrittenIsToldInTheDialogWhichStaysOpen(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot);
        Path missing = folder.resolve("missing").resolve("a.png");
        picked.add(missing);
        robot.clickOn("#figure-save");
        until(() -> !text(robot, "#figure-message").isEmpty());
        assertThat(text(robot, "#figure-message"))
                .isEqualTo(missing + ": the folder " + missing.getParent()
                        + " does not exist. Choose another folder or free some space.");
        assertThat(shown(robot)).isTrue();
    }

    @Test
    void thePictureIsCopiedByButtonAndByKey(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot);
        robot.clickOn("#figure-copy");
        until(() -> text(robot, "#figure-message").matches("The picture is copied, \\d+ × \\d+ pixels."));
        Image[] copied = new Image[1];
        robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getImage());
        assertThat(text(robot, "#figure-message"))
                .contains((int) copied[0].getWidth() + " × " + (int) copied[0].getHeight());
        robot.push(KeyCode.ESCAPE);
        until(() -> !shown(robot));
        robot.interact(() -> Clipboard.getSystemClipboard().clear());
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        until(() -> Clipboard.getSystemClipboard().hasImage());
    }

    @Test
    void onlyTheSelectionIsDrawnWhenThatIsChosen(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot);
        assertThat(robot.lookup("#figure-selection").query().isDisabled()).isTrue();
        robot.push(KeyCode.ESCAPE);
        until(() -> !shown(robot));
        robot.interact(() -> session().select(Set.of(id("conv_1"), id("pool_1"))));
        open(robot);
        tick(robot, "#figure-selection", true);
        until(() -> text(robot, "#figure-facts").endsWith("2 boxes"));
    }

    @Test
    void onlyWhatAFormatUsesCanBeChanged(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot);
        assertThat(robot.lookup("#figure-page").query().isDisabled()).isTrue();
        assertThat(robot.lookup("#figure-width").query().isVisible()).isFalse();
        choose(robot, "#figure-format", FigureFormat.PDF);
        assertThat(robot.lookup("#figure-page").query().isDisabled()).isFalse();
        assertThat(robot.lookup("#figure-dpi").query().isDisabled()).isTrue();
    }

    @Test
    void inASmallWindowTheChoicesScrollAndTheButtonsStay(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        open(robot);
        Window dialog = robot.lookup("#figure-save").query().getScene().getWindow();
        robot.interact(() -> {
            ((DialogPane) dialog.getScene().getRoot()).setPrefSize(620, 340);
            dialog.sizeToScene();
        });
        until(() -> dialog.getScene().getHeight() < 345);
        shot(robot, "export-small", dialog.getScene());
        ScrollPane choices = robot.lookup("#figure-switches").queryAs(ScrollPane.class);
        assertThat(choices.getHeight())
                .isLessThan(choices.getContent().getLayoutBounds().getHeight());
        for (String id : new String[] {"#figure-save", "#figure-copy"}) {
            Button button = robot.lookup(id).queryButton();
            assertThat(button.localToScene(button.getLayoutBounds()).getMaxY())
                    .isLessThanOrEqualTo(dialog.getScene().getHeight());
        }
    }
}
