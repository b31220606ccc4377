package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Rename;
import org.netsplice.editor.figure.FigureDrawing;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Picture;
import org.netsplice.graph.Node;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.Transcript;
import org.netsplice.work.Progress;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The tutorials through the real window. */
class WindowIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    @Test
    void theFirstTutorialFromOpeningToThePicture(FxRobot robot) throws IOException {
        assertThat(robot.lookup("#welcome").query().isVisible()).isTrue();
        shot(robot, "welcome");
        openFixtures(robot, "seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras");
        Document opened = session().document();
        shot(robot, "two-models");

        dragFromPalette(robot, "Concatenate", List.of(output("a_output_layer"), output("b_output_layer")));
        assertThat(session().report().outputs(id("concatenate")).get(0).shape()).hasToString("(None, 32, 32, 64)");
        Point2D behind = output("concatenate");
        dragFromPalette(robot, "Dense", List.of(behind));
        type(robot, "#field-units", "16");
        robot.interact(() -> robot.lookup("#field-activation").queryComboBox().setValue("sigmoid"));
        settle();
        type(robot, "#field-name", "output_layer");
        assertThat(session().report().untrained(id("output_layer"))).isTrue();
        picked.add(FIXTURES.resolve("seed_merge/merged/head_weights.npz"));
        robot.clickOn("#load-weights");
        settle();
        assertThat(robot.lookup("#weights-state").queryAs(Label.class).getText())
                .isEqualTo("1,040 numbers, loaded");
        shot(robot, "merged");

        compileAndPredict(robot);
        exportAndCompare(robot);
        while (session().undoTitle().isPresent()) {
            robot.push(KeyCode.CONTROL, KeyCode.Z);
            WaitForAsyncUtils.waitForFxEvents();
            if (session().document().equals(opened)) {
                break;
            }
        }
        assertThat(session().document()).isSameAs(opened);
        robot.interact(() -> {
            while (session().undoTitle().isPresent()) {
                session().undo();
            }
        });
        assertThat(session().document()).isEqualTo(Document.EMPTY);
    }

    private void compileAndPredict(FxRobot robot) {
        robot.clickOn("#compile");
        settle();
        assertThat(robot.lookup("#state").queryAs(Label.class).getText())
                .isEqualTo("10 layers, ready to predict; 22,032 parameters");
        Map<String, org.netsplice.graph.Tensor> inputs =
                org.netsplice.container.Npz.read(FIXTURES.resolve("seed_merge/merged/inputs.npz"));
        for (String input : List.of("Input_a", "Input_b")) {
            Path file = folder.resolve(input + ".npy");
            org.netsplice.container.AtomicFile.write(
                    file, out -> org.netsplice.container.Npy.write(inputs.get(input), out));
            picked.add(file);
            robot.clickOn("#choose-" + input);
        }
        robot.clickOn("#predict");
        until(() -> !window.predictions().results().isEmpty());
        settle();
        shot(robot, "predicted");
        assertThat(Difference.largest(
                        Fixtures.npy("seed_merge/merged/expected.npy"),
                        window.predictions().results().get("output_layer")))
                .isLessThan(1e-5);
        TableView<?> table = robot.lookup("#predictions").queryTableView();
        assertThat(table.getItems()).hasSize(2);
    }

    /** Every node, frame and wire is in the drawing's transcript, and the picture has the boxes' colours where the boxes are. */
    private void exportAndCompare(FxRobot robot) throws IOException {
        Path file = folder.resolve("diagram.png");
        picked.add(file);
        robot.clickOn("#export");
        robot.clickOn("#figure-save");
        until(() -> robot.lookup("#figure-save").tryQuery().isEmpty());
        settle();
        Scene scene = session().scene();
        Transcript transcript = new Transcript();
        new Painter(Theme.LIGHT, transcript, 1).paint(scene, scene.bounds());
        for (Node node : session().document().graph().nodes().values()) {
            assertThat(transcript.lines()).contains("begin node " + node.name(), "text " + node.name());
        }
        assertThat(transcript.lines().stream().filter(line -> line.startsWith("begin wire")))
                .hasSize(9);
        assertThat(transcript.lines().stream().filter(line -> line.startsWith("begin frame")))
                .containsExactly("begin frame model_a", "begin frame model_b");
        BufferedImage image = ImageIO.read(file.toFile());
        Picture picture = FigureDrawing.draw(session().document(), Set.of(), FigureOptions.WINDOW, Progress.NONE);
        Rect page = picture.page();
        for (Scene.Box drawn : picture.scene().boxes()) {
            int x = (int) ((drawn.area().x() + 4 - page.x()) * picture.scale());
            int y = (int) ((drawn.area().y() + 8 - page.y()) * picture.scale());
            assertThat(image.getRGB(x, y))
                    .as(drawn.label().title())
                    .isEqualTo(Theme.LIGHT.tint(drawn.label().tint()));
        }
    }

    @Test
    void theSecondTutorialSharesTheInputAndAverages(FxRobot robot) {
        openFixtures(robot, "seed_ensemble/model1/model.keras", "seed_ensemble/model2/model.keras");
        robot.clickOn("#share-inputs");
        settle();
        robot.interact(() -> {
            session().select(Set.of(id("probabilities"), id("cnn_2_probabilities")));
            window.canvas().requestFocus();
        });
        robot.push(KeyCode.F);
        settle();
        ComboBox<String> operation = robot.lookup("#field-operation").queryComboBox();
        assertThat(operation.getValue()).isEqualTo("Concatenate");
        robot.interact(() -> operation.setValue("Average"));
        settle();
        picked.add(FIXTURES.resolve("seed_ensemble/combined_average/input.npy"));
        robot.clickOn("#choose-image");
        robot.clickOn("#predict");
        until(() -> !window.predictions().results().isEmpty());
        assertThat(Difference.largest(
                        Fixtures.npy("seed_ensemble/combined_average/expected.npy"),
                        window.predictions().results().values().iterator().next()))
                .isLessThan(1e-5);
        shot(robot, "ensemble");
    }

    @Test
    void anInputKeepsItsFileWhenItIsRenamed(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        picked.add(FIXTURES.resolve("seed_merge/model_a/input.npy"));
        robot.clickOn("#choose-Input_a");
        robot.interact(() -> session().apply(new Rename(id("Input_a"), "picture")));
        settle();
        assertThat(robot.lookup("#choose-picture")
                        .queryAs(SplitMenuButton.class)
                        .getText())
                .isEqualTo("input.npy");
        robot.clickOn("#predict");
        until(() -> !window.predictions().results().isEmpty());
        assertThat(Difference.largest(
                        Fixtures.npy("seed_merge/model_a/expected.npy"),
                        window.predictions().results().values().iterator().next()))
                .isLessThan(1e-5);
    }

    @Test
    void aFolderOfPicturesIsPredictedAndWhatHappensToThemIsSaid(FxRobot robot) {
        openFixtures(robot, "digits/ensemble_average/model.keras");
        Label note = robot.lookup("#image-note").queryAs(Label.class);
        assertThat(note.isVisible()).isFalse();
        String input = session()
                .document()
                .graph()
                .node(session().document().graph().inputs().get(0))
                .name();
        picked.add(FIXTURES.resolve("digits/images"));
        SplitMenuButton choose = robot.lookup("#choose-" + input).queryAs(SplitMenuButton.class);
        robot.interact(() -> choose.getItems().get(0).fire());
        assertThat(robot.lookup("#choose-" + input)
                        .queryAs(SplitMenuButton.class)
                        .getText())
                .isEqualTo("images");
        assertThat(note.isVisible()).isTrue();
        assertThat(note.getText()).isEqualTo("Pictures are resized to the input's size and divided by 255.");
        shot(robot, "pictures");
        robot.clickOn("#predict");
        until(() -> !window.predictions().results().isEmpty());
        org.netsplice.graph.Tensor expected = org.netsplice.container.Npz.read(
                        FIXTURES.resolve("digits/images_expected.npz"))
                .get("ensemble_average");
        assertThat(Difference.largest(
                        expected,
                        window.predictions().results().values().iterator().next()))
                .isLessThan(1e-5);
        robot.interact(
                () -> robot.lookup("#image-scale").queryTextInputControl().setText("a"));
        assertThat(note.getText()).isEqualTo("The factor for pixels must be a number such as 1 or 1/255.");
    }

    @Test
    void weightsThatDoNotBelongAreShownBesideTheArchitecture(FxRobot robot) {
        picked.add(FIXTURES.resolve("digits/architecture.json"));
        picked.add(FIXTURES.resolve("seed_ensemble/model1.weights.h5"));
        robot.clickOn("#open");
        until(() -> robot.lookup("#pairing").tryQuery().isPresent());
        settle();
        TableView<?> table = robot.lookup("#pairing").queryAs(TableView.class);
        assertThat(table.getItems()).hasSize(4);
        assertThat(session().document().graph().nodes()).isEmpty();
        shot(robot, "pairing", table.getScene());
        robot.type(KeyCode.ESCAPE);
        until(() -> robot.lookup("#pairing").tryQuery().isEmpty());
    }
}
