package org.netsplice.gui.window;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.editor.Samples;
import org.netsplice.gui.command.FileActions;

/** What an empty document shows: ways to begin. */
final class Welcome extends ScrollPane {
    private static final double BORDER = 1;

    private final VBox content = new VBox(10);
    private final VBox recent = new VBox(10);
    private final FileActions actions;

    Welcome(FileActions actions) {
        this.actions = actions;
        setId("welcome");
        setContent(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMaxHeight(Region.USE_PREF_SIZE);
        prefHeightProperty().bind(content.heightProperty().add(2 * BORDER));
        content.setPadding(new Insets(24));
        content.setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("plain-scroll", "welcome");
        Label title = new Label("Merge trained networks");
        title.getStyleClass().add("title-2");
        Label text = new Label("Open two models, drag a merge layer onto their outputs, and predict. "
                + "Drop files here, or start with a sample.");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        Button open = new Button("Open models…");
        open.getStyleClass().add("accent");
        open.setOnAction(event -> actions.open());
        content.getChildren().addAll(title, text, open, new Label("Samples"));
        Samples[] samples = new Samples[1];
        sample(
                "sample-tutorial",
                "Two models to concatenate (tutorial 1)",
                () -> bundled(samples).tutorial());
        sample(
                "sample-ensemble",
                "Two models of one architecture to average (tutorial 2)",
                () -> bundled(samples).ensemble());
        sample(
                "sample-digits",
                "Two trained classifiers of digits",
                () -> bundled(samples).digits());
        content.getChildren().add(recent);
        refresh();
    }

    private static Samples bundled(Samples[] kept) {
        if (kept[0] == null) {
            kept[0] = Samples.bundled();
        }
        return kept[0];
    }

    private void sample(String id, String text, java.util.function.Supplier<List<Path>> files) {
        Hyperlink link = new Hyperlink(text);
        link.setId(id);
        link.setOnAction(event -> actions.openSamples(files.get()));
        content.getChildren().add(link);
    }

    /** Shows or hides the welcome, with the present recent files. */
    void showIf(boolean wanted) {
        setVisible(wanted);
        if (wanted) {
            refresh();
        }
    }

    private void refresh() {
        recent.getChildren().clear();
        List<Path> files = actions.recent().list();
        if (!files.isEmpty()) {
            recent.getChildren().add(new Label("Recent"));
        }
        for (Path path : files.stream().limit(5).toList()) {
            Hyperlink link = new Hyperlink(
                    path.getFileName() + "   in " + path.getParent().getFileName());
            link.setMnemonicParsing(false);
            link.setTooltip(new javafx.scene.control.Tooltip(path.toString()));
            link.setOnAction(event -> actions.open(List.of(path)));
            recent.getChildren().add(link);
        }
    }
}
