package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Scene;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.editor.Settings;
import org.netsplice.gui.command.Option;
import org.netsplice.testing.Fixtures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What a new user meets first: room for the picture, labels that can be read, and layers by a click. */
class FirstStartIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    @Override
    boolean resultsShown() {
        return false;
    }

    @BeforeEach
    void layout(FxRobot robot) {
        robot.interact(() -> main.resetLayout());
    }

    private double share(FxRobot robot, double width, double height) {
        robot.interact(() -> {
            main.stage().hide();
            main.stage().setWidth(width);
            main.stage().setHeight(height);
            main.stage().show();
        });
        until(() -> main.stage().getScene().getWidth() == width);
        robot.interact(() -> {
            main.resetLayout();
            main.stage().getScene().getRoot().applyCss();
            main.stage().getScene().getRoot().layout();
        });
        Scene scene = main.stage().getScene();
        return window.canvas().getWidth() * window.canvas().getHeight() / (scene.getWidth() * scene.getHeight());
    }

    @Test
    void theCanvasHasMostOfTheWindow(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras");
        assertThat(share(robot, 1600, 1000)).isGreaterThanOrEqualTo(0.60);
        shot(robot, "first-start-1600");
        assertThat(share(robot, 1280, 720)).isGreaterThanOrEqualTo(0.55);
        shot(robot, "first-start-1280");
    }

    @Test
    void panelsHideAndShowByKeyButtonAndMenuAndThisIsRemembered(FxRobot robot) {
        robot.interact(() -> window.canvas().requestFocus());
        double usual = window.canvas().getWidth();
        assertThat(window.root().lookup("#tabs")).as("results").isNull();
        robot.push(KeyCode.CONTROL, KeyCode.B);
        assertThat(window.root().lookup("#left-tabs")).isNull();
        robot.clickOn("#toggle-inspector");
        assertThat(window.root().lookup("#inspector")).isNull();
        until(() -> window.canvas().getWidth() > usual + 300);
        robot.interact(() -> window.commands().named("results").run());
        assertThat(window.root().lookup("#tabs")).isNotNull();
        ToggleButton results = robot.lookup("#toggle-results").queryAs(ToggleButton.class);
        assertThat(results.isSelected()).isTrue();
        Settings next = new Settings(folder.resolve("settings.txt"));
        assertThat(List.of(next.flag("left-panel", true), next.flag("inspector", true), next.flag("results", false)))
                .containsExactly(false, false, true);
        robot.interact(() -> window.commands().named("reset-layout").run());
        until(() -> Math.abs(window.canvas().getWidth() - usual) < 2);
        assertThat(window.root().lookup("#tabs")).isNull();
    }

    @Test
    void predictingOpensTheResults(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        robot.push(KeyCode.F6);
        settle();
        assertThat(main.isOn(Option.RESULTS)).isTrue();
        assertThat(window.root().lookup("#choose-Input_a")).isNotNull();
    }

    @Test
    void goingToAPartShowsItsPanelAndItsTab(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.B);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> main.stage().getScene().getFocusOwner() != null
                && "outline".equals(main.stage().getScene().getFocusOwner().getId()));
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        until(() ->
                "palette-filter".equals(main.stage().getScene().getFocusOwner().getId()));
    }

    @Test
    void aLargeNetworkOpensAtItsInputWithLabelsThatCanBeRead(FxRobot robot) throws Exception {
        Path model = folder.resolve("deep.json");
        StringBuilder layers = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            layers.append(i == 0 ? "" : ",")
                    .append("{\"class_name\":\"Dense\",\"config\":{\"name\":\"d")
                    .append(i)
                    .append("\",\"units\":4")
                    .append(i == 0 ? ",\"batch_input_shape\":[null,4]" : "")
                    .append("}}");
        }
        Files.writeString(
                model,
                "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"deep\",\"layers\":[" + layers
                        + "]},\"keras_version\":\"2.9.0\"}");
        robot.interact(() -> session()
                .open(new org.netsplice.edit.step.OpenNetwork(
                        ((org.netsplice.format.Opened.Network) org.netsplice.app.Main.formats()
                                        .open(model, Optional.empty(), org.netsplice.work.Progress.NONE))
                                .graph(),
                        "deep",
                        "deep.json",
                        "")));
        robot.interact(() -> window.canvas().showOpenedSoon());
        settle();
        assertThat((Labels.SIZE - 1) * window.canvas().viewport().zoom()).isGreaterThanOrEqualTo(9 - 1e-9);
        Rect seen = window.canvas().viewport().visible();
        Rect input = session()
                .scene()
                .box(session().document().graph().inputs().get(0))
                .orElseThrow()
                .area();
        assertThat(seen.contains(input.centerX(), input.centerY())).isTrue();
        shot(robot, "large-network");
    }

    @Test
    void aClickInThePaletteAddsALayerInTheMiddleOfTheView(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        robot.interact(() -> session().select(Set.of()));
        robot.clickOn("#palette-Average");
        settle();
        assertThat(session().document().graph().node(id("average")).inputs()).isEmpty();
        Rect box = box("average");
        Rect seen = window.canvas().viewport().visible();
        assertThat(Math.abs(box.centerX() - seen.centerX())).isLessThan(seen.width() / 4);
        assertThat(seen.contains(box.centerX(), box.centerY())).isTrue();
        assertThat(window.root().lookup("#complaint").getParent().getParent().isVisible())
                .as("a layer without inputs is no reason to complain")
                .isFalse();
    }

    @Test
    void networksAreChainedByKeyAndDocumentsCalledAfterThem(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        assertThat(window.title()).isEqualTo("cnn_a");
        openFixtures(robot, "digits/cnn_b/model.keras");
        assertThat(window.title()).isEqualTo("cnn_a + cnn_b");
        assertThat(Fixtures.ROOT).isNotNull();
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.C);
        assertThat(robot.lookup("#complaint").queryLabeled().getText()).startsWith("Select one layer and one input");
    }
}
