package org.netsplice.gui.figure;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javafx.event.ActionEvent;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import org.netsplice.edit.Document;
import org.netsplice.editor.figure.FigureChoices;
import org.netsplice.editor.figure.FigureDrawing;
import org.netsplice.editor.figure.FigureSource;
import org.netsplice.editor.session.Session;
import org.netsplice.export.FigureFormat;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Picture;
import org.netsplice.export.Pictures;
import org.netsplice.export.Raster;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.widget.Picker;
import org.netsplice.gui.widget.Tasks;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;

/** Exports pictures of a document: by a dialog with a preview, and to the clipboard. */
public final class ExportView {
    private static final double WIDTH = 980;
    private static final double HEIGHT = 640;
    private static final double LEAST_WIDTH = 600;
    private static final double LEAST_HEIGHT = 300;
    /** A style, because the theme lets no dialog be wider than 600 pixels. */
    private static final String WIDE = "-fx-max-width: 100000px;";

    private final Workbench workbench;
    private final FigureChoices choices;

    public ExportView(Workbench workbench, FigureChoices choices) {
        this.workbench = workbench;
        this.choices = choices;
    }

    /** What was chosen last; before that what the window shows. */
    private FigureOptions last() {
        Session session = workbench.session();
        FigureOptions usual = FigureOptions.WINDOW.with(
                session.detail().direction(),
                session.detail().splines(),
                session.detail().figure() ? FigureOptions.Look.FIGURE : FigureOptions.Look.LIGHT);
        return choices.last(usual);
    }

    /** Copies the picture as it was chosen last. */
    public void copy() {
        FigureOptions options = last();
        Document document = workbench.session().document();
        Set<NodeId> selection = workbench.session().selection();
        workbench.run(
                "Drawing the picture",
                Lane.FILES,
                progress -> Raster.of(FigureDrawing.draw(document, selection, options, progress)),
                raster -> workbench.announce(PictureClipboard.put(raster)));
    }

    /** Opens the dialog. */
    public void show() {
        new Open(workbench, choices, last()).show();
    }

    /** The dialog while it is open. */
    private static final class Open {
        private final Workbench workbench;
        private final FigureChoices choices;
        private final String name;
        private final FigureSource source;
        private final FigureForm form;
        private final FigurePreview preview;
        private final Label message = new Label();
        private final Tasks tasks = new Tasks(problem -> say(Sentences.of(problem), true));
        private final Dialog<ButtonType> dialog = new Dialog<>();
        /** What the preview draws. */
        private volatile FigureOptions chosen = FigureOptions.WINDOW;

        Open(Workbench workbench, FigureChoices choices, FigureOptions first) {
            this.workbench = workbench;
            this.choices = choices;
            Set<NodeId> selection = workbench.session().selection();
            name = workbench.session().document().name();
            source = new FigureSource(workbench.session().document(), selection);
            form = new FigureForm(first, !selection.isEmpty(), this::changed);
            preview = new FigurePreview(form::value, this::drawn);
        }

        /** The picture as it is chosen; called in the background. */
        private Picture drawn(Progress progress) {
            return source.draw(chosen, progress);
        }

        private void changed() {
            chosen = form.value();
            preview.drawSoon();
        }

        private void say(String text, boolean wrong) {
            message.setText(text);
            message.getStyleClass().setAll("label", wrong ? "problem" : "muted");
        }

        void show() {
            chosen = form.value();
            ScrollPane switches = new ScrollPane(form.view());
            switches.setId("figure-switches");
            switches.setFitToWidth(true);
            switches.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
            switches.setMinWidth(Region.USE_PREF_SIZE);
            switches.setMinHeight(80);
            ((Region) form.view()).setPadding(new Insets(0, 16, 0, 2));
            HBox.setHgrow(preview.view(), Priority.ALWAYS);
            HBox middle = new HBox(12, switches, preview.view());
            VBox.setVgrow(middle, Priority.ALWAYS);
            message.setId("figure-message");
            message.setWrapText(true);
            message.setMinHeight(Region.USE_PREF_SIZE);
            message.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(message, Priority.ALWAYS);
            HBox below = new HBox(12, message, tasks);
            below.setAlignment(Pos.CENTER_LEFT);
            below.managedProperty().bind(message.textProperty().isNotEmpty().or(tasks.visibleProperty()));
            VBox content = new VBox(8, middle, below);
            content.setPadding(new Insets(12));
            Rectangle2D screen = Screen.getPrimary().getVisualBounds();
            DialogPane pane = dialog.getDialogPane();
            pane.setContent(content);
            pane.setStyle(WIDE);
            pane.setPrefSize(Math.min(WIDTH, screen.getWidth() - 40), Math.min(HEIGHT, screen.getHeight() - 60));
            pane.setMinSize(LEAST_WIDTH, LEAST_HEIGHT);
            button("Save…", ButtonBar.ButtonData.OK_DONE, "figure-save", this::save);
            button("Copy", ButtonBar.ButtonData.LEFT, "figure-copy", this::copy);
            pane.getButtonTypes().add(ButtonType.CLOSE);
            dialog.setTitle("Export picture");
            dialog.initOwner(workbench.owner());
            dialog.setResizable(true);
            dialog.setOnShown(event -> preview.draw());
            dialog.setOnHidden(event -> {
                preview.close();
                choices.remember(form.value());
            });
            dialog.show();
        }

        /** Adds a button that leaves the dialog open. */
        private void button(String title, ButtonBar.ButtonData place, String id, Runnable action) {
            ButtonType type = new ButtonType(title, place);
            dialog.getDialogPane().getButtonTypes().add(type);
            Node button = dialog.getDialogPane().lookupButton(type);
            button.setId(id);
            button.addEventFilter(ActionEvent.ACTION, event -> {
                event.consume();
                action.run();
            });
        }

        private void copy() {
            FigureOptions options = form.value();
            tasks.run(
                    "Drawing the picture",
                    Lane.FILES,
                    progress -> Raster.of(source.draw(options, progress)),
                    raster -> say(PictureClipboard.put(raster), false));
        }

        private void save() {
            FigureOptions options = form.value();
            FigureFormat format = options.format();
            workbench
                    .picker()
                    .save(
                            "Export picture",
                            name + "." + format.extension(),
                            Picker.Kind.of(format.title(), "*." + format.extension()))
                    .ifPresent(path -> write(options, named(path, format)));
        }

        /** A name without the end of the format gets it. */
        private static Path named(Path path, FigureFormat format) {
            String name = String.valueOf(path.getFileName());
            return name.toLowerCase(Locale.ROOT).endsWith("." + format.extension())
                    ? path
                    : path.resolveSibling(name + "." + format.extension());
        }

        private void write(FigureOptions options, Path path) {
            say("", false);
            tasks.run(
                    "Drawing " + path.getFileName(),
                    Lane.FILES,
                    progress -> {
                        Pictures.write(source.draw(options, progress.part(0, 0.3)), path, progress.part(0.3, 1));
                        return path;
                    },
                    written -> {
                        dialog.close();
                        workbench.announce(written.getFileName() + " is written.");
                    });
        }
    }
}
