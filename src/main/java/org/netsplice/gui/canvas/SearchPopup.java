package org.netsplice.gui.canvas;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.netsplice.editor.recipe.Fit;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Port;
import org.netsplice.gui.widget.ChoicePopup;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** A popup that offers kinds of layers. */
final class SearchPopup {
    private SearchPopup() {}

    /** Offers every layer; after a port only layers that fit there. */
    static ChoicePopup<Kind<?>> of(Session session, Optional<Port> port, Consumer<Kind<?>> chosen) {
        Fit fit = new Fit(session.report());
        List<Kind<?>> all = Layers.ALL.stream()
                .filter(kind -> kind.family() != Kind.Family.INTERNAL)
                .filter(kind -> port.isEmpty()
                        || fit.layer(kind.standard(), List.of(port.get())).fits())
                .toList();
        return new ChoicePopup<>("Add a layer…", all, Kind::className, SearchPopup::row, chosen);
    }

    private static VBox row(Kind<?> kind) {
        Label summary = new Label(kind.summary());
        summary.getStyleClass().add("muted");
        VBox row = new VBox(new Label(kind.className()), summary);
        row.setPadding(new Insets(2, 0, 2, 0));
        return row;
    }
}
