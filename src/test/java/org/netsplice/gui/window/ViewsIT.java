package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeCell;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.netsplice.editor.recipe.Folds;
import org.netsplice.gui.form.LayerWeights;
import org.netsplice.gui.widget.Appearance;
import org.netsplice.testing.Fixtures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Every view in every appearance and at two sizes: pictures to look at, and no text of a control cut off. */
class ViewsIT extends WindowTests {
    private static final List<double[]> SIZES = List.of(new double[] {1280, 720}, new double[] {1900, 1060});

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    /** A window that is seen would be painted into a buffer of its old size by the headless platform. */
    private void size(FxRobot robot, double[] size) {
        robot.interact(() -> {
            main.stage().hide();
            main.stage().setWidth(size[0]);
            main.stage().setHeight(size[1]);
            main.stage().show();
        });
        for (int pulse = 0; pulse < 5; pulse++) {
            robot.interact(() -> {
                main.stage().getScene().getRoot().applyCss();
                main.stage().getScene().getRoot().requestLayout();
            });
            robot.sleep(40);
        }
    }

    /** Texts of controls that are shown with an ellipsis; what a user brings may be. */
    private static List<String> cutOff(Scene scene) {
        List<String> cut = new ArrayList<>();
        for (Node node : scene.getRoot().lookupAll("*")) {
            boolean chosen = node.getParent() instanceof ComboBoxBase;
            boolean cell =
                    !chosen && (node instanceof TreeCell || node instanceof ListCell || node instanceof TableCell);
            if (!(node instanceof Labeled labeled) || cell || !seen(node)) {
                continue;
            }
            for (Node child : labeled.getChildrenUnmodifiable()) {
                if (child instanceof Text text
                        && !text.getText().equals(labeled.getText())
                        && (text.getText().endsWith("...") || text.getText().endsWith("…"))
                        && !labeled.getText().endsWith("…")) {
                    cut.add(labeled.getText());
                }
            }
        }
        return cut;
    }

    /** Controls that reach out of what they are in, where nothing can be scrolled to see the rest. */
    private static List<String> clipped(Scene scene) {
        List<String> found = new ArrayList<>();
        for (Node node : scene.getRoot().lookupAll("*")) {
            boolean control =
                    node instanceof Labeled || node instanceof TextInputControl || node instanceof ComboBoxBase;
            if (control && seen(node) && node.getBoundsInLocal().getWidth() > 0) {
                clippedBy(node, scene).ifPresent(around -> found.add(node + " in " + around));
            }
        }
        return found;
    }

    private static Optional<Object> clippedBy(Node node, Scene scene) {
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        for (Node around = node.getParent(); around != null; around = around.getParent()) {
            if (around.getStyleClass().contains("viewport")) {
                Bounds seen = around.localToScene(around.getLayoutBounds());
                boolean wide = around.getParent() instanceof ScrollPane pane && pane.isFitToWidth();
                return wide && bounds.getMaxX() > seen.getMaxX() + 1 ? Optional.of(around) : Optional.empty();
            }
            if (around.getStyleClass().contains("clipped-container")
                    || around.getStyleClass().contains("text-input")) {
                return Optional.empty();
            }
            boolean clips = around.getClip() != null;
            if (clips && outside(bounds, around.localToScene(around.getClip().getBoundsInParent()))) {
                return Optional.of(around);
            }
        }
        return outside(bounds, new BoundingBox(0, 0, scene.getWidth(), scene.getHeight()))
                ? Optional.of(scene)
                : Optional.empty();
    }

    private static boolean outside(Bounds inner, Bounds outer) {
        return inner.getMinX() < outer.getMinX() - 1
                || inner.getMinY() < outer.getMinY() - 1
                || inner.getMaxX() > outer.getMaxX() + 1
                || inner.getMaxY() > outer.getMaxY() + 1;
    }

