package org.netsplice.gui.score;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.netsplice.bench.Evaluation;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Printable;

/** Three views of an evaluation: the scores, the rows with the confusion matrix, and the plots. */
final class ScoreViews extends StackPane {
    private final MetricTable metrics = new MetricTable();
    private final ComboBox<String> network = new ComboBox<>();
    private final RowsView rows = new RowsView();
    private final ConfusionView confusion = new ConfusionView(this::showCell);
    private final PlotView plots;
    private final SplitPane rowsPane = new SplitPane();
    private final HBox switches = new HBox();
    private Optional<Scores> shown = Optional.empty();

    ScoreViews(Workbench workbench) {
        plots = new PlotView(workbench);
        network.setId("score-network");
        network.setAccessibleText("Network");
        network.setMaxWidth(Double.MAX_VALUE);
        network.valueProperty().addListener((any, old, now) -> showNetwork());
        VBox left = new VBox(4, network, confusion);
        VBox.setVgrow(confusion, Priority.ALWAYS);
        rowsPane.getItems().addAll(left, rows);
        rowsPane.setDividerPositions(0.42);
        setMinHeight(0);
        ToggleGroup group = new ToggleGroup();
        add("Scores", metrics, group, "left-pill").setSelected(true);
        add("Rows", rowsPane, group, "center-pill");
        add("Plots", plots, group, "right-pill");
        group.selectedToggleProperty().addListener((any, old, now) -> {
            if (now == null) {
                old.setSelected(true);
            }
        });
        getChildren().setAll(metrics);
        switches.setDisable(true);
    }

    private ToggleButton add(String text, Node view, ToggleGroup group, String style) {
        ToggleButton button = new ToggleButton(text);
        button.setId("show-" + text.toLowerCase(java.util.Locale.ROOT));
        button.setToggleGroup(group);
        button.getStyleClass().add(style);
        button.setMinWidth(USE_PREF_SIZE);
        button.selectedProperty().addListener((any, was, is) -> {
            if (is) {
                getChildren().setAll(view);
            }
        });
        switches.getChildren().add(button);
        return button;
    }

    /** Buttons that switch between the views. */
    Node switches() {
        return switches;
    }

    /** Shows an evaluation in all views. */
    void show(Scores scores) {
        shown = Optional.empty();
        switches.setDisable(false);
        metrics.show(scores);
        plots.show(scores);
        List<String> names = scores.networks().stream()
                .map(one -> Printable.name(one.name()))
                .toList();
        network.getItems().setAll(names);
        network.getSelectionModel().select(names.size() - 1);
        shown = Optional.of(scores);
        showNetwork();
    }

    private Evaluation.Score chosen(Scores scores) {
        int index = network.getSelectionModel().getSelectedIndex();
        return scores.networks()
                .get(Math.max(0, Math.min(index, scores.networks().size() - 1)));
    }

    private void showNetwork() {
        shown.ifPresent(scores -> {
            confusion.show(scores, chosen(scores));
            rows.show(scores, chosen(scores));
        });
    }

    private void showCell(int right, int predicted) {
        shown.ifPresent(scores -> rows.showCell(scores, chosen(scores), right, predicted));
    }
}
