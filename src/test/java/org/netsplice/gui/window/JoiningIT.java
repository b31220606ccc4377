package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.gui.command.Option;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Joining networks: what the window says of it, merges that go on, shared inputs, and files that change meanwhile. */
class JoiningIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private List<Port> inputs(String name) {
        return session().document().graph().node(id(name)).inputs();
    }

    private void openTwo(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras");
        robot.interact(() -> window.canvas().fitAll());
    }

    @Test
    void aMergeDroppedOnOneOutputGoesOnByClicksAndEscapeEnds(FxRobot robot) {
        openTwo(robot);
        dragFromPalette(robot, "Concatenate", List.of(output("a_output_layer")));
        robot.moveTo(output("b_output_layer").add(0, 60));
        assertThat(window.gestures().overlay().text()).isEqualTo("Concatenate: now click the next output. Esc ends.");
        shot(robot, "goes-on");
        robot.clickOn(output("b_output_layer"));
        settle();
        assertThat(inputs("concatenate")).containsExactly(Port.of(id("a_output_layer")), Port.of(id("b_output_layer")));
        robot.push(KeyCode.ESCAPE);
        assertThat(window.gestures().active()).isFalse();
        assertThat(session().report().problems()).isEmpty();
        robot.clickOn(header("a_layer_1"));
        assertThat(inputs("concatenate")).hasSize(2);
    }

    @Test
    void aClickInThePaletteBeginsAMergeThatGoesOn(FxRobot robot) {
        openTwo(robot);
        select(robot, "a_output_layer");
        robot.interact(() -> window.panels().selectTabOf("palette-filter"));
        robot.clickOn("#palette-Add");
        settle();
        shot(robot, "palette-click");
        assertThat(window.gestures().following()).isTrue();
        robot.moveTo(header("b_output_layer"));
        assertThat(window.gestures().overlay().text()).isEqualTo("Add → (None, 32, 32, 32)");
        robot.clickOn(header("b_output_layer"));
        settle();
        assertThat(inputs("add")).containsExactly(Port.of(id("a_output_layer")), Port.of(id("b_output_layer")));
    }

    @Test
    void outputsAreLitBeforeInnerLayersAndAnInnerLayerIsTaken(FxRobot robot) {
        openTwo(robot);
        robot.interact(() -> window.panels().selectTabOf("palette-filter"));
        robot.drag("#palette-Concatenate", javafx.scene.input.MouseButton.PRIMARY)
                .moveTo(output("a_layer_2").add(-3, -3))
                .moveTo(output("a_layer_2"));
        assertThat(window.gestures().overlay().lit()).isEqualTo(Set.of(id("a_output_layer"), id("b_output_layer")));
        assertThat(window.gestures().overlay().text()).isEqualTo("Concatenate takes two inputs or more");
        robot.drop();
        settle();
        assertThat(inputs("concatenate")).containsExactly(Port.of(id("a_layer_2")));
    }

    @Test
    void networksOfDifferentDataAreJoinedWithoutAnAlarm(FxRobot robot) {
        openFixtures(robot, "seed_ensemble/model1/model.keras", "digits/cnn_a/model.keras");
        robot.interact(() -> {
            session().select(Set.of());
            window.canvas().requestFocus();
        });
        robot.push(KeyCode.F);
        settle();
        assertThat(session().report().problems()).isEmpty();
        assertThat(robot.lookup("#complaint").query().getParent().getParent().isVisible())
                .isFalse();
        assertThat(window.title()).startsWith("cnn + cnn_a");
    }

    @Test
    void aSourceThatChangedIsReadAgainWhenAskedAndEditsStay(FxRobot robot) throws IOException {
        Path model = folder.resolve("changing.keras");
        Files.copy(FIXTURES.resolve("digits/cnn_a/model.keras"), model, StandardCopyOption.REPLACE_EXISTING);
        picked.add(model);
        robot.clickOn("#open");
        settle();
        select(robot, "hidden");
        robot.interact(() -> window.commands().named("freeze").run());
        settle();
        Document edited = session().document();
        Label text = robot.lookup("#changed-files").queryAs(Label.class);
        assertThat(text.getParent().isVisible()).isFalse();
        Files.copy(FIXTURES.resolve("digits/cnn_a_tuned/model.keras"), model, StandardCopyOption.REPLACE_EXISTING);
        until(() -> text.getParent().isVisible());
        assertThat(text.getText()).startsWith("\"changing.keras\" has changed on disk.");
        shot(robot, "changed-on-disk");
        robot.clickOn("#reload-changed");
        settle();
        assertThat(session().document().graph().nodes())
                .isEqualTo(edited.graph().nodes());
        assertThat(session().document().graph().weights())
                .isNotEqualTo(edited.graph().weights());
        assertThat(text.getParent().isVisible()).isFalse();
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(edited);
    }

    @Test
    void aDocumentThatChangedIsReadAgainAsOneStep(FxRobot robot) throws IOException {
        openTwo(robot);
        Path one = folder.resolve("one.splice");
        Path two = folder.resolve("two.splice");
        picked.add(two);
        robot.interact(() -> window.files().save());
        until(() -> !session().dirty() && session().file().isPresent());
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.F);
        settle();
        picked.add(one);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.S);
        until(() -> !session().dirty() && session().file().equals(Optional.of(one)));
        Document merged = session().document();
        Label text = robot.lookup("#changed-files").queryAs(Label.class);
        settle();
        Files.copy(two, one, StandardCopyOption.REPLACE_EXISTING);
        until(() -> text.getParent().isVisible());
        robot.clickOn("#reload-changed");
        settle();
        assertThat(session().document().graph().named("concatenate")).isEmpty();
        assertThat(session().dirty()).isFalse();
        robot.interact(() -> window.canvas().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(merged);
    }

    @Test
    void aWarningIsHiddenForGoodAndShownAgainByCommand(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_a/model.keras");
        robot.interact(() -> session()
                .apply(new AddLayer(
                        new InputLayer(Shape.of(Shape.UNKNOWN, 4), DType.FLOAT32),
                        "spare",
                        List.of(),
                        Optional.empty())));
        settle();
        select(robot, "spare");
        ListView<?> problems = robot.from(window.root()).lookup("#problems").queryListView();
        assertThat(problems.getItems()).hasSize(1);
        assertThat(robot.lookup("#problem-0").queryAs(Label.class).getStyleClass())
                .contains("warning");
        shot(robot, "warning");
        robot.clickOn("#hide-0");
        assertThat(robot.lookup("#problem-0").tryQuery()).isEmpty();
        assertThat(problems.getItems()).isEmpty();
        robot.interact(() -> main.add());
        assertThat(main.isOn(Option.RESULTS)).isTrue();
        robot.interact(() -> main.showWarnings());
        assertThat(problems.getItems()).hasSize(1);
        assertThat(main.hidesWarnings()).isFalse();
    }

    @Test
    void filesOfALaterStartOpenInADocumentOfTheirOwn(FxRobot robot) {
        Path model = FIXTURES.resolve("seed_merge/model_b/model.keras");
        robot.interact(() -> main.arrive(List.of(model)));
        settle();
        assertThat(main.views()).hasSize(1);
        assertThat(window.title()).isEqualTo("model_b");
        robot.interact(() -> main.arrive(List.of(FIXTURES.resolve("digits/cnn_a/model.keras"))));
        window = main.current();
        settle();
        assertThat(main.views()).extracting(DocumentView::title).containsExactly("model_b", "cnn_a");
        robot.interact(() -> main.arrive(List.of()));
        assertThat(main.views()).hasSize(2);
    }
}
