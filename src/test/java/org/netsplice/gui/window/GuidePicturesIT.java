package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.netsplice.editor.Samples;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Makes the pictures of the guide from the real window, so that they stay true: in {@code target/guide}, or in the folder that the system
 * property {@code guide.pictures} names, as the instructions for contributors say.
 */
class GuidePicturesIT extends WindowTests {
    private static final Path TARGET = Path.of(System.getProperty("guide.pictures", "target/guide"));
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 820;
    /** All pictures together, in bytes. */
    private static final long MOST = 300_000;

    private final List<Path> made = new ArrayList<>();

    @Start
    void start(Stage stage) {
        begin(stage);
    }

    private void picture(FxRobot robot, String name, Scene scene) {
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> {
            window.canvas().paintNow();
            try {
                BufferedImage seen = SwingFXUtils.fromFXImage(scene.snapshot(null), null);
                Files.createDirectories(TARGET);
                Path file = TARGET.resolve(name);
                ImageIO.write(indexed(seen), "png", file.toFile());
                made.add(file);
            } catch (IOException problem) {
                throw new IllegalStateException(problem);
            }
        });
    }

    /** The picture in its 256 most frequent colours, which makes the file a third as large; others become the nearest of them. */
    private static BufferedImage indexed(BufferedImage seen) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < seen.getHeight(); y++) {
            for (int x = 0; x < seen.getWidth(); x++) {
                counts.merge(seen.getRGB(x, y) | 0xff000000, 1, Integer::sum);
            }
        }
        int[] colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .limit(256)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        IndexColorModel model = new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage plain =
                new BufferedImage(seen.getWidth(), seen.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int y = 0; y < seen.getHeight(); y++) {
            for (int x = 0; x < seen.getWidth(); x++) {
                plain.setRGB(x, y, seen.getRGB(x, y));
            }
        }
        return plain;
    }

    @Test
    void thePicturesOfTheGuideAreMade(FxRobot robot) throws IOException {
        robot.interact(() -> {
            main.stage().hide();
            main.stage().setWidth(WIDTH);
            main.stage().setHeight(HEIGHT);
            main.stage().show();
            main.resetLayout();
            window.files().openSamples(Samples.bundled().tutorial());
        });
        until(() -> session().document().graph().groups().size() == 2);
        settle();
        robot.interact(() -> window.panels().selectTabOf("palette-filter"));
        robot.interact(() -> window.canvas().fitAll());
        robot.drag("#palette-Concatenate", MouseButton.PRIMARY);
        for (String name : List.of("a_output_layer", "b_output_layer")) {
            robot.moveTo(output(name).add(-4, -4)).moveTo(output(name));
        }
        robot.moveBy(-40, 60);
        picture(robot, "merging.png", main.stage().getScene());
        robot.drop();
        settle();
        robot.interact(() -> window.canvas().fitAll());
        robot.clickOn("#predict-now");
        until(() -> !window.predictions().results().isEmpty());
        robot.interact(() -> session().select(java.util.Set.of(id("concatenate"))));
        robot.interact(() -> window.canvas().fitAll());
        robot.moveTo("#state");
        picture(robot, "predicting.png", main.stage().getScene());
        robot.clickOn("#export");
        until(() -> robot.lookup("#figure-preview").tryQuery().isPresent()
                && robot.lookup("#figure-preview").queryAs(ImageView.class).getImage() != null);
        picture(robot, "exporting.png", robot.lookup("#figure-save").query().getScene());
        robot.interact(() ->
                robot.lookup("#figure-save").query().getScene().getWindow().hide());
        long bytes = 0;
        for (Path file : made) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThanOrEqualTo(MOST);
        assertThat(made.stream().map(file -> file.getFileName().toString()))
                .as("all pictures of the guide are made here")
                .containsAll(named(Path.of("docs/GUIDE.md")));
    }

    /** The names of the pictures a text shows. */
    private static List<String> named(Path text) throws IOException {
        return Pattern.compile("!\\[[^\\]]*\\]\\(images/([^)]+)\\)")
                .matcher(Files.readString(text))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
