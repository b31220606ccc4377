package org.netsplice.edit.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Placement;
import org.netsplice.format.Opened;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Every wire arrives straight, in the direction of the network, by a piece that holds its arrowhead. */
class ArrowLawsTest {
    private static final int EDITS = 30;
    private static final double ARROW = 8;

    @Property(tries = 150)
    void wiresOfARandomDocumentArriveStraight(@ForAll long seed, @ForAll Detail.Direction direction) {
        RandomEdits edits = new RandomEdits(new Random(seed));
        Document document = Document.EMPTY;
        for (int i = 0; i < EDITS; i++) {
            document = tried(edits.next(document), document);
        }
        assertThat(crooked(arrange(document, Placement.EMPTY, direction))).isEmpty();
        assertThat(crooked(arrange(document, document.placement(), direction))).isEmpty();
    }

    @Property(tries = 150)
    void wiresOfMergesArriveStraight(@ForAll long seed, @ForAll Detail.Direction direction) {
        Random random = new Random(seed);
        Document document = Document.EMPTY;
        for (String network : List.of("digits/cnn_a/model.keras", "seed_merge/merged_submodels/model.keras")) {
            document = ((Opened.Network) Fixtures.FORMATS.open(Fixtures.path(network), Optional.empty(), Progress.NONE))
                    .edit("")
                    .apply(document);
        }
        ComputedLayer add = Layers.kind("Add").orElseThrow().standard();
        for (int i = 0; i < 4; i++) {
            List<NodeId> nodes = List.copyOf(document.graph().nodes().keySet());
            List<Port> ports = new ArrayList<>();
            for (int j = 0; j < 2 + random.nextInt(3); j++) {
                ports.add(Port.of(nodes.get(random.nextInt(nodes.size()))));
            }
            document = new AddLayer(add, "", ports, Optional.empty()).apply(document);
        }
        assertThat(crooked(arrange(document, Placement.EMPTY, direction))).isEmpty();
    }

    private static Document tried(Edit edit, Document document) {
        try {
            return edit.apply(document);
        } catch (ModelException.EditRefused refusal) {
            return document;
        }
    }

    private static Scene arrange(Document document, Placement placement, Detail.Direction direction) {
        Detail detail = Detail.WINDOW.with(direction);
        return new Arranger().arrange(Report.of(document.graph()), placement, detail, Progress.NONE);
    }

    private static List<String> crooked(Scene scene) {
        List<String> found = new ArrayList<>();
        for (Scene.Wire wire : scene.wires()) {
            Point end = wire.points().get(wire.points().size() - 1);
            Point before = wire.points().get(wire.points().size() - 2);
            double dx = end.x() - before.x();
            double dy = end.y() - before.y();
            double along = switch (scene.detail().direction()) {
                case TB -> dy;
                case BT -> -dy;
                case LR -> dx;
                case RL -> -dx;
            };
            double across = scene.detail().direction().vertical() ? dx : dy;
            if (along < ARROW || Math.abs(across) > 0.05 * along) {
                found.add(wire.from() + " to " + wire.to() + " " + wire.points());
            }
        }
        return found;
    }
}
