package org.netsplice.gui.window;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.netsplice.editor.recipe.Fixes;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.NodeId;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.result.ProblemCell;
import org.netsplice.problem.Problem;

/** What went wrong, above the canvas, and what the user can do about it. */
final class Banner extends HBox {
    private final Session session;
    private final Workbench workbench;
    private final Label complaint = new Label();
    private final FlowPane ways = new FlowPane(8, 6);
    private NodeId offered = new NodeId(0);

    Banner(Workbench workbench) {
        super(12);
        this.session = workbench.session();
        this.workbench = workbench;
        complaint.setWrapText(true);
        complaint.setId("complaint");
        complaint.setMaxWidth(Double.MAX_VALUE);
        ways.setId("fixes");
        Button close = new Button("Close");
        close.setMinWidth(Region.USE_PREF_SIZE);
        close.setOnAction(event -> setVisible(false));
        VBox text = new VBox(8, complaint, ways);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().addAll(text, close);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("banner");
        setMaxSize(720, Region.USE_PREF_SIZE);
        setVisible(false);
    }

    /** Shows a text until it is closed or something else happens. */
    void complain(String text) {
        complain(text, List.of());
    }

    private void complain(String text, List<Fixes.Fix> fixes) {
        complaint.setText(text);
        ways.getChildren().clear();
        for (Fixes.Fix fix : fixes) {
            Button button = new Button(fix.title());
            button.setOnAction(event -> workbench.apply(fix.edit()));
            ways.getChildren().add(button);
        }
        ways.setManaged(!fixes.isEmpty());
        setVisible(true);
    }

    /** Offers ways to make a layer fit whose inputs do not, until something else happens; a warning is told in the inspector only. */
    void refresh() {
        boolean one = session.selection().size() == 1;
        NodeId id = one ? session.selection().iterator().next() : new NodeId(0);
        List<Problem> present = one
                ? session.report().problems(id).stream()
                        .filter(ProblemCell::isError)
                        .toList()
                : List.of();
        if (present.isEmpty()) {
            if (!ways.getChildren().isEmpty()) {
                ways.getChildren().clear();
                setVisible(false);
            }
            offered = new NodeId(0);
        } else if (!id.equals(offered)) {
            offered = id;
            List<Fixes.Fix> fixes = Fixes.of(session.document(), session.report(), id);
            if (!fixes.isEmpty()) {
                complain(Sentences.of(present.get(0)), fixes);
            }
        }
    }
}
