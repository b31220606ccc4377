package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Point2D;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.app.Main;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.editor.Preferences;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.command.Option;
import org.netsplice.gui.widget.Picker;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.NativeLibraries;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** A window with a document, and what tests do to it. */
@ExtendWith(NativeLibraries.class)
@ExtendWith(ApplicationExtension.class)
abstract class WindowTests {
    static final Path FIXTURES = Fixtures.ROOT.toAbsolutePath();

    /** The size of the window, in pixels: with room for a network of five layers above the results. */
    private static final double WIDTH = 1440;

    private static final double HEIGHT = 940;

    @TempDir
    static Path folder;

    final Queue<Path> picked = new ArrayDeque<>();
    MainWindow main;
    DocumentView window;

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
        public Optional<Path> folder(String title) {
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

    /** Called by the {@code @Start} method that each class of tests must have itself. */
    void begin(Stage stage) {
        Preferences preferences = Preferences.in(folder, new RecentFiles(folder.resolve("recent.txt")));
        preferences.settings().put(Option.RESULTS.key(), resultsShown());
        preferences.settings().put("window-x", 240.0);
        preferences.settings().put("window-y", 60.0);
        preferences.settings().put("window-width", WIDTH);
        preferences.settings().put("window-height", HEIGHT);
        main = new MainWindow(stage, Main.formats(), preferences, Optional.of(new TestPicker()));
        window = main.current();
        main.show();
    }

    /** Whether the results are open from the beginning; at the first start of the program they are not. */
    boolean resultsShown() {
        return true;
    }

    Session session() {
        return window.session();
    }

    void until(BooleanSupplier condition) {
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

    /** Waits until nothing is computed any more and the window is laid out as it will be. */
    void settle() {
        until(() -> session().settled() && !window.busy());
        layOut();
    }

    /** Waits until the window was laid out: what was shown or changed has its place and its size only then. */
    void layOut() {
        CountDownLatch laidOut = new CountDownLatch(1);
        Platform.runLater(() -> {
            javafx.scene.Scene scene = window.owner().getScene();
            if (!window.owner().isShowing()) {
                laidOut.countDown();
                return;
            }
            Runnable[] seen = new Runnable[1];
            seen[0] = () -> {
                scene.removePostLayoutPulseListener(seen[0]);
                laidOut.countDown();
            };
            scene.addPostLayoutPulseListener(seen[0]);
            Platform.requestNextPulse();
        });
        try {
            assertThat(laidOut.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    void openFixtures(FxRobot robot, String... names) {
        for (String name : names) {
            picked.add(FIXTURES.resolve(name));
            robot.clickOn("#open");
            settle();
        }
    }

    /** Selects layers and takes the focus to the diagram. */
    void select(FxRobot robot, String... names) {
        robot.interact(() -> {
            Set<NodeId> ids = new HashSet<>();
            for (String name : names) {
                ids.add(id(name));
            }
            session().select(ids);
            window.canvas().requestFocus();
        });
    }

    NodeId id(String name) {
        return session().document().graph().named(name).map(Node::id).orElseThrow();
    }

    Rect box(String name) {
        return session().scene().box(id(name)).orElseThrow().area();
    }

    Point2D output(String name) {
        Rect area = box(name);
        return window.canvas()
                .onScreen(Scene.outputAnchor(area, 0, 1, session().detail().direction()));
    }

    Point2D header(String name) {
        Rect area = box(name);
        return window.canvas().onScreen(new Scene.Point(area.x() + 30, area.y() + 10));
    }

    void dragFromPalette(FxRobot robot, String kind, List<Point2D> stops) {
        robot.interact(() -> window.panels().selectTabOf("palette-filter"));
        layOut();
        robot.drag("#palette-" + kind, MouseButton.PRIMARY);
        for (Point2D stop : stops) {
            robot.moveTo(stop.add(-3, -3)).moveTo(stop);
        }
        robot.drop();
        settle();
    }

    void shot(FxRobot robot, String name) {
        shot(robot, name, window.owner().getScene());
    }

    void shot(FxRobot robot, String name, javafx.scene.Scene scene) {
        robot.interact(() -> {
            window.canvas().paintNow();
            try {
                BufferedImage image = SwingFXUtils.fromFXImage(scene.snapshot(null), null);
                ImageIO.write(image, "png", new File("target/shots/" + name + ".png"));
            } catch (IOException problem) {
                throw new IllegalStateException(problem);
            }
        });
    }

    void type(FxRobot robot, String field, String text) {
        robot.clickOn(field);
        TextField input = robot.lookup(field).queryAs(TextField.class);
        robot.interact(input::selectAll);
        robot.write(text).type(KeyCode.ENTER);
        settle();
    }
}
