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
import org.netsplice.diagram.Rect;
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

/** No wire runs behind a box, so that every wire seems to start where it does. */
class WireLawsTest {
    private static final int EDITS = 30;
    /** Boxes that a user has put closer together leave no room for a wire between them. */
    private static final double ROOM = 16;

    @Property(tries = 30)
    void noWireOfARandomDocumentRunsBehindABox(@ForAll long seed, @ForAll Detail.Direction direction) {
        Random random = new Random(seed);
        RandomEdits edits = new RandomEdits(random);
        Document document = Document.EMPTY;
        for (int i = 0; i < EDITS; i++) {
            document = tried(edits.next(document), document);
        }
        Scene laidOut = arrange(document, Placement.EMPTY, direction);
        assertThat(wiresBehindBoxes(laidOut)).isEmpty();
        Scene placed = arrange(document, document.placement(), direction);
        if (isRoomy(placed)) {
            assertThat(wiresBehindBoxes(placed)).isEmpty();
        }
    }

    @Property(tries = 40)
    void noWireOfAMergeOfInnerLayersRunsBehindABox(@ForAll long seed, @ForAll Detail.Direction direction) {
        Random random = new Random(seed);
        Document document = Document.EMPTY;
        for (String network : List.of("digits/cnn_a/model.keras", "seed_merge/merged_submodels/model.keras")) {
            document = opened(network).edit("").apply(document);
        }
        List<NodeId> nodes = List.copyOf(document.graph().nodes().keySet());
        for (int i = 0; i < 3; i++) {
            List<Port> ports = new ArrayList<>();
            for (int j = 0; j < 2 + random.nextInt(3); j++) {
                ports.add(Port.of(nodes.get(random.nextInt(nodes.size()))));
            }
            ComputedLayer add = Layers.kind("Add").orElseThrow().standard();
            document = new AddLayer(add, "", ports, Optional.empty()).apply(document);
        }
        assertThat(wiresBehindBoxes(arrange(document, Placement.EMPTY, direction)))
                .isEmpty();
    }

    private static Document tried(Edit edit, Document document) {
        try {
            return edit.apply(document);
        } catch (ModelException.EditRefused refusal) {
            return document;
        }
    }

    private static Opened.Network opened(String network) {
        return (Opened.Network) Fixtures.FORMATS.open(Fixtures.path(network), Optional.empty(), Progress.NONE);
    }

    private static Scene arrange(Document document, Placement placement, Detail.Direction direction) {
        Detail detail = Detail.WINDOW.with(direction);
        return new Arranger().arrange(Report.of(document.graph()), placement, detail, Progress.NONE);
    }

    /** Whether a wire has room between any two boxes. */
    private static boolean isRoomy(Scene scene) {
        List<Scene.Box> boxes = scene.boxes();
        for (int i = 0; i < boxes.size(); i++) {
            Rect wide = boxes.get(i).area().grown(ROOM);
            for (int j = 0; j < i; j++) {
                if (boxes.get(j).area().meets(wide)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Looks at each point of each wire, a pixel apart, and at each box. */
    private static List<String> wiresBehindBoxes(Scene scene) {
        List<String> found = new ArrayList<>();
        for (Scene.Wire wire : scene.wires()) {
            for (int i = 1; i < wire.points().size(); i++) {
                Point from = wire.points().get(i - 1);
                Point to = wire.points().get(i);
                int steps = 1 + (int) Math.hypot(to.x() - from.x(), to.y() - from.y());
                for (int step = 0; step <= steps; step++) {
                    double x = from.x() + (to.x() - from.x()) * step / steps;
                    double y = from.y() + (to.y() - from.y()) * step / steps;
                    scene.boxes().stream()
                            .filter(box -> box.area().grown(-1).contains(x, y))
                            .findFirst()
                            .ifPresent(box -> found.add(
                                    "the wire from " + wire.from() + " to " + wire.to() + " runs behind " + box.id()));
                }
            }
        }
        return found.stream().distinct().toList();
    }
}
