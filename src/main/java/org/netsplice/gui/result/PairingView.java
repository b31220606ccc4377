package org.netsplice.gui.result;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.netsplice.problem.Comparison;

/** An architecture and a file of weights side by side; layers that do not match are marked. */
public final class PairingView {
    private final TableView<Comparison.Row> table = new TableView<>();
    private final Comparison pairs;

    /** Shows a comparison of an architecture with weights. */
    public PairingView(Comparison pairs) {
        this.pairs = pairs;
        table.setId("pairing");
        table.getColumns()
                .add(side(pairs.architecture(), "Layer", PairingView::marked, "Needs", Comparison.Row::needs));
        table.getColumns().add(side(pairs.weights(), "Place", Comparison.Row::place, "Holds", Comparison.Row::holds));
        table.setItems(FXCollections.observableArrayList(pairs.rows()));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setRowFactory(view -> new Marked());
        table.setPrefSize(820, Math.min(520, 90 + 34 * pairs.rows().size()));
    }

    private static String marked(Comparison.Row row) {
        return (row.fits() ? "" : "≠  ") + row.layer();
    }

    private static TableColumn<Comparison.Row, String> side(
            String title,
            String first,
            Function<Comparison.Row, String> firstText,
            String second,
            Function<Comparison.Row, String> secondText) {
        TableColumn<Comparison.Row, String> side = new TableColumn<>(title);
        side.getColumns().add(column(first, firstText));
        side.getColumns().add(column(second, secondText));
        return side;
    }

    private static TableColumn<Comparison.Row, String> column(String title, Function<Comparison.Row, String> text) {
        TableColumn<Comparison.Row, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        column.setSortable(false);
        return column;
    }

    /** A row that stands out when the two sides differ. */
    private static final class Marked extends TableRow<Comparison.Row> {
        @Override
        protected void updateItem(Comparison.Row row, boolean empty) {
            super.updateItem(row, empty);
            boolean different = !empty && row != null && !row.fits();
            setStyle(different ? "-fx-background-color: -color-danger-subtle;" : "");
        }
    }

    /** Shows the dialog and returns immediately. */
    public void show(Window owner) {
        Label sentence = new Label(
                pairs.sentence() + " Nothing was opened. Choose the weights that were saved with this architecture.");
        sentence.setWrapText(true);
        sentence.setMaxWidth(800);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle("Weights do not match the architecture");
        dialog.setHeaderText("These weights do not match this architecture");
        dialog.getDialogPane().setContent(new VBox(12, sentence, table));
        dialog.getDialogPane().getButtonTypes().add(ButtonType.CLOSE);
        dialog.getDialogPane().setMinWidth(800);
        dialog.setResizable(true);
        dialog.show();
        pairs.firstDifference().ifPresent(table::scrollTo);
    }
}
