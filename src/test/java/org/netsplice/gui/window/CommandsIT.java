package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.gui.command.Command;
import org.netsplice.gui.command.Keystrokes;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Commands by key, by menu and by their list, through the real window. */
class CommandsIT extends WindowTests {

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private Set<String> selected() {
        Set<String> names = new TreeSet<>();
        session()
                .selection()
                .forEach(one -> names.add(session().document().graph().node(one).name()));
        return names;
    }

    @Test
    void everyCommandComesWithKeysOfItsOwnThatAreOnAKeyboard() {
        List<String> keys = window.commands().all().stream()
                .flatMap(command -> command.keys().stream())
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys.stream().map(Keystrokes::shown).toList()).contains("?", "Ctrl+Page Down", "Backspace", "F");
        assertThat(keys)
                .allSatisfy(one -> assertThat(one.equals("?")
                                || one.equals(".")
                                || KeyCombination.valueOf(one) instanceof KeyCodeCombination)
                        .as(one)
                        .isTrue());
    }

    @Test
    void codeInAFileIsTold(FxRobot robot) {
        assertThat(window.commands().named("what-was-opened").possible().getAsBoolean())
                .isFalse();
        openFixtures(robot, "bad/lambda_layer/model.keras");
        robot.interact(() -> window.commands().named("what-was-opened").run());
        TextArea text = robot.lookup("#file-report").queryAs(TextArea.class);
        assertThat(text.getText())
                .startsWith("file model.keras, 16,323 bytes, Keras archive, written by Keras 3.15.1\nSHA-256 5052542e")
                .endsWith("not run: layer python_code: Keras would run Python bytecode, 167 characters\n");
        robot.interact(() -> text.getScene().getWindow().hide());
    }

    @Test
    void anotherDocumentHasTheFocusAndPartsOfTheSameSize(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        CanvasView first = window.canvas();
        SplitPane parts = (SplitPane) window.root().lookup(".split-pane");
        robot.interact(() -> parts.setDividerPositions(0.3, 0.7));
        double width = first.getWidth();
        robot.push(KeyCode.CONTROL, KeyCode.N);
        until(() -> main.current().canvas().isFocused());
        assertThat(main.views()).hasSize(2);
        assertThat(main.current().canvas().getWidth()).isEqualTo(width);
        robot.interact(() -> main.current().goTo("inspector"));
        robot.push(KeyCode.CONTROL, KeyCode.PAGE_UP);
        until(first::isFocused);
        robot.push(KeyCode.CONTROL, KeyCode.PAGE_DOWN);
        robot.push(KeyCode.CONTROL, KeyCode.W);
        until(first::isFocused);
        assertThat(main.views()).hasSize(1);
    }

    @Test
    void thePathOfGroupsLeadsToTheLayersOfEach(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("btchnrm");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#find-count").queryAs(Label.class).getText()).isEqualTo("no matches");
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.write("hiden");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#find-count").queryAs(Label.class).getText()).isEqualTo("1 of 1 similar");
        assertThat(selected()).containsExactly("hidden");
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#breadcrumb").query().isVisible()).isTrue();
        shot(robot, "breadcrumb");
        robot.clickOn("#breadcrumb .hyperlink");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(selected()).hasSize(session().document().graph().nodes().size());
    }

    @Test
    void findShowsHowManyAndGoesThroughThem(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("conv2d filters>4");
        WaitForAsyncUtils.waitForFxEvents();
        Label count = robot.lookup("#find-count").queryAs(Label.class);
        assertThat(count.getText()).isEqualTo("1 of 2");
        Set<String> first = selected();
        shot(robot, "find");
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(count.getText()).isEqualTo("2 of 2");
        assertThat(selected()).isNotEqualTo(first).hasSize(1);
        robot.write("zz");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(count.getText()).isEqualTo("no matches");
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(session().search().active()).isFalse();
        assertThat(robot.lookup("#find-bar").query().isVisible()).isFalse();
    }

    @Test
    void theListOfCommandsReachesEverything(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        List<String> outputs = session().document().graph().outputs().stream()
                .map(output -> session().document().graph().outputName(output))
                .toList();
        String last = outputs.get(0);
        select(robot, last);
        robot.push(KeyCode.CONTROL, KeyCode.K);
        WaitForAsyncUtils.waitForFxEvents();
        shot(robot, "commands");
        ListView<Command> list = robot.lookup("#search-list").queryListView();
        TextInputControl words = robot.lookup("#search-text").queryTextInputControl();
        List<Command> possible = window.commands().all().stream()
                .filter(command -> command.possible().getAsBoolean())
                .toList();
        assertThat(list.getItems().subList(0, possible.size())).containsExactlyElementsOf(possible);
        robot.interact(() -> {
            for (Command command : possible) {
                words.setText(command.title().get());
                assertThat(list.getItems()).as(command.id()).contains(command);
                assertThat(list.getSelectionModel().getSelectedItem().title().get())
                        .as(command.id())
                        .startsWith(command.title().get());
            }
            words.setText("");
        });
        robot.write("freeze").type(KeyCode.ENTER);
        settle();
        assertThat(session().document().graph().node(id(last)).trainable()).isFalse();
        assertThat(session().undoTitle()).contains("freeze");
    }

    @Test
    void enterInTheListPressesNoButtonBehindIt(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        boolean[] pressed = new boolean[1];
        robot.interact(() -> {
            Button open = robot.lookup("#open").queryButton();
            open.setOnAction(event -> pressed[0] = true);
            open.requestFocus();
        });
        robot.push(KeyCode.CONTROL, KeyCode.K);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("select all").type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(selected()).hasSize(3);
        assertThat(pressed[0]).isFalse();
    }

    @Test
    void keysWalkDissolveAndCut(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        List<String> names = before.graph().nodes().values().stream()
                .map(node -> node.name())
                .toList();
        String middle = names.get(1);
        select(robot, middle);
        robot.push(KeyCode.L);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(selected()).containsExactlyInAnyOrder(names.get(0), middle);
        select(robot, middle);
        robot.push(KeyCode.SHIFT, KeyCode.L);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(selected()).hasSize(names.size() - 1);
        select(robot, names.get(0), names.get(names.size() - 1));
        robot.push(KeyCode.P);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(selected()).hasSize(names.size());
        select(robot, middle);
        robot.push(KeyCode.CONTROL, KeyCode.DELETE);
        settle();
        assertThat(session().document().graph().named(middle)).isEmpty();
        assertThat(session().document().graph().node(id(names.get(2))).inputs())
                .isEqualTo(before.graph()
                        .node(before.graph().named(middle).orElseThrow().id())
                        .inputs());
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
    }

    @Test
    void copiesShareWeightsOrHaveTheirOwn(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        String name = before.graph().nodes().values().stream()
                .filter(node -> before.graph().weights().containsKey(node.weights()))
                .findFirst()
                .orElseThrow()
                .name();
        select(robot, name);
        robot.push(KeyCode.CONTROL, KeyCode.C).push(KeyCode.CONTROL, KeyCode.V);
        robot.clickOn("Share weights");
        settle();
        assertThat(session().document().graph().nodes())
                .hasSize(before.graph().nodes().size() + 1);
        assertThat(session().document().graph().weights())
                .isEqualTo(before.graph().weights());
        assertThat(session().undoTitle()).contains("paste layer");
        assertThat(selected()).doesNotContain(name).hasSize(1);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
        select(robot, name);
        robot.push(KeyCode.CONTROL, KeyCode.D);
        robot.clickOn("Cancel");
        settle();
        assertThat(session().document()).isSameAs(before);
        robot.push(KeyCode.CONTROL, KeyCode.D);
        robot.clickOn("Copy weights");
        settle();
        assertThat(session().document().graph().weights())
                .hasSize(before.graph().weights().size() + 1);
        robot.push(KeyCode.CONTROL, KeyCode.D);
        settle();
        assertThat(session().document().graph().weights())
                .as("the answer is remembered")
                .hasSize(before.graph().weights().size() + 2);
    }

    @Test
    void undoInAFieldTakesBackWhatIsTypedAndThenSteps(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        select(robot, "b_layer_1");
        WaitForAsyncUtils.waitForFxEvents();
        TextInputControl units = robot.lookup("#field-units").queryTextInputControl();
        robot.clickOn(units).push(KeyCode.CONTROL, KeyCode.A).write("7").push(KeyCode.ENTER);
        settle();
        assertThat(session().document()).isNotSameAs(before);
        robot.write("5");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(units.getText()).isEqualTo("7");
        assertThat(session().undoTitle()).isPresent();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
        assertThat(units.getText()).isEqualTo("64");
        assertThat(units.isFocused()).isTrue();
        robot.push(KeyCode.CONTROL, KeyCode.Y);
        settle();
        assertThat(units.getText()).isEqualTo("7");
    }

    @Test
    void typedTextRunsNoCommands(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.CONTROL, KeyCode.F);
        robot.write("f l p ?");
        robot.type(KeyCode.BACK_SPACE, KeyCode.DELETE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(session().document()).isSameAs(before);
    }

    @Test
    void shortcutsAreListedAndChanged(FxRobot robot) throws Exception {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        robot.push(KeyCode.F1);
        WaitForAsyncUtils.waitForFxEvents();
        TableView<Command> table = robot.lookup("#shortcuts").queryTableView();
        shot(robot, "shortcuts");
        Command fit = window.commands().named("fit-all");
        robot.interact(() -> table.getSelectionModel().select(fit));
        robot.type(KeyCode.ENTER).push(KeyCode.CONTROL, KeyCode.J);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.commands().shown(fit)).isEqualTo("Ctrl+J");
        assertThat(Files.readString(folder.resolve("shortcuts.txt"))).contains("fit-all = Shortcut+J");
        assertThat(robot.lookup("#shortcuts-help").queryAs(Label.class).getText())
                .isEqualTo("Ctrl+J was taken from “Hide results”.");
        assertThat(window.commands().item(fit, "test-").getAccelerator().getDisplayText())
                .isEqualTo("Ctrl+J");
        robot.type(KeyCode.DELETE);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.commands().shown(fit)).isEmpty();
        robot.clickOn("Reset all");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.commands().shown(fit)).isEqualTo("Home");
        robot.clickOn("Close");
    }
}
