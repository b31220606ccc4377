package org.netsplice.gui.result;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Predictions, the summary, and the problems of a document; a click on a problem shows its layer. */
public final class ResultTabs extends TabPane {
    /** The width below which the tabs have shorter titles, in font sizes. */
    private static final double ROOM_FOR_TITLES = 29;

    /** How much smaller titles are written in narrow tabs, as the style sheet says. */
    private static final double SMALLER = 0.75;

    private static final PseudoClass NARROW = PseudoClass.getPseudoClass("narrow");

    private final BooleanProperty narrow = new SimpleBooleanProperty();
    private final Workbench workbench;
    private final Session session;
    private final Consumer<NodeId> reveal;
    private final Runnable open;
    private final Tab problemsTab = new Tab("Problems");
    private final ListView<Problem> problems = new ListView<>();
    private final SummaryTab summary;

    /** {@code reveal} brings a layer into view, {@code open} brings these tabs into view. */
    public ResultTabs(Workbench workbench, PredictTab predictions, Consumer<NodeId> reveal, Runnable open) {
        this.open = open;
        this.workbench = workbench;
        this.session = workbench.session();
        this.reveal = reveal;
        this.summary = new SummaryTab(session);
        problems.setId("problems");
        problems.setAccessibleText("Problems");
        problems.setPlaceholder(new Label("No problems."));
        problems.setCellFactory(view -> new ProblemCell(workbench));
        problems.getSelectionModel().selectedItemProperty().addListener((any, old, now) -> jump(now));
        problems.setOnMouseClicked(event -> jump(problems.getSelectionModel().getSelectedItem()));
        getTabs().addAll(new Tab("", predictions), new Tab("Summary", summary), problemsTab);
        name(getTabs().get(0), "Predictions", "Predict");
        problemsTab.setContent(problems);
        setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        setId("tabs");
        setAccessibleText("Predictions, summary and problems");
        getSelectionModel().selectedItemProperty().addListener((any, old, now) -> refreshSummary());
    }

    private void jump(Problem problem) {
        if (problem != null && problem.where() instanceof Where.AtNode at) {
            NodeId id = new NodeId(at.node());
            session.select(Set.of(id));
            reveal.accept(id);
        }
    }

    /**
     * Adds a view behind the predictions; {@code shorter} is its title where there is little room. Returns whether the view is in front.
     */
    public ReadOnlyBooleanProperty add(String title, String shorter, Node view) {
        Tab tab = new Tab("", view);
        name(tab, title, shorter);
        getTabs().add(getTabs().size() - 2, tab);
        return tab.selectedProperty();
    }

    /** Gives a tab its title, and the shorter one while the tabs are narrow. */
    private void name(Tab tab, String title, String shorter) {
        tab.textProperty().bind(Bindings.when(narrow).then(shorter).otherwise(title));
    }

    @Override
    protected void layoutChildren() {
        if (lookup(".tab-label") instanceof Labeled label) {
            double size = label.getFont().getSize() / (narrow.get() ? SMALLER : 1);
            narrow.set(getWidth() < ROOM_FOR_TITLES * size);
            pseudoClassStateChanged(NARROW, narrow.get());
        }
        super.layoutChildren();
    }

    /** Brings a view to the front. */
    public void show(Node view) {
        open.run();
        getTabs().stream().filter(tab -> tab.getContent() == view).findFirst().ifPresent(getSelectionModel()::select);
    }

    /** Brings the predictions to the front. */
    void showPredictions() {
        open.run();
        getSelectionModel().select(0);
    }

    /** Brings the problems to the front. */
    void showProblems() {
        open.run();
        getSelectionModel().select(problemsTab);
    }

    /** Shows the present problems and, while it is seen, the present summary. */
    public void refresh() {
        List<Problem> present =
                session.report().problems().stream().filter(workbench::shows).toList();
        if (!List.copyOf(problems.getItems()).equals(present)) {
            problems.getItems().setAll(present);
        }
        boolean empty = session.document().graph().nodes().isEmpty();
        problemsTab.setText(empty ? "Problems" : "Problems " + present.size());
        problemsTab.getStyleClass().remove("with-errors");
        if (present.stream().anyMatch(ProblemCell::isError)) {
            problemsTab.getStyleClass().add("with-errors");
        }
        refreshSummary();
    }

    /** The summary is made only while it is seen. */
    private void refreshSummary() {
        if (getSelectionModel().getSelectedItem() != null
                && getSelectionModel().getSelectedItem().getContent() == summary) {
            summary.refresh();
        }
    }
}
