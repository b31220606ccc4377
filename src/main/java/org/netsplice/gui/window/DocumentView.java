package org.netsplice.gui.window;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.editor.RecentFiles;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.session.Recovery;
import org.netsplice.editor.session.Session;
import org.netsplice.format.Formats;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.canvas.Breadcrumb;
import org.netsplice.gui.canvas.CanvasView;
import org.netsplice.gui.canvas.FindBar;
import org.netsplice.gui.canvas.LegendView;
import org.netsplice.gui.canvas.Minimap;
import org.netsplice.gui.canvas.Outline;
import org.netsplice.gui.canvas.PaletteView;
import org.netsplice.gui.command.Clipboard;
import org.netsplice.gui.command.Commands;
import org.netsplice.gui.command.FileActions;
import org.netsplice.gui.command.Menus;
import org.netsplice.gui.command.Merging;
import org.netsplice.gui.command.Option;
import org.netsplice.gui.command.Sharing;
import org.netsplice.gui.form.Inspector;
import org.netsplice.gui.form.LayerWeights;
import org.netsplice.gui.form.NetworkFiles;
import org.netsplice.gui.inside.ValuesTab;
import org.netsplice.gui.result.Compiling;
import org.netsplice.gui.result.PredictTab;
import org.netsplice.gui.result.ResultTabs;
import org.netsplice.gui.result.Running;
import org.netsplice.gui.score.BestCoefficients;
import org.netsplice.gui.score.ScoreTab;
import org.netsplice.gui.score.TrainTab;
import org.netsplice.gui.widget.Picker;
import org.netsplice.gui.widget.Tasks;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.work.Lane;
import org.netsplice.work.Work;

/** One document in the window: canvas in the middle, outline and palette at the left, inspector at the right, results at the bottom. */
final class DocumentView implements Workbench {
    private final MainWindow host;
    private final Picker picker;
    private final Session session = new Session(javafx.application.Platform::runLater);
    private final Gestures gestures = new Gestures(session);
    private final Tasks tasks = new Tasks(failure -> complain(Sentences.of(failure)));
    private final FileActions files;
    private final CanvasView canvas;
    private final Minimap minimap;
    private final LegendView legend;
    private final Compiling compiling;
    private final PredictTab predictions;
    private final ScoreTab scores;
    private final Clipboard clipboard;
    private final Merging merging;
    private final LayerWeights weights;
    private final Inspector inspector;
    private final Commands commands;
    private final FindBar find;
    private final ResultTabs results;
    private final Banner banner;
    private final ChangedFiles changedFiles;
    private final DoubleProperty unit = new SimpleDoubleProperty(1);
    private final Label state = new Label();
    private final Welcome welcome;
    private final BorderPane root = new BorderPane();
    private final VBox head;
    private final Panels panels;
    private final PanelButtons panelButtons;
    private Optional<Recovery> recovery = Optional.empty();

    DocumentView(MainWindow host, Formats formats, Picker picker) {
        this.host = host;
        this.picker = picker;
        RecentFiles recent = host.preferences().recent();
        NetworkFiles networks = new NetworkFiles(this, formats, recent);
        this.canvas = new CanvasView(session, gestures);
        this.files = new FileActions(this, formats, recent, networks, new OpenedFiles(host, this));
        this.minimap = new Minimap(session, canvas);
        this.legend = new LegendView(session, canvas);
        this.compiling = new Compiling(this, host.preferences().settings());
        this.predictions = new PredictTab(this, compiling, host.preferences().data());
        this.results = new ResultTabs(this, predictions, canvas::reveal, () -> host.turnOn(Option.RESULTS));
        this.scores = new ScoreTab(this, predictions);
        scores.onTargets(this::rememberTargets);
        results.add("Scoreboard", "Score", scores);
        results.add("Train", "Train", new TrainTab(this, scores));
        new ValuesTab(this, predictions).addTo(results);
        this.welcome = new Welcome(files);
        this.clipboard = new Clipboard(this, host.clipboard(), () -> Sharing.ask(owner()));
        this.merging = new Merging(this, gestures);
        this.weights = new LayerWeights(this, formats);
        this.find = new FindBar(session);
        this.banner = new Banner(this);
        this.changedFiles = new ChangedFiles(session, networks, files, host.fileWatch());
        this.inspector = inspector(networks);
        Commands.Parts parts = new Commands.Parts(
                host,
                gestures,
                canvas,
                find,
                files,
                networks,
                weights,
                clipboard,
                host.preferences().settings(),
                merging,
                new Running(this, compiling, results, predictions),
                this::goTo,
                () -> host.close(this));
        this.commands = Commands.of(this, parts, host.preferences().shortcuts());
        this.head = new VBox(new Menus(commands, files).bar(), new ToolRow(session, commands));
        this.panels = panelsAround(center());
        this.panelButtons = new PanelButtons(commands, host);
        root.setCenter(panels);
        root.setBottom(statusBar());
        canvas.onView(this::refreshState);
        session.onChange(this::refresh);
        updateLook();
        refresh();
    }

