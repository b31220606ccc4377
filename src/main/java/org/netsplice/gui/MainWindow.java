package org.netsplice.gui;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.ReplaceLayer;
import org.netsplice.edit.Spot;
import org.netsplice.editor.Gestures;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.Recovery;
import org.netsplice.editor.Session;
import org.netsplice.editor.Shortcuts;
import org.netsplice.export.Summary;
import org.netsplice.format.Formats;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** The window: canvas in the middle, outline and palette at the left, inspector at the right, results at the bottom. */
final class MainWindow {
    private final Stage stage;
    private final Session session = new Session(javafx.application.Platform::runLater);
    private final Gestures gestures = new Gestures(session);
    private final Actions actions;
    private final CanvasView canvas;
    private final PredictTab predictions;
    private final Clipboard clipboard;
    private final Commands commands;
    private final FindBar find;
    private final TabPane tabs = new TabPane();
    private final Tab problemsTab = new Tab("Problems");
    private final ListView<Problem> problems = new ListView<>();
    private final TextArea summary = new TextArea();
    private final Banner banner;
    private final Label state = new Label();
    private final Welcome welcome;
    private final BorderPane root = new BorderPane();
    private boolean dark;

    MainWindow(Stage stage, Formats formats, RecentFiles recent, Shortcuts shortcuts, Optional<Picker> picker) {
        this.stage = stage;
        this.actions = new Actions(session, gestures, formats, recent, picker.orElse(new Picker.OfPlatform(stage)));
        this.canvas = new CanvasView(session, gestures);
        this.predictions = new PredictTab(session, actions);
        this.welcome = new Welcome(actions);
        actions.onComplaint(this::complain);
        actions.onDifferent(pairs -> new PairingView(pairs).show(stage));
        actions.onOpened(canvas::fitSoon);
        canvas.onSearch(this::search);
        canvas.onView(this::refreshState);
        this.clipboard = new Clipboard(session, actions, () -> Sharing.ask(stage));
        this.commands = new Commands(this, shortcuts);
        this.find = new FindBar(session);
        this.banner = new Banner(session, actions);
        root.setTop(new VBox(new Menus(this).bar(), new ToolRow(this)));
        root.setCenter(middle());
        root.setBottom(statusBar());
        session.onChange(this::refresh);
        Scene scene = new Scene(root, 1440, 900);
        scene.getStylesheets().add("/org/netsplice/gui/window.css");
        new Keys(this).install(scene);
        dropFiles();
        stage.setScene(scene);
        actions.onLosing(this::keepingChanges);
        stage.setOnCloseRequest(event -> {
            event.consume();
            keepingChanges(stage::close);
        });
        refresh();
    }

    Session session() {
        return session;
    }

    Gestures gestures() {
        return gestures;
    }

    Actions actions() {
        return actions;
    }

    CanvasView canvas() {
        return canvas;
    }

    Clipboard clipboard() {
        return clipboard;
    }

    Commands commands() {
        return commands;
    }

    PredictTab predictions() {
        return predictions;
    }

    Stage stage() {
        return stage;
    }

    Theme theme() {
        return dark ? Theme.DARK : Theme.LIGHT;
    }

    void setDark(boolean wanted) {
        dark = wanted;
        Themes.apply(wanted);
        canvas.setTheme(theme());
    }

    boolean isDark() {
        return dark;
    }

    private SplitPane middle() {
        SplitPane left = new SplitPane(new Outline(session), new PaletteView(canvas, gestures));
        left.setOrientation(Orientation.VERTICAL);
        left.setDividerPositions(0.42);
        left.setMinWidth(200);
        StackPane center = new StackPane(canvas, welcome, banner, find);
        StackPane.setAlignment(banner, Pos.TOP_CENTER);
        StackPane.setAlignment(find, Pos.TOP_RIGHT);
        SplitPane middle = new SplitPane(center, bottom());
        middle.setOrientation(Orientation.VERTICAL);
        middle.setDividerPositions(0.68);
        Inspector inspector = new Inspector(session, actions);
        inspector.setMinWidth(240);
        SplitPane all = new SplitPane(left, middle, inspector);
        all.setDividerPositions(0.17, 0.79);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(inspector, false);
        return all;
    }

    /** Shows what went wrong until it is closed or something else happens. */
    void complain(String text) {
        banner.complain(text);
    }

    void closeBanner() {
        banner.setVisible(false);
    }

    private TabPane bottom() {
        summary.setEditable(false);
        summary.setId("summary");
        summary.getStyleClass().add("mono");
        problems.setId("problems");
        problems.setPlaceholder(new Label("No problems."));
        problems.setCellFactory(view -> new ProblemCell());
        problems.getSelectionModel().selectedItemProperty().addListener((any, old, now) -> jump(now));
        problems.setOnMouseClicked(event -> jump(problems.getSelectionModel().getSelectedItem()));
        tabs.getTabs().addAll(new Tab("Predictions", predictions), new Tab("Summary", summary), problemsTab);
        problemsTab.setContent(problems);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setId("tabs");
        tabs.setMinHeight(210);
        tabs.getSelectionModel().selectedItemProperty().addListener((any, old, now) -> refreshSummary());
        return tabs;
    }

