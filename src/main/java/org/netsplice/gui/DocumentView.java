package org.netsplice.gui;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.Theme;
import org.netsplice.edit.Document;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.ReplaceLayer;
import org.netsplice.editor.gesture.Gestures;
import org.netsplice.editor.session.Recovery;
import org.netsplice.editor.session.Session;
import org.netsplice.format.Formats;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.problem.Printable;

/** The window: canvas in the middle, outline and palette at the left, inspector at the right, results at the bottom. */
final class DocumentView {
    private final MainWindow host;
    private final Stage stage;
    private final Session session = new Session(javafx.application.Platform::runLater);
    private final Gestures gestures = new Gestures(session);
    private final Actions actions;
    private final CanvasView canvas;
    private final Minimap minimap;
    private final Breadcrumb breadcrumb;
    private final PredictTab predictions;
    private final Clipboard clipboard;
    private final Renaming renaming;
    private final Commands commands;
    private final FindBar find;
    private final ResultTabs results;
    private final Banner banner;
    private final DoubleProperty unit = new SimpleDoubleProperty(1);
    private final Label state = new Label();
    private final Welcome welcome;
    private final BorderPane root = new BorderPane();
    private final Dividers dividers;
    private Optional<Recovery> recovery = Optional.empty();

    DocumentView(MainWindow host, Formats formats, Picker picker) {
        this.host = host;
        this.stage = host.stage();
        this.dividers = new Dividers(host.preferences().settings());
        this.actions =
                new Actions(session, gestures, formats, host.preferences().recent(), picker);
        this.canvas = new CanvasView(session, gestures);
        this.minimap = new Minimap(session, canvas);
        this.breadcrumb = new Breadcrumb(session);
        this.predictions = new PredictTab(session, actions);
        this.results = new ResultTabs(session, predictions, canvas::reveal);
        this.welcome = new Welcome(actions);
        actions.onComplaint(this::complain);
        actions.onDifferent(pairs -> new PairingView(pairs).show(stage));
        actions.onView(shown -> new WeightsView(shown, actions, theme()).show(stage));
        actions.onOpened(canvas::fitSoon);
        canvas.onSearch(this::search);
        canvas.onEnter(() -> go("inspector"));
        canvas.onView(this::refreshState);
        actions.onFresh(() -> host.fresh().actions());
        this.renaming = new Renaming(session, actions, canvas);
        this.clipboard = new Clipboard(session, actions, host.clipboard(), () -> Sharing.ask(stage));
        this.commands = new Commands(this, host.preferences().shortcuts());
        new CanvasMenu(this);
        canvas.pointer().onNote(commands.figures()::edit);
        canvas.pointer().onBox(box -> renaming.rename(box.id()));
        this.find = new FindBar(session);
        this.banner = new Banner(session, actions);
        root.setTop(new VBox(new Menus(commands, actions).bar(), new ToolRow(this)));
        root.setCenter(middle());
        root.setBottom(statusBar());
        session.onChange(this::refresh);
        dressed();
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

    Renaming renaming() {
        return renaming;
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

    MainWindow host() {
        return host;
    }

    Parent root() {
        return root;
    }

    /** The colours of the picture. */
    Theme theme() {
        return host.appearance().theme();
    }

    /** Colours or the scale of the window have changed. */
    void dressed() {
        canvas.setTheme(theme());
        canvas.setUnit(host.scale());
        unit.set(host.scale());
        canvas.pointer().setWheelZooms(host.has(Habit.WHEEL_ZOOMS));
        canvas.pointer().setDragPans(host.has(Habit.DRAG_PANS));
        canvas.setAnimated(host.has(Habit.ANIMATE));
        minimap.setWanted(host.has(Habit.MINIMAP));
    }

    /** Whether nothing was opened or done here yet. */
    boolean untouched() {
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

    private SplitPane middle() {
        SplitPane left = new SplitPane(new Outline(session), new PaletteView(canvas, gestures));
        left.setOrientation(Orientation.VERTICAL);
        dividers.place("left", left, 0.42);
        left.minWidthProperty()
                .bind(Bindings.min(unit.multiply(200), root.widthProperty().multiply(0.24)));
        StackPane center = new StackPane(canvas, minimap, breadcrumb, welcome, banner, find);
        StackPane.setAlignment(minimap, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(minimap, new Insets(8));
        StackPane.setAlignment(breadcrumb, Pos.TOP_LEFT);
        StackPane.setMargin(breadcrumb, new Insets(8));
        StackPane.setAlignment(banner, Pos.TOP_CENTER);
        StackPane.setAlignment(find, Pos.TOP_RIGHT);
        SplitPane middle = new SplitPane(center, results);
        middle.setOrientation(Orientation.VERTICAL);
        dividers.place("middle", middle, 0.68);
        middle.minWidthProperty().bind(unit.multiply(290));
        Inspector inspector = new Inspector(session, actions);
        inspector
                .minWidthProperty()
                .bind(Bindings.min(unit.multiply(260), root.widthProperty().multiply(0.29)));
        SplitPane all = new SplitPane(left, middle, inspector);
        dividers.place("all", all, 0.17, 0.775);
        all.setMinWidth(0);
        results.minHeightProperty().bind(unit.multiply(150).add(60));
        SplitPane.setResizableWithParent(results, false);
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
        banner.refresh();
        refreshState();
        results.refresh();
    }

    private void refreshState() {
        var graph = session.document().graph();
        long errors =
                session.report().problems().stream().filter(Actions::isError).count();
        String ready = graph.nodes().isEmpty()
                ? "Open a model to begin"
                : errors == 0 ? "ready to compile" : errors + (errors == 1 ? " error" : " errors");
        state.setText(
                graph.nodes().isEmpty()
                        ? ready
                        : String.format(
                                Locale.ROOT,
                                "%.0f %%   ·   %,d layers   ·   %,d parameters   ·   %d %s   ·   %s%s",
                                canvas.viewport().zoom() * 100,
                                graph.nodes().size(),
                                session.report().counts().parameters(),
                                graph.outputs().size(),
                                graph.outputs().size() == 1 ? "output" : "outputs",
                                ready,
                                session.detail().figure() ? "   ·   figure mode" : ""));
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

    /** Asks for a layer: behind the selected one, else where the pointer is. */
    void searchAtPointer() {
        List<Port> outputs = session.selection().isEmpty() ? List.of() : gestures.selectedOutputs();
        Optional<Scene.Box> box =
                outputs.size() == 1 ? session.scene().box(outputs.get(0).node()) : Optional.empty();
        if (box.isPresent()) {
            Rect area = box.get().area();
            search(Optional.of(outputs.get(0)), new Point(area.x(), area.bottom()));
        } else {
            search(Optional.empty(), canvas.pointerInScene());
        }
    }

    /** Moves the focus to a part of the window; of a part with several controls to the first. */
    void go(String id) {
        Node part = root.lookup("#" + id);
        if (part != null && part.isFocusTraversable() && !(part instanceof ScrollPane)) {
            part.requestFocus();
        } else if (part != null) {
            part.lookupAll("*").stream()
                    .filter(node -> node.isFocusTraversable() && !node.isDisabled() && node.isVisible())
                    .filter(node ->
                            node instanceof Control && !(node instanceof ScrollPane) && !(node instanceof ScrollBar))
                    .findFirst()
                    .ifPresent(Node::requestFocus);
        }
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
        Point2D corner = root.localToScreen(root.getWidth() / 2 - 233 * unit.get(), 90);
        CommandsPopup.of(commands).show(stage, corner);
    }

    void showShortcuts() {
        new ShortcutsView(commands).show(stage);
    }

    /** Compiles and tells how it went; problems are shown in their tab. */
    void compile() {
        if (!session.report().runnable()) {
            results.showProblems();
        }
        long start = System.nanoTime();
        actions.compiling()
                .compile(network -> complainNot(String.format(
                        Locale.ROOT,
                        "Compiled %d vertices in %.1f s.",
                        network.vertexCount(),
                        (System.nanoTime() - start) / 1e9)));
    }

    private void complainNot(String good) {
        banner.setVisible(false);
        state.setText(good);
    }

    void goToPredictions() {
        results.showPredictions();
        predictions.takeFocus();
    }

    void predict() {
        results.showPredictions();
        predictions.predict();
    }

    /** Keeps copies of unsaved changes from now on. */
    void keepCopies(Recovery keeper) {
        recovery = Optional.of(keeper);
        session.onChange(() -> keeper.keep(session));
        actions.onRecovered(left -> {
            keeper.keep(session);
            keeper.afterWriting(left::discard);
        });
    }

    Optional<Recovery> recovery() {
        return recovery;
    }

    /** The document is closed; its copy is no longer needed. */
    void closed() {
        recovery.ifPresent(Recovery::close);
    }

    boolean hasUnsaved() {
        return session.dirty() && !session.document().graph().nodes().isEmpty();
    }

    /** Does something that would lose changes, after asking if there are any. */
    void keepingChanges(Runnable losing) {
        if (hasUnsaved()) {
            Unsaved.ask(stage, actions, losing);
        } else {
            losing.run();
        }
    }

    Dividers dividers() {
        return dividers;
    }
}
