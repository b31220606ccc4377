package org.netsplice.gui;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import org.netsplice.editor.Fit;
import org.netsplice.editor.Session;
import org.netsplice.graph.Port;
import org.netsplice.layers.Kind;
import org.netsplice.layers.Layers;

/** Kinds of layers to choose from. */
final class SearchPopup {
    private SearchPopup() {}

    /** Offers every layer; behind a port only those that fit there, merges first. */
    static ChoicePopup<Kind<?>> of(Session session, Optional<Port> port, Consumer<Kind<?>> chosen) {
        Fit fit = new Fit(session.report());
        List<Kind<?>> all = Layers.ALL.stream()
                .filter(kind -> kind.family() != Kind.Family.INTERNAL)
                .filter(kind -> port.isEmpty()
                        || fit.layer(kind.standard(), List.of(port.get())).fits())
                .toList();
        return new ChoicePopup<>(
                "Add a layer…",
                all,
                Kind::className,
                kind -> new Label(kind.className() + "  –  " + kind.summary()),
                chosen);
    }
}
