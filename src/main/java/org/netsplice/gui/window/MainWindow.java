package org.netsplice.gui.window;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import org.netsplice.editor.LastFolders;
import org.netsplice.editor.Preferences;
import org.netsplice.editor.Settings;
import org.netsplice.editor.session.Recovery;
import org.netsplice.format.Formats;
import org.netsplice.gui.command.Clipboard;
import org.netsplice.gui.command.Frame;
import org.netsplice.gui.command.Option;
import org.netsplice.gui.result.DataDrop;
import org.netsplice.gui.widget.Appearance;
import org.netsplice.gui.widget.Picker;
import org.netsplice.work.FileWatch;

/** The window: the menu and tools of the chosen document, and below them the documents in tabs, with shared settings. */
final class MainWindow implements Frame {
    /** The usual size of text on platforms, in pixels. */
    private static final double USUAL_TEXT = 13;

    private final Stage stage;
    private final Formats formats;
    private final Preferences preferences;
    private final Optional<Picker> picker;
    private final Clipboard.Content clipboard = new Clipboard.Content();
    private final Optional<FileWatch> fileWatch = fileWatch(Platform::runLater);
    private final WindowPlace place;
    private final TabPane tabs = new TabPane();
    private final BorderPane root = new BorderPane(tabs);
    private final List<DocumentView> views = new ArrayList<>();
    private Supplier<Optional<Recovery>> copies = Optional::empty;
    private Appearance appearance;
    private double scale;
    private Optional<DocumentView> shown = Optional.empty();

    MainWindow(Stage stage, Formats formats, Preferences preferences, Optional<Picker> picker) {
        this.stage = stage;
        this.formats = formats;
        this.preferences = preferences;
        this.picker = picker;
        place = new WindowPlace(stage, preferences.settings());
        Settings settings = preferences.settings();
        appearance = Appearance.named(settings.text("appearance").orElse(""));
        scale = settings.number("interface-scale", 1, 2, ofReader());
        Appearance.install();
        appearance.apply(scale);
        tabs.setId("documents");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.getSelectionModel().selectedItemProperty().addListener((any, old, now) -> showSelected());
        add();
        Scene scene = place.scene(root);
        Appearance.dress(scene);
        new Keys(this::current).install(scene);
        dropFiles(scene);
        stage.setScene(scene);
        stage.setOnCloseRequest(event -> {
            event.consume();
            quit();
        });
    }

    /** Empty where the system cannot watch files. */
    private static Optional<FileWatch> fileWatch(Executor home) {
        try {
            return Optional.of(FileWatch.start(home));
        } catch (IOException problem) {
            System.getLogger(MainWindow.class.getName())
                    .log(System.Logger.Level.WARNING, "files are not watched", problem);
            return Optional.empty();
        }
    }

    Optional<FileWatch> fileWatch() {
        return fileWatch;
    }

    /** The scale at which texts are as large as the reader has them elsewhere. */
    private static double ofReader() {
        return Math.max(1, Math.min(2, Font.getDefault().getSize() / USUAL_TEXT));
    }

    Stage stage() {
        return stage;
    }

    /** Opens the window where it was the last time. */
    void show() {
        place.show();
    }

    Preferences preferences() {
        return preferences;
    }

    Clipboard.Content clipboard() {
        return clipboard;
    }

    Appearance appearance() {
        return appearance;
    }

    @Override
    public double scale() {
        return scale;
    }

    @Override
    public void setAppearance(Appearance wanted) {
        appearance = wanted;
        preferences.settings().put("appearance", wanted.name().toLowerCase(Locale.ROOT));
        updateLook();
    }

    @Override
    public void setScale(double wanted) {
        scale = wanted;
        preferences.settings().put("interface-scale", wanted);
        updateLook();
    }

    @Override
    public boolean isOn(Option option) {
        return preferences.settings().flag(option.key(), option.usual());
    }

    @Override
    public void toggle(Option option) {
        preferences.settings().put(option.key(), !isOn(option));
        updateLook();
    }

    /** Turns an option on, if it is off. */
    void turnOn(Option option) {
        if (!isOn(option)) {
            toggle(option);
        }
    }

    @Override
    public void resetLayout() {
        for (Option option : Option.values()) {
            if (option.isPanel()) {
                preferences.settings().put(option.key(), option.usual());
            }
        }
        updateLook();
        views.forEach(view -> view.panels().reset());
    }

    @Override
    public boolean hidesWarnings() {
        return !preferences.hiddenWarnings().none();
    }

    @Override
    public void showWarnings() {
        preferences.hiddenWarnings().clear();
        views.forEach(view -> view.session().select(view.session().selection()));
    }

    private void updateLook() {
        appearance.apply(scale);
        views.forEach(DocumentView::updateLook);
    }

