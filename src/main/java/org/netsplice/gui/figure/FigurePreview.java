package org.netsplice.gui.figure;

import java.util.Locale;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.netsplice.export.FigureFormat;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Picture;
import org.netsplice.export.Raster;
import org.netsplice.gui.Sentences;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Lane;
import org.netsplice.work.Work;

/** Shows what a picture will look like, and how large it will be. Draws in the background; what is outdated is not shown. */
final class FigurePreview {
    /** Drawing is told of when it takes longer. */
    private static final Duration SOON = Duration.millis(300);
    /** Choices that follow each other faster than this are drawn once. */
    private static final Duration QUIET = Duration.millis(120);
    /** The longest side that is shown in actual size, in pixels. */
    private static final int MAX_PIXELS = 8000;

    private final Supplier<FigureOptions> options;
    private final Work<Picture> source;
    private final ImageView image = new ImageView();
    private final StackPane ground = new StackPane(image);
    private final ScrollPane scroll = new ScrollPane(ground);
    private final Label facts = new Label();
    private final ToggleButton actual = new ToggleButton("Actual size");
    private final VBox view;
    private final PauseTransition slow = new PauseTransition(SOON);
    private final PauseTransition quiet = new PauseTransition(QUIET);
    private Runnable stop = () -> {};

    /** What was drawn, and what can be said about it. */
    private record Shown(Raster raster, String facts) {}

    /** Draws pictures of a source, which is asked in the background. */
    FigurePreview(Supplier<FigureOptions> options, Work<Picture> source) {
        this.options = options;
        this.source = source;
        facts.setId("figure-facts");
        facts.setWrapText(true);
        facts.setMinHeight(Region.USE_PREF_SIZE);
        facts.getStyleClass().add("muted");
        facts.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(facts, Priority.ALWAYS);
        actual.setId("figure-actual");
        actual.setMinWidth(Region.USE_PREF_SIZE);
        actual.selectedProperty().addListener((any, was, is) -> draw());
        image.setId("figure-preview");
        image.setPreserveRatio(true);
        ground.getStyleClass().add("figure-ground");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setMinSize(160, 120);
        scroll.setPannable(true);
        scroll.setAccessibleText("Preview of the picture");
        scroll.viewportBoundsProperty().addListener((any, was, is) -> {
            if (was.getWidth() != is.getWidth() || was.getHeight() != is.getHeight()) {
                drawUnlessActual();
            }
        });
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox below = new HBox(8, facts, actual);
        below.setAlignment(Pos.CENTER_LEFT);
        view = new VBox(8, scroll, below);
        slow.setOnFinished(event -> facts.setText("Drawing…"));
        quiet.setOnFinished(event -> draw());
    }

    /** What shows the picture. */
    Region view() {
        return view;
    }

    private void drawUnlessActual() {
        if (!actual.isSelected()) {
            draw();
        }
    }

    /** Draws the picture that is chosen, as soon as nothing else is chosen for a moment. */
    void drawSoon() {
        stop.run();
        quiet.playFromStart();
    }

    /** Draws the picture that is chosen now. */
    void draw() {
        double density = view.getScene() == null || view.getScene().getWindow() == null
                ? 1
                : view.getScene().getWindow().getRenderScaleX();
        int width = (int) Math.max(1, (scroll.getViewportBounds().getWidth() - 8) * density);
        int height = (int) Math.max(1, (scroll.getViewportBounds().getHeight() - 8) * density);
        boolean whole = !actual.isSelected();
        stop.run();
        slow.playFromStart();
        stop = Lane.FILES.start(
                progress -> {
                    Picture picture = source.run(progress);
                    Raster raster = whole
                            ? Raster.within(picture, width, height, 2 * density)
                            : Raster.within(picture, MAX_PIXELS, MAX_PIXELS, density);
                    return new Shown(raster, facts(picture));
                },
                Platform::runLater,
                new Lane.Outcome<>() {
                    @Override
                    public void progress(double fraction, String what) {}

                    @Override
                    public void done(Shown shown) {
                        slow.stop();
                        show(shown, density);
                    }

                    @Override
                    public void failed(Throwable problem) {
                        slow.stop();
                        image.setImage(null);
                        facts.setText(Sentences.of(problem));
                    }

                    @Override
                    public void stopped() {}
                });
    }

    private void show(Shown shown, double density) {
        image.setImage(PictureClipboard.image(shown.raster()));
        image.setFitWidth(shown.raster().width() / density);
        facts.setText(shown.facts());
    }

    /** Ends what is being drawn. */
    void close() {
        slow.stop();
        quiet.stop();
        stop.run();
    }

    /** The size in the units of the format. */
    private String facts(Picture picture) {
        int boxes = picture.scene().boxes().size();
        String count = boxes + (boxes == 1 ? " box" : " boxes");
        FigureFormat format = options.get().format();
        if (format == FigureFormat.DOT) {
            return count + "; Graphviz arranges them itself";
        }
        if (format.pixels()) {
            try {
                Picture.Size size = picture.size("");
                return String.format(Locale.ROOT, "%d × %d pixels, %s", size.width(), size.height(), count);
            } catch (ModelException.CannotExport large) {
                return Sentences.withoutPlace(large.problem());
            }
        }
        double centimetres = 2.54 / 96;
        return String.format(
                Locale.ROOT,
                "%.1f × %.1f cm, %s",
                picture.page().width() * centimetres,
                picture.page().height() * centimetres,
                count);
    }
}