    private Inspector inspector(NetworkFiles networks) {
        var coefficients = new BestCoefficients(this, scores, () -> results.show(scores));
        var actions = new Inspector.Actions(merging::mergeSelected, coefficients::find);
        return new Inspector(this, weights, networks, actions);
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Stage owner() {
        return host.stage();
    }

    @Override
    public Picker picker() {
        return picker;
    }

    @Override
    public Theme theme() {
        return host.appearance().theme();
    }

    @Override
    public void complain(String text) {
        banner.complain(text);
    }

    @Override
    public void clearComplaint() {
        banner.setVisible(false);
    }

    @Override
    public boolean shows(Problem problem) {
        return !host.preferences().hiddenWarnings().hides(problem);
    }

    @Override
    public void hide(Problem warning) {
        host.preferences().hiddenWarnings().hide(warning);
        session.select(session.selection());
    }

    @Override
    public void announce(String text) {
        clearComplaint();
        state.setText(text);
    }

    @Override
    public <T> void run(String title, Lane lane, Work<T> work, Consumer<T> then) {
        tasks.run(title, lane, work, result -> {
            clearComplaint();
            then.accept(result);
        });
    }

    Gestures gestures() {
        return gestures;
    }

    FileActions files() {
        return files;
    }

    Compiling compiling() {
        return compiling;
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

    ScoreTab scores() {
        return scores;
    }

    ChangedFiles changedFiles() {
        return changedFiles;
    }

    private void rememberTargets(Path file) {
        predictions.models().forEach(model -> host.preferences().targets().remember(model, List.of(file)));
    }

    /** Whether slow work is running for this document. */
    boolean busy() {
        return tasks.busy();
    }

    /** The menu and tools of the document, for the top of the window. */
    Parent head() {
        return head;
    }

    /** The panels around the canvas, and the row of the state. */
    Parent root() {
        return root;
    }

    /** Shows the colours, the scale and the options of the window as they are now. */
    void updateLook() {
        canvas.setTheme(theme());
        canvas.setUnit(host.scale());
        unit.set(host.scale());
        canvas.pointer().setWheelZooms(host.isOn(Option.WHEEL_ZOOMS));
        canvas.pointer().setDragPans(host.isOn(Option.DRAG_PANS));
        canvas.setAnimated(host.isOn(Option.ANIMATE));
        minimap.setWanted(host.isOn(Option.MINIMAP));
        panels.show(host.isOn(Option.LEFT_PANEL), host.isOn(Option.RESULTS), host.isOn(Option.INSPECTOR));
        panelButtons.refresh();
        legend.setWanted(host.isOn(Option.LEGEND));
    }

    /** Whether nothing was opened or done here yet. */
    boolean isUntouched() {
        return session.document().equals(Document.EMPTY) && session.file().isEmpty();
    }

    /** The name of the document, with a mark for unsaved changes. */
    String title() {
        return Printable.name(session.document().name()) + (session.dirty() ? "*" : "");
    }

    /** The name of the document and its file. */
    String longTitle() {
        return title() + session.file().map(path -> " – " + path.getFileName()).orElse("");
    }

    private Panels panelsAround(StackPane center) {
        Panels made = new Panels(
                host.preferences().settings(),
                new Outline(session),
                new PaletteView(canvas, gestures),
                center,
                results,
                inspector);
        made.left()
                .minWidthProperty()
                .bind(Bindings.min(unit.multiply(180), root.widthProperty().multiply(0.24)));
        made.middle().minWidthProperty().bind(unit.multiply(290));
        inspector
                .minWidthProperty()
                .bind(Bindings.min(unit.multiply(220), root.widthProperty().multiply(0.29)));
        results.minHeightProperty().bind(unit.multiply(150).add(60));
        return made;
    }

    private StackPane center() {
        Breadcrumb breadcrumb = new Breadcrumb(session);
        StackPane center = new StackPane(canvas, minimap, legend, breadcrumb, welcome, banner, changedFiles, find);
        StackPane.setAlignment(minimap, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(minimap, new Insets(8));
        StackPane.setAlignment(breadcrumb, Pos.TOP_LEFT);
        StackPane.setMargin(breadcrumb, new Insets(8));
        StackPane.setAlignment(banner, Pos.TOP_CENTER);
        StackPane.setAlignment(changedFiles, Pos.BOTTOM_CENTER);
        StackPane.setAlignment(find, Pos.TOP_RIGHT);
        return center;
    }

    private HBox statusBar() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        state.setId("state");
        HBox bar = new HBox(12, state, space, tasks, panelButtons.view());
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("status-row");
        return bar;
    }

    private void refresh() {
        welcome.showIf(session.document().graph().nodes().isEmpty());
        banner.refresh();
        changedFiles.refresh();
        refreshState();
        results.refresh();
    }

    private void refreshState() {
        state.setText(StateText.of(session, canvas.viewport().zoom()));
    }

    /** Moves the focus to a part of the window; of a part with several controls to the first. */
    void goTo(String id) {
        Panels.panelOf(id).ifPresent(host::turnOn);
        panels.selectTabOf(id);
        Panels.focus(root.lookup("#" + id));
    }

    void endFind() {
        find.close();
    }

    /** Begins to keep copies of unsaved changes. */
    void keepCopies(Recovery keeper) {
        recovery = Optional.of(keeper);
        session.onChange(() -> keeper.keep(session));
    }

    /** Opens a copy that was left behind; it is discarded as soon as there is a new one. */
    void recover(Recovery.Left left) {
        files.recover(
                left,
                () -> recovery.ifPresent(keeper -> {
                    keeper.keep(session);
                    keeper.afterWriting(left::discard);
                }));
    }

    Optional<Recovery> recovery() {
        return recovery;
    }

    /** The document is closed; its copy is no longer needed. */
    void closed() {
        changedFiles.close();
        recovery.ifPresent(Recovery::close);
    }

    boolean hasUnsaved() {
        return session.dirty() && !session.document().graph().nodes().isEmpty();
    }

    /** Does something that would lose changes, after asking if there are any. */
    void keepingChanges(Runnable losing) {
        if (hasUnsaved()) {
            Unsaved.ask(owner(), Printable.name(session.document().name()), files, losing);
        } else {
            losing.run();
        }
    }

    Panels panels() {
        return panels;
    }
}