    /** The document whose tab is chosen. */
    DocumentView current() {
        int index = tabs.getSelectionModel().getSelectedIndex();
        return views.get(Math.max(0, Math.min(index, views.size() - 1)));
    }

    List<DocumentView> views() {
        return List.copyOf(views);
    }

    /** Opens an empty document in a new tab. */
    DocumentView add() {
        DocumentView view = new DocumentView(
                this, formats, picker.orElse(new Picker.OfPlatform(stage, new LastFolders(preferences.settings()))));
        Tab tab = new Tab("", view.root());
        tab.setOnCloseRequest(event -> {
            event.consume();
            close(view);
        });
        tabs.getTabs().add(tab);
        views.add(view);
        view.session().onChange(this::showTitles);
        copies.get().ifPresent(view::keepCopies);
        tabs.getSelectionModel().select(tab);
        showSelected();
        focusDiagram();
        return view;
    }

    /** The current view while its document is untouched, else a new view. */
    DocumentView untouched() {
        return current().isUntouched() ? current() : add();
    }

    /** Closes a document after asking for its unsaved changes; with the last one goes the window. */
    void close(DocumentView view) {
        if (views.size() == 1) {
            quit();
            return;
        }
        select(view);
        view.keepingChanges(() -> {
            int index = views.indexOf(view);
            views.remove(index);
            tabs.getTabs().remove(index);
            view.closed();
            showSelected();
            focusDiagram();
        });
    }

    void select(DocumentView view) {
        tabs.getSelectionModel().select(views.indexOf(view));
    }

    @Override
    public void newDocument() {
        add();
    }

    @Override
    public int documentCount() {
        return views.size();
    }

    @Override
    public void step(int by) {
        tabs.getSelectionModel().select(Math.floorMod(tabs.getSelectionModel().getSelectedIndex() + by, views.size()));
        focusDiagram();
    }

    @Override
    public void quit() {
        quit(0);
    }

    private void quit(int from) {
        if (from < views.size()) {
            DocumentView view = views.get(from);
            if (view.hasUnsaved()) {
                select(view);
            }
            view.keepingChanges(() -> quit(from + 1));
            return;
        }
        place.remember();
        current().panels().remember();
        views.forEach(DocumentView::closed);
        fileWatch.ifPresent(FileWatch::close);
        stage.close();
    }

    private void showTitles() {
        for (int i = 0; i < views.size(); i++) {
            tabs.getTabs().get(i).setText(views.get(i).title());
        }
        if (!views.isEmpty()) {
            stage.setTitle(current().longTitle() + " – NetSplice");
        }
    }

    /** Shows the menu and tools of the selected document, and gives its panels the sizes of the one before. */
    private void showSelected() {
        if (!views.isEmpty()) {
            DocumentView now = current();
            root.setTop(now.head());
            shown.filter(before -> before != now)
                    .ifPresent(before -> now.panels().follow(before.panels()));
            shown = Optional.of(now);
        }
        showTitles();
    }

    /** Takes the focus to the diagram as soon as it is seen, which is with the next frame. */
    private void focusDiagram() {
        Scene scene = stage.getScene();
        if (scene == null) {
            return;
        }
        Runnable[] seen = new Runnable[1];
        seen[0] = () -> {
            scene.removePostLayoutPulseListener(seen[0]);
            Platform.runLater(() -> current().canvas().requestFocus());
        };
        scene.addPostLayoutPulseListener(seen[0]);
        Platform.requestNextPulse();
    }

    private void dropFiles(Scene scene) {
        scene.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
        });
        scene.addEventHandler(DragEvent.DRAG_DROPPED, event -> {
            if (event.getDragboard().hasFiles()) {
                open(event.getDragboard().getFiles().stream()
                        .map(java.io.File::toPath)
                        .toList());
                event.setDropCompleted(true);
            }
        });
    }

    /** Begins to keep copies of unsaved changes, and offers copies that an earlier run left behind. */
    void keepCopies(Supplier<Optional<Recovery>> recovery) {
        copies = recovery;
        views.forEach(view -> recovery.get().ifPresent(view::keepCopies));
        current()
                .recovery()
                .map(Recovery::left)
                .filter(left -> !left.isEmpty())
                .ifPresent(left -> RecoveryView.offer(stage, left, this));
    }

    /** Opens models that another start of the program brought, as a document of their own, and comes to the front. */
    void arrive(List<Path> models) {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
        if (!models.isEmpty()) {
            untouched().files().open(models);
        }
    }

    /** Opens models, and gives data files to the inputs of the present document. */
    void open(List<Path> files) {
        boolean empty = current().session().document().graph().inputs().isEmpty();
        List<Path> data =
                files.stream().filter(file -> !empty && DataDrop.isData(file)).toList();
        current()
                .files()
                .open(files.stream().filter(file -> !data.contains(file)).toList());
        if (!data.isEmpty()) {
            turnOn(Option.RESULTS);
            current().predictions().take(data);
        }
    }
}
