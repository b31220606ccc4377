package org.netsplice.gui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Point2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.diagram.Painter;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.Session;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.NativeLibraries;
import org.netsplice.testing.Transcript;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The tutorials through the real window. */
@ExtendWith(NativeLibraries.class)
@ExtendWith(ApplicationExtension.class)
class WindowIT {
    private static final Path FIXTURES = Fixtures.ROOT.toAbsolutePath();

    @TempDir
    static Path folder;

    private final Queue<Path> picked = new ArrayDeque<>();
    private MainWindow window;

    /** Gives the files a test picks, in order. */
    private final class TestPicker implements Picker {
        @Override
        public List<Path> openMany(String title, Kind... kinds) {
            return List.of(picked.remove());
        }

        @Override
        public Optional<Path> open(String title, Kind... kinds) {
            return Optional.of(picked.remove());
        }

        @Override
        public Optional<Path> save(String title, String suggestion, Kind... kinds) {
            return Optional.of(picked.remove());
        }
    }

    @BeforeAll
    static void folders() throws IOException {
        Files.createDirectories(Path.of("target/shots"));
    }

    @Start
    void start(Stage stage) {
        Themes.apply(false);
        RecentFiles recent = new RecentFiles(folder.resolve("recent.txt"));
        window = new MainWindow(stage, Fixtures.FORMATS, recent, Optional.of(new TestPicker()));
        stage.show();
    }

    private Session session() {
        return window.session();
    }

    private void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> {
                boolean[] holds = new boolean[1];
                WaitForAsyncUtils.asyncFx(() -> holds[0] = condition.getAsBoolean())
                        .get();
                return holds[0];
            });
        } catch (java.util.concurrent.TimeoutException problem) {
            throw new AssertionError("waited too long", problem);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void settle() {
        until(() -> session().settled() && !window.actions().tasks().busy());
    }

    private void openFixtures(FxRobot robot, String... names) {
        for (String name : names) {
            picked.add(FIXTURES.resolve(name));
            robot.clickOn("#open");
            settle();
        }
    }

    private NodeId id(String name) {
        return session().document().graph().named(name).map(Node::id).orElseThrow();
    }

    private Rect box(String name) {
        return session().scene().box(id(name)).orElseThrow().area();
    }

    private Point2D output(String name) {
        Rect area = box(name);
        return window.canvas()
                .onScreen(Scene.outputAnchor(area, 0, 1, session().detail().direction()));
    }

    private Point2D header(String name) {
        Rect area = box(name);
        return window.canvas().onScreen(new Scene.Point(area.x() + 30, area.y() + 10));
    }

    private void dragFromPalette(FxRobot robot, String kind, List<Point2D> stops) {
        robot.drag("#palette-" + kind, MouseButton.PRIMARY);
        for (Point2D stop : stops) {
            robot.moveTo(stop.add(-3, -3)).moveTo(stop);
        }
        robot.drop();
        settle();
    }

    private void shot(FxRobot robot, String name) {
        robot.interact(() -> {
            try {
                BufferedImage image =
                        SwingFXUtils.fromFXImage(window.stage().getScene().snapshot(null), null);
                ImageIO.write(image, "png", new File("target/shots/" + name + ".png"));
            } catch (IOException problem) {
                throw new IllegalStateException(problem);
            }
        });
    }

    private void type(FxRobot robot, String field, String text) {
        robot.clickOn(field);
        TextField input = robot.lookup(field).queryAs(TextField.class);
        robot.interact(input::selectAll);
        robot.write(text).type(KeyCode.ENTER);
        settle();
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
        assertThat(robot.lookup("#state").queryAs(Label.class).getText()).startsWith("Compiled 10 vertices");
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
        Rect page = scene.bounds().grown(16);
        for (Scene.Box drawn : scene.boxes()) {
            int x = (int) ((drawn.area().x() + 4 - page.x()) * 2);
            int y = (int) ((drawn.area().y() + 8 - page.y()) * 2);
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
    void aWireThatDoesNotFitSaysWhyWhileItIsDragged(FxRobot robot) {
        openFixtures(robot, "seed_ensemble/model1/model.keras", "digits/cnn_a/model.keras");
        Point2D target = header("conv_1");
        robot.drag(output("probabilities"), MouseButton.PRIMARY)
                .moveTo(target.add(5, 5))
                .moveTo(target);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.gestures().overlay().good()).isFalse();
        assertThat(window.gestures().overlay().text()).isEqualTo("the network would feed itself");
        assertThat(window.gestures().overlay().dimmed()).contains(id("conv_1"));
        shot(robot, "wire-refused");
        robot.drop();
        settle();
        assertThat(session().undoTitle()).contains("open cnn_a");
    }

    @Test
    void layersAreMovedDeletedAndBroughtBack(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Document before = session().document();
        Rect place = box("b_layer_1");
        Point2D from = header("b_layer_1");
        robot.drag(from, MouseButton.PRIMARY)
                .moveTo(from.add(60, 10))
                .moveTo(from.add(120, 20))
                .drop();
        settle();
        assertThat(box("b_layer_1").x()).isGreaterThan(place.x() + 60);
        assertThat(session().undoTitle()).contains("move");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
        robot.clickOn(header("b_layer_1")).push(KeyCode.DELETE);
        settle();
        assertThat(session().document().graph().named("b_layer_1")).isEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        settle();
        assertThat(session().document()).isSameAs(before);
    }

    @Test
    void doubleClickOnEmptySpaceSearchesAndAdds(FxRobot robot) {
        openFixtures(robot, "seed_merge/model_b/model.keras");
        Rect frame = session().scene().bounds();
        Point2D empty = window.canvas().onScreen(new Scene.Point(frame.right() + 40, frame.y() + 60));
        robot.doubleClickOn(empty);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("glob").type(KeyCode.ENTER);
        settle();
        assertThat(session().document().graph().nodes().values().stream()
                        .map(node -> node.layer().className()))
                .contains("GlobalAveragePooling1D");
    }

    @Test
    void aBrokenFileIsExplainedAndLeavesTheDocumentAlone(FxRobot robot) throws IOException {
        Path broken = folder.resolve("broken.keras");
        Files.write(broken, new byte[0]);
        picked.add(broken);
        robot.clickOn("#open");
        until(() -> robot.lookup("#complaint").queryAs(Label.class).getText().contains("broken.keras"));
        assertThat(robot.lookup("#complaint").queryAs(Label.class).getText())
                .isEqualTo("broken.keras: is empty. Save or download it again.");
        shot(robot, "complaint");
        assertThat(session().document()).isEqualTo(Document.EMPTY);
    }
}
