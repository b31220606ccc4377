package org.netsplice.gui.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Region;
import org.netsplice.editor.Settings;
import org.netsplice.gui.command.Option;

/** The canvas and the panels around it, which can be hidden; their sizes are remembered from one start to the next. */
final class Panels extends SplitPane {
    private static final double LEFT = 0.135;
    private static final double INSPECTOR = 0.16;
    private static final double RESULTS = 0.38;

    private final Settings settings;
    private final TabPane left = new TabPane();
    private final SplitPane middle = new SplitPane();
    private final Node canvas;
    private final Region results;
    private final Region inspector;
    /** Shares of the width, and of the height for the results. */
    private double leftShare;

    private double inspectorShare;
    private double resultsShare;

    /** Puts the outline and the palette into tabs at the left, and the other parts around the canvas. */
    Panels(Settings settings, Node outline, Node palette, Node canvas, Region results, Region inspector) {
        this.settings = settings;
        this.canvas = canvas;
        this.results = results;
        this.inspector = inspector;
        left.setId("left-tabs");
        left.setAccessibleText("Networks and layers");
        left.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        left.getTabs().setAll(new Tab("Networks", outline), new Tab("Layers", palette));
        left.getSelectionModel().select((int) settings.number("left-tab", 0, 1, 1));
        left.getSelectionModel().selectedIndexProperty().addListener((any, old, now) -> settings.put("left-tab", now));
        middle.setOrientation(Orientation.VERTICAL);
        SplitPane.setResizableWithParent(results, false);
        SplitPane.setResizableWithParent(left, false);
        SplitPane.setResizableWithParent(inspector, false);
        leftShare = settings.number("panel-left", 0.02, 0.9, LEFT);
        inspectorShare = settings.number("panel-inspector", 0.02, 0.9, INSPECTOR);
        resultsShare = settings.number("panel-results", 0.02, 0.9, RESULTS);
        setMinWidth(0);
    }

    /** The panel at the left. */
    Region left() {
        return left;
    }

    /** The canvas with the results below it. */
    Region middle() {
        return middle;
    }

    /** Shows these panels and hides the others. */
    void show(boolean withLeft, boolean withResults, boolean withInspector) {
        List<Node> across = new ArrayList<>();
        if (withLeft) {
            across.add(left);
        }
        across.add(middle);
        if (withInspector) {
            across.add(inspector);
        }
        List<Node> down = withResults ? List.of(canvas, results) : List.of(canvas);
        if (getItems().equals(across) && middle.getItems().equals(down)) {
            return;
        }
        measure();
        if (!getItems().equals(across)) {
            getItems().setAll(across);
        }
        if (!middle.getItems().equals(down)) {
            middle.getItems().setAll(down);
        }
        place();
    }

    /** Copies the sizes of the panels around another document. */
    void follow(Panels other) {
        other.measure();
        leftShare = other.leftShare;
        inspectorShare = other.inspectorShare;
        resultsShare = other.resultsShare;
        left.getSelectionModel().select(other.left.getSelectionModel().getSelectedIndex());
        place();
    }

    /** Gives the panels the sizes they come with. */
    void reset() {
        leftShare = LEFT;
        inspectorShare = INSPECTOR;
        resultsShare = RESULTS;
        place();
    }

    /** Writes the present sizes to the settings. */
    void remember() {
        measure();
        settings.put("panel-left", leftShare);
        settings.put("panel-inspector", inspectorShare);
        settings.put("panel-results", resultsShare);
    }

    private void measure() {
        double[] across = getDividerPositions();
        if (getItems().contains(left)) {
            leftShare = across[0];
        }
        if (getItems().contains(inspector)) {
            inspectorShare = 1 - across[across.length - 1];
        }
        if (middle.getItems().contains(results)) {
            resultsShare = 1 - middle.getDividerPositions()[0];
        }
    }

    private void place() {
        if (getItems().contains(left)) {
            setDividerPosition(0, leftShare);
        }
        if (getItems().contains(inspector)) {
            setDividerPosition(getDividers().size() - 1, 1 - inspectorShare);
        }
        if (middle.getItems().contains(results)) {
            middle.setDividerPosition(0, 1 - resultsShare);
        }
    }

    /** The panel that holds the part with an id; empty for a part that is always shown. */
    static Optional<Option> panelOf(String id) {
        return switch (id) {
            case "outline", "palette-filter" -> Optional.of(Option.LEFT_PANEL);
            case "inspector" -> Optional.of(Option.INSPECTOR);
            default -> Optional.empty();
        };
    }

    /** Brings the tab to the front that holds a part of the left panel. */
    void selectTabOf(String id) {
        left.getTabs().stream()
                .filter(tab -> tab.getContent().lookup("#" + id) != null)
                .findFirst()
                .ifPresent(left.getSelectionModel()::select);
    }

    /** Moves the focus to a part of the window, of one with several controls to the first; does nothing without a part. */
    static void focus(Node part) {
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
}
