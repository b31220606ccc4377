package org.netsplice.editor.gesture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Document;
import org.netsplice.edit.Figure;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.ChangeFigure;
import org.netsplice.edit.step.Rename;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.Layers;

/** A gesture that is given up leaves the document, its history and the selection as they were. */
class GivenUpGesturesTest extends TwoModels {
    private static final List<String> KINDS = List.of("Dense", "Concatenate", "Dropout");

    /** What must be the same before and after. */
    private record State(
            Document document,
            Optional<String> undo,
            Optional<String> redo,
            Set<NodeId> selection,
            Optional<Scene.Wire> wire) {}

    private State state() {
        return new State(
                session.document(),
                session.undoTitle(),
                session.redoTitle(),
                session.selection(),
                session.selectedWire());
    }

    @Test
    void aMoveThatIsGivenUpKeepsWhatCanBeRedone() {
        session.apply(new Rename(id("a_layer_1"), "renamed"));
        Document renamed = session.document();
        session.undo();
        settle();
        Rect area = box("a_layer_2");
        gestures.press(area.centerX(), area.y() + 5, Gestures.Held.NONE);
        gestures.drag(area.centerX() + 200, area.y() + 90, true);
        assertThat(session.document().placement().spots()).containsKey(id("a_layer_2"));
        gestures.cancel();
        session.redo();
        assertThat(session.document()).isSameAs(renamed);
        assertThat(session.redoTitle()).isEmpty();
    }

    @Test
    void aMoveThatEndsIsOneStep() {
        Document before = session.document();
        Rect area = box("a_layer_2");
        gestures.press(area.centerX(), area.y() + 5, Gestures.Held.NONE);
        gestures.drag(area.centerX() + 100, area.y() + 50, true);
        gestures.drag(area.centerX() + 200, area.y() + 90, true);
        gestures.release(area.centerX() + 200, area.y() + 90);
        settle();
        assertThat(box("a_layer_2")).isEqualTo(area.moved(200, 85));
        assertThat(session.undoTitle()).contains("move");
        session.undo();
        assertThat(session.document()).isSameAs(before);
    }

    @Test
    void anyGestureThatIsGivenUpLeavesEverythingAsItWas() {
        Random random = new Random(7);
        session.apply(new ChangeFigure(
                Figure.EMPTY.withNote(1, new Figure.Note("a note", new Spot(-200, 40))), "note", 0));
        session.show(session.detail().withFigure(true));
        for (int i = 0; i < 300; i++) {
            prepare(random);
            State before = state();
            int steps = begin(random);
            for (int step = 0; step < steps; step++) {
                Point at = somewhere(random);
                gestures.drag(at.x(), at.y(), random.nextBoolean());
            }
            gestures.cancel();
            assertThat(state()).as("gesture %d", i).isEqualTo(before);
            assertThat(gestures.active()).isFalse();
        }
    }

    /** Takes a step forth or back, so that there is something to undo and to redo. */
    private void prepare(Random random) {
        if (random.nextInt(3) == 0) {
            List<NodeId> nodes = List.copyOf(session.document().graph().nodes().keySet());
            NodeId node = nodes.get(random.nextInt(nodes.size()));
            session.apply(new Rename(node, "name_" + random.nextInt(1000)));
            session.select(Set.of(node));
        } else if (random.nextBoolean()) {
            session.undo();
        } else {
            session.redo();
        }
        if (random.nextInt(4) == 0 && !session.scene().wires().isEmpty()) {
            session.select(session.scene().wires().get(0));
        }
        settle();
    }

    /** Begins a gesture somewhere, and tells how many moves follow; none where it was a click that folds. */
    private int begin(Random random) {
        Point at = somewhere(random);
        switch (random.nextInt(8)) {
            case 0 ->
                gestures.enter(Layers.kind(KINDS.get(random.nextInt(KINDS.size())))
                        .orElseThrow()
                        .standard());
            case 1 -> gestures.pressToCut(at.x(), at.y());
            default -> gestures.press(at.x(), at.y(), new Gestures.Held(random.nextBoolean(), random.nextBoolean()));
        }
        return random.nextInt(5);
    }

    /** A place on a box, a port, a wire or a note, or anywhere else; never on the triangle that folds. */
    private Point somewhere(Random random) {
        List<Scene.Box> boxes = session.scene().boxes();
        Rect area = boxes.get(random.nextInt(boxes.size())).area();
        List<Scene.Wire> wires = session.scene().wires();
        return switch (random.nextInt(5)) {
            case 0 -> new Point(area.centerX(), area.centerY());
            case 1 -> new Point(area.centerX(), area.bottom());
            case 2 -> wires.get(random.nextInt(wires.size())).points().get(0);
            case 3 -> new Point(-195, 45);
            default -> new Point(random.nextInt(1200) - 300, 3000 + random.nextInt(600));
        };
    }
}