    private static boolean seen(Node node) {
        for (Node present = node; present != null; present = present.getParent()) {
            if (!present.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void look(FxRobot robot, String view) {
        for (Appearance appearance : Appearance.values()) {
            robot.interact(() -> main.setAppearance(appearance));
            for (double[] size : SIZES) {
                size(robot, size);
                robot.interact(() -> {
                    main.stage().getScene().getRoot().applyCss();
                    main.stage().getScene().getRoot().layout();
                    window.canvas().fitAll();
                });
                WaitForAsyncUtils.waitForFxEvents();
                shot(
                        robot,
                        "view-" + view + "-" + appearance.name().toLowerCase(java.util.Locale.ROOT) + "-"
                                + (int) size[0]);
                assertThat(cutOff(main.stage().getScene()))
                        .as("%s at %.0f", view, size[0])
                        .isEmpty();
                assertThat(clipped(main.stage().getScene()))
                        .as("%s at %.0f", view, size[0])
                        .isEmpty();
            }
        }
    }

    /** A dialog that a command opens, in every appearance. */
    private void dialog(FxRobot robot, String view, String command) {
        for (Appearance appearance : Appearance.values()) {
            robot.interact(() -> main.setAppearance(appearance));
            robot.interact(() -> window.commands().named(command).run());
            WaitForAsyncUtils.waitForFxEvents();
            Window top = Window.getWindows().stream()
                    .filter(window -> window != main.stage())
                    .reduce((lower, upper) -> upper)
                    .orElseThrow();
            shot(robot, "view-" + view + "-" + appearance.name().toLowerCase(java.util.Locale.ROOT), top.getScene());
            assertThat(cutOff(top.getScene())).as(view).isEmpty();
            robot.interact(top::hide);
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    @Test
    void theEditor(FxRobot robot) {
        look(robot, "welcome");
        openFixtures(robot, "seed_ensemble/model1/model.keras", "seed_ensemble/model2/model.keras");
        robot.interact(() -> window.commands().named("merge").run());
        settle();
        look(robot, "merge");
        robot.interact(() -> session().select(Set.of(id("conv_1"))));
        look(robot, "layer");
        robot.interact(() -> session()
                .select(
                        Set.copyOf(session()
                                .document()
                                .graph()
                                .nodesIn(session()
                                        .document()
                                        .graph()
                                        .groups()
                                        .keySet()
                                        .iterator()
                                        .next())
                                .stream()
                                .map(node -> node.id())
                                .toList())));
        look(robot, "network");
        robot.interact(() -> {
            session().apply(Folds.below(session().document().graph(), 0));
            session().select(Set.of());
        });
        settle();
        look(robot, "folded");
        robot.interact(() -> {
            session().undo();
            window.commands().named("figure").run();
        });
        settle();
        look(robot, "figure");
    }

    @Test
    void theDialogs(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        dialog(robot, "shortcuts", "shortcuts");
        dialog(robot, "commands", "commands");
        dialog(robot, "report", "report-problem");
        dialog(robot, "about", "about");
        dialog(robot, "what-was-opened", "what-was-opened");
        dialog(robot, "ensemble", "ensemble");
        dialog(robot, "export", "export");
        robot.interact(() -> new LayerWeights(window, Fixtures.FORMATS).view(id("conv_2")));
        settle();
        Window weights = Window.getWindows().stream()
                .filter(window -> window != main.stage())
                .reduce((lower, upper) -> upper)
                .orElseThrow();
        shot(robot, "view-weights", weights.getScene());
        assertThat(cutOff(weights.getScene())).isEmpty();
        robot.interact(weights::hide);
    }

    @Test
    void nothingIsCutOffWhenEverythingIsLarger(FxRobot robot) {
        openFixtures(robot, "digits/cnn_a/model.keras");
        robot.interact(() -> session().select(Set.of(id("conv_1"))));
        try {
            for (double scale : new double[] {1.5, 2}) {
                robot.interact(() -> main.setScale(scale));
                for (double[] size : SIZES) {
                    size(robot, size);
                    robot.interact(() -> window.canvas().fitAll());
                    WaitForAsyncUtils.waitForFxEvents();
                    shot(robot, "view-scale-" + (int) (scale * 100) + "-" + (int) size[0]);
                    assertThat(cutOff(main.stage().getScene()))
                            .as("at %s in %.0f", scale, size[0])
                            .isEmpty();
                    assertThat(clipped(main.stage().getScene()))
                            .as("at %s in %.0f", scale, size[0])
                            .isEmpty();
                }
            }
        } finally {
            robot.interact(() -> main.setScale(1));
        }
    }
}
