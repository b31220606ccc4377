package org.netsplice.gui.score;

import java.util.Locale;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import org.netsplice.bench.Evaluation;
import org.netsplice.metrics.Confusion;

/** How often the rows of each class were taken for which; a click on a cell asks for its rows. */
final class ConfusionView extends ScrollPane {
    /** Matrices of more classes would be too large to be read. */
    static final int MAX_CLASSES = 40;

    private final Cell chosen;

    /** Takes the right and the predicted class of a cell that was clicked. */
    interface Cell {
        void chosen(int right, int predicted);
    }

    ConfusionView(Cell chosen) {
        this.chosen = chosen;
        setId("confusion");
        getStyleClass().add("plain-scroll");
    }

    /** Shows the matrix of a network: the right classes from top to bottom, those they were taken for from left to right. */
    void show(Scores scores, Evaluation.Score network) {
        if (!scores.ofClasses() || scores.classes() > MAX_CLASSES) {
            Label none = new Label(
                    scores.ofClasses()
                            ? "A matrix of " + scores.classes()
                                    + " classes is too large to be read. Choose rows at the right."
                            : "Only classes have a matrix of what was taken for what.");
            none.setWrapText(true);
            setFitToWidth(true);
            setContent(none);
            return;
        }
        setFitToWidth(false);
        Confusion confusion = Confusion.of(network.scored(), network.scored().allRows());
        GridPane grid = new GridPane();
        grid.setHgap(2);
        grid.setVgap(2);
        grid.setPadding(new Insets(2, 8, 8, 2));
        Label corner = new Label("right ↓ as →");
        corner.getStyleClass().add("muted");
        corner.setTooltip(
                new Tooltip("The right classes from top to bottom, and from left to right those they were taken for"));
        corner.setMinWidth(Region.USE_PREF_SIZE);
        grid.add(corner, 0, 0);
        for (int of = 0; of < confusion.classes(); of++) {
            Label row = new Label(scores.className(of));
            Label column = new Label(scores.className(of));
            row.setMaxWidth(140);
            column.setMaxWidth(70);
            column.setTooltip(new Tooltip(scores.className(of)));
            GridPane.setFillWidth(row, false);
            GridPane.setFillWidth(column, false);
            GridPane.setHalignment(row, HPos.RIGHT);
            GridPane.setHalignment(column, HPos.CENTER);
            grid.add(row, 0, of + 1);
            grid.add(column, of + 1, 0);
            for (int as = 0; as < confusion.classes(); as++) {
                grid.add(cell(scores, confusion, of, as), as + 1, of + 1);
            }
        }
        setContent(grid);
    }

    private Button cell(Scores scores, Confusion confusion, int of, int as) {
        long count = confusion.count(of, as);
        double share = confusion.support(of) == 0 ? 0 : (double) count / confusion.support(of);
        Button cell = new Button(count == 0 ? "" : String.valueOf(count));
        cell.setId("cell-" + of + "-" + as);
        cell.getStyleClass().addAll("confusion-cell", of == as ? "right" : "wrong");
        if (count > 0) {
            cell.setStyle(String.format(
                    Locale.ROOT,
                    "-fx-background-color: %s;",
                    of == as ? colour(share, "46, 160, 67") : colour(Math.max(share, 0.25), "218, 54, 51")));
        }
        String text = String.format(
                Locale.ROOT,
                "%d of %d rows of %s taken for %s",
                count,
                confusion.support(of),
                scores.className(of),
                scores.className(as));
        cell.setTooltip(new Tooltip(text));
        cell.setAccessibleText(text);
        cell.setDisable(count == 0);
        cell.setOnAction(event -> chosen.chosen(of, as));
        return cell;
    }

    private static String colour(double share, String rgb) {
        return String.format(Locale.ROOT, "rgba(%s, %.2f)", rgb, 0.15 + 0.6 * share);
    }
}