    private void jump(Problem problem) {
        if (problem != null && problem.where() instanceof Where.AtNode at) {
            NodeId id = new NodeId(at.node());
            session.select(java.util.Set.of(id));
            canvas.reveal(id);
        }
    }

    private HBox statusBar() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        state.setId("state");
        HBox bar = new HBox(12, state, space, actions.tasks());
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("status-row");
        return bar;
    }

    private void refresh() {
        welcome.setVisible(session.document().graph().nodes().isEmpty());
        if (welcome.isVisible()) {
            welcome.refresh();
        }
        String mark = session.dirty() ? "*" : "";
        String file = session.file().map(path -> " – " + path.getFileName()).orElse("");
        stage.setTitle(session.document().name() + mark + file + " – NetSplice");
        List<Problem> present = session.report().problems();
        if (!List.copyOf(problems.getItems()).equals(present)) {
            problems.getItems().setAll(present);
        }
        long errors = present.stream().filter(Actions::isError).count();
        problemsTab.setText(session.document().graph().nodes().isEmpty() ? "Problems" : "Problems " + present.size());
        problemsTab.setStyle(errors > 0 ? "-fx-text-base-color: #cf222e;" : "");
        banner.refresh();
        refreshState();
        refreshSummary();
    }

    private void refreshState() {
        var graph = session.document().graph();
        long errors =
                session.report().problems().stream().filter(Actions::isError).count();
        String ready = graph.nodes().isEmpty()
                ? "Open a model to begin"
                : errors == 0 ? "ready to compile" : errors + (errors == 1 ? " problem" : " problems");
        state.setText(
                graph.nodes().isEmpty()
                        ? ready
                        : String.format(
                                Locale.ROOT,
                                "%.0f %%   ·   %d layers   ·   %,d parameters   ·   %d %s   ·   %s",
                                canvas.scale() * 100,
                                graph.nodes().size(),
                                session.report().counts().parameters(),
                                graph.outputs().size(),
                                graph.outputs().size() == 1 ? "output" : "outputs",
                                ready));
    }

    /** The summary is made only while it is seen. */
    private void refreshSummary() {
        Tab selected = tabs.getSelectionModel().getSelectedItem();
        if (selected != null && selected.getContent() == summary) {
            summary.setText(new Summary(session.report(), session.document().name(), new Summary.Options(true, true, 0))
                    .in("text"));
        }
    }

    /** Asks for a layer at a place and adds it, behind a port if there is one. */
    private void search(Optional<Port> port, Point at) {
        SearchPopup.of(
                        session,
                        port,
                        kind -> gestures.add(
                                        kind.standard(),
                                        port.map(List::of).orElse(List.of()),
                                        Optional.of(new Spot(at.x() - 80, at.y())))
                                .ifPresent(problem -> complain(Tasks.sentence(problem))))
                .show(stage, canvas.onScreen(at));
    }

    void searchAtPointer() {
        search(Optional.empty(), canvas.pointerInScene());
    }

    /** Asks what the selected layer shall become. */
    void replaceSelected() {
        NodeId id = session.selection().iterator().next();
        SearchPopup.of(session, Optional.empty(), kind -> actions.apply(new ReplaceLayer(id, kind.standard())))
                .show(stage, canvas.onScreen(canvas.pointerInScene()));
    }

    void find() {
        find.open();
    }

    void endFind() {
        find.close();
    }

    void showCommands() {
        Point2D corner = root.localToScreen(root.getWidth() / 2 - 230, 90);
        CommandsPopup.of(commands).show(stage, corner);
    }

    void showShortcuts() {
        new ShortcutsView(commands).show(stage);
    }

    private void dropFiles() {
        root.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
        });
        root.addEventHandler(DragEvent.DRAG_DROPPED, event -> {
            if (event.getDragboard().hasFiles()) {
                actions.open(event.getDragboard().getFiles().stream()
                        .map(java.io.File::toPath)
                        .toList());
                event.setDropCompleted(true);
            }
        });
    }

    /** Compiles and tells how it went; problems are shown in their tab. */
    void compile() {
        if (!session.report().runnable()) {
            tabs.getSelectionModel().select(problemsTab);
        }
        long start = System.nanoTime();
        actions.compile(network -> complainNot(String.format(
                Locale.ROOT,
                "Compiled %d vertices in %.1f s.",
                network.vertexCount(),
                (System.nanoTime() - start) / 1e9)));
    }

    private void complainNot(String good) {
        banner.setVisible(false);
        state.setText(good);
    }

    void predict() {
        tabs.getSelectionModel().select(0);
        predictions.predict();
    }

    /** Keeps copies of unsaved changes from now on, and offers those that were left behind. */
    void keepCopies(Recovery recovery) {
        session.onChange(() -> recovery.keep(session));
        actions.onRecovered(left -> {
            recovery.keep(session);
            recovery.afterWriting(left::discard);
        });
        stage.setOnHidden(event -> recovery.close());
        List<Recovery.Left> left = recovery.left();
        if (!left.isEmpty()) {
            RecoveryView.offer(stage, left, actions);
        }
    }

    void open(List<Path> files) {
        actions.open(files);
    }

    /** Does something that would lose changes, after asking if there are any. */
    private void keepingChanges(Runnable losing) {
        if (!session.dirty() || session.document().graph().nodes().isEmpty()) {
            losing.run();
        } else {
            Unsaved.ask(stage, actions, losing);
        }
    }
}
