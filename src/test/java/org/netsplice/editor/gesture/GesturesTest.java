package org.netsplice.editor.gesture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Remove;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Topology;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** Gestures on a scene, without a screen. */
class GesturesTest extends TwoModels {

    @Test
    void anOpenedNetworkIsNoUnsavedChange() {
        assertThat(session.dirty()).isFalse();
        drop("Flatten", output("a_output_layer"));
        assertThat(session.dirty()).isTrue();
    }

    @Test
    void aMergeJoinsTheOutputsItTouchesAndNoOtherLayers() {
        drop(
                "Concatenate",
                output("a_layer_1"),
                output("a_layer_2"),
                output("a_output_layer"),
                output("b_layer_1"),
                output("b_output_layer"));
        Node merge = session.document().graph().node(id("concatenate"));
        assertThat(merge.inputs()).containsExactly(Port.of(id("a_output_layer")), Port.of(id("b_output_layer")));
        assertThat(session.undoTitle()).contains("merge by Concatenate");
        assertThat(session.selection()).containsExactly(merge.id());
    }

    @Test
    void anOutputTouchedTwiceIsLeftOut() {
        Point away = new Point(-500, -500);
        drop("Add", output("a_output_layer"), away, output("a_output_layer"), away, output("b_output_layer"));
        assertThat(session.document().graph().node(id("add")).inputs()).containsExactly(Port.of(id("b_output_layer")));
    }

    @Test
    void aLayerDroppedOnEmptySpaceStaysThere() {
        drop("Dense", new Point(2000, 300));
        assertThat(box("dense").contains(2000, 300)).isTrue();
        assertThat(session.document().graph().node(id("dense")).inputs()).isEmpty();
    }

    @Test
    void aLayerDroppedOnAWireGoesIntoIt() {
        Scene.Wire wire = session.scene().wires().stream()
                .filter(one -> one.to().equals(id("a_layer_2")))
                .findFirst()
                .orElseThrow();
        Point start = wire.points().get(0);
        Point end = wire.points().get(wire.points().size() - 1);
        Point middle = new Point((start.x() + end.x()) / 2, (start.y() + end.y()) / 2);
        gestures.enter(Layers.kind("Dropout").orElseThrow().standard());
        gestures.drag(middle.x(), middle.y(), true);
        assertThat(gestures.overlay().text()).startsWith("Dropout → (None").endsWith(", before a_layer_2");
        assertThat(gestures.overlay().good()).isTrue();
        drop("Dropout", middle);
        assertThat(session.document().graph().node(id("a_layer_2")).inputs()).containsExactly(Port.of(id("dropout")));
        assertThat(session.document().graph().node(id("dropout")).inputs()).containsExactly(wire.port());
        assertThat(session.undoTitle()).contains("insert Dropout");
        assertThat(session.report().problems()).isEmpty();
    }

    @Test
    void theHintSaysWhatWouldComeOut() {
        gestures.enter(Layers.kind("Concatenate").orElseThrow().standard());
        gestures.drag(-500, -500, true);
        assertThat(gestures.overlay().text()).isEqualTo("Concatenate: touch the outputs to join, then let go");
        gestures.drag(output("a_output_layer").x(), output("a_output_layer").y(), true);
        gestures.drag(output("b_output_layer").x(), output("b_output_layer").y(), true);
        assertThat(gestures.overlay().text()).isEqualTo("Concatenate → (None, 32, 32, 64)");
        assertThat(gestures.overlay().good()).isTrue();
        gestures.cancel();
        assertThat(gestures.overlay()).isEqualTo(Overlay.NONE);
        assertThat(session.document().graph().nodes()).hasSize(8);
    }

    private void click(Point at) {
        gestures.press(at.x(), at.y(), Gestures.Held.NONE);
        gestures.release(at.x(), at.y());
        settle();
    }

    @Test
    void aMergeOnOneOutputGoesOnUntilAClickElsewhere() {
        drop("Concatenate", output("a_output_layer"));
        assertThat(gestures.following()).isTrue();
        gestures.drag(2000, 2000, true);
        assertThat(gestures.overlay().text()).isEqualTo("Concatenate: now click the next output. Esc ends.");
        assertThat(gestures.overlay().lit()).containsExactly(id("b_output_layer"));
        Point next = output("b_output_layer");
        gestures.drag(next.x(), next.y(), true);
        assertThat(gestures.overlay().text()).isEqualTo("Concatenate → (None, 32, 32, 64)");
        click(next);
        click(output("b_layer_1"));
        Node merge = session.document().graph().node(id("concatenate"));
        assertThat(merge.inputs())
                .containsExactly(
                        Port.of(id("a_output_layer")), Port.of(id("b_output_layer")), Port.of(id("b_layer_1")));
        assertThat(session.selection()).containsExactly(merge.id());
        click(new Point(2000, 2000));
        assertThat(gestures.active()).isFalse();
        click(output("a_layer_1"));
        assertThat(session.document().graph().node(merge.id()).inputs()).hasSize(3);
    }

    @Test
    void aMergeThatGoesOnEndsByEscapeAndWhenItIsFull() {
        drop("Add", output("a_output_layer"));
        Document joined = session.document();
        gestures.cancel();
        assertThat(gestures.active()).isFalse();
        assertThat(session.document()).as("Esc keeps the merge").isSameAs(joined);
        assertThat(session.selection()).containsExactly(id("add"));
        drop("Subtract", output("b_output_layer"));
        click(output("a_layer_2"));
        assertThat(gestures.following()).as("Subtract takes two").isFalse();
        drop("Average", output("a_layer_1"));
        session.undo();
        assertThat(gestures.following()).as("the merge is gone").isFalse();
    }

    @Test
    void outputsAreLitBeforeInnerLayersAndAnInnerLayerIsTaken() {
        gestures.enter(Layers.kind("Concatenate").orElseThrow().standard());
        gestures.drag(2000, 2000, true);
        assertThat(gestures.overlay().lit()).containsExactlyInAnyOrder(id("a_output_layer"), id("b_output_layer"));
        assertThat(gestures.overlay().dimmed()).doesNotContain(id("a_layer_2"));
        gestures.cancel();
        drop("Concatenate", output("a_output_layer"), output("b_layer_1"));
        assertThat(session.document().graph().node(id("concatenate")).inputs())
                .containsExactly(Port.of(id("a_output_layer")), Port.of(id("b_layer_1")));
    }

    @Test
    void aFrameMovesByItsTitleWithAllItsLayersAsOneStep() {
        Document before = session.document();
        Rect frame = session.scene().frames().get(1).area();
        Rect place = box("b_layer_1");
        gestures.press(frame.x() + 30, frame.y() + 10, Gestures.Held.NONE);
        gestures.drag(frame.x() + 130, frame.y() + 60, true);
        settle();
        gestures.drag(frame.x() + 230, frame.y() + 110, true);
        gestures.release(frame.x() + 230, frame.y() + 110);
        settle();
        assertThat(box("b_layer_1")).isEqualTo(place.moved(200, 100));
        assertThat(session.scene().frames().get(1).area()).isEqualTo(frame.moved(200, 100));
        session.undo();
        settle();
        assertThat(session.document()).isSameAs(before);
        assertThat(box("b_layer_1")).isEqualTo(place);
    }

    @Test
    void aLayerOfThePaletteThatIsGivenUpIsNotDropped() {
        Document before = session.document();
        gestures.enter(Layers.kind("Dense").orElseThrow().standard());
        gestures.drag(10, 10, false);
        gestures.cancel();
        gestures.drag(20, 20, false);
        assertThat(gestures.drop(20, 20)).isEmpty();
        assertThat(session.document()).isSameAs(before);
        assertThat(gestures.overlay()).isEqualTo(Overlay.NONE);
    }

    @Test
    void escapeWhileMovingPutsEverythingBack() {
        Document before = session.document();
        Rect place = box("a_layer_2");
        gestures.press(place.x() + 20, place.y() + 10, Gestures.Held.NONE);
        gestures.drag(place.x() + 300, place.y() + 10, true);
        settle();
        gestures.cancel();
        settle();
        assertThat(session.document()).isSameAs(before);
        assertThat(gestures.active()).isFalse();
    }

    @Test
    void aClickOnOneOfSeveralSelectedLayersLeavesThatOneAndADragMovesAll() {
        Set<NodeId> two = Set.of(id("a_layer_1"), id("b_layer_1"));
        session.select(two);
        Rect box = session.scene().box(id("b_layer_1")).orElseThrow().area();
        Point inside = new Point(box.x() + 20, box.y() + 10);
        gestures.press(inside.x(), inside.y(), Gestures.Held.NONE);
        gestures.drag(inside.x() + 60, inside.y(), true);
        gestures.release(inside.x() + 60, inside.y());
        settle();
        assertThat(session.selection()).isEqualTo(two);
        assertThat(session.document().placement().spots()).containsOnlyKeys(two);
        session.undo();
        settle();
        session.select(two);
        click(inside);
        assertThat(session.selection()).containsExactly(id("b_layer_1"));
    }

    @Test
    void escapeWhileARectangleIsDrawnSelectsWhatWasSelectedBefore() {
        session.select(Set.of(id("b_layer_1")));
        Rect first = box("a_layer_1");
        gestures.press(first.x() - 300, first.y(), Gestures.Held.NONE);
        assertThat(session.selection()).isEmpty();
        gestures.drag(first.x() + 20, first.y() + 20, false);
        assertThat(session.selection()).contains(id("a_layer_1")).doesNotContain(id("b_layer_1"));
        gestures.cancel();
        assertThat(session.selection()).containsExactly(id("b_layer_1"));
    }

    @Test
    void aClickMovesNothing() {
        Rect place = box("a_layer_2");
        gestures.press(place.x() + 20, place.y() + 10, Gestures.Held.NONE);
        gestures.drag(place.x() + 21, place.y() + 10, true);
        gestures.release(place.x() + 21, place.y() + 10);
        assertThat(session.undoTitle()).contains("open model_b");
        assertThat(session.selection()).containsExactly(id("a_layer_2"));
    }

    @Test
    void aWireDroppedOnEmptySpaceAsksForALayer() {
        Point from = output("a_output_layer");
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.drag(2000, 2000, true);
        Optional<Gestures.Asked> asked = gestures.release(2000, 2000);
        assertThat(asked.orElseThrow().port()).isEqualTo(Port.of(id("a_output_layer")));
    }

    @Test
    void whateverThePointerDoesTheDocumentStaysSound() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                act(random);
                while (!home.isEmpty()) {
                    home.remove().run();
                }
            }
            gestures.cancel();
            settle();
            assertThat(Topology.of(session.document().graph()).cycle()).isEmpty();
            assertThat(session.scene().boxes())
                    .flatExtracting(Scene.Box::inside)
                    .hasSameElementsAs(session.document().graph().nodes().keySet());
            assertThat(Report.of(session.document().graph()).order())
                    .hasSameSizeAs(session.document().graph().nodes().values());
            if (session.document().graph().nodes().size() > 60) {
                session.apply(new Remove(Set.copyOf(
                        new HashSet<>(session.document().graph().nodes().keySet()))));
                settle();
                openTwo();
            }
        }
    }

    private void act(Random random) {
        Point at = somewhere(random);
        switch (random.nextInt(13)) {
            case 0, 1 ->
                gestures.press(at.x(), at.y(), new Gestures.Held(random.nextInt(4) == 0, random.nextInt(4) == 0));
            case 2, 3, 4 -> gestures.drag(at.x(), at.y(), random.nextBoolean());
            case 5 -> gestures.release(at.x(), at.y());
            case 6 -> {
                List<Kind<?>> kinds = Layers.ALL;
                gestures.enter(kinds.get(random.nextInt(kinds.size())).standard());
                gestures.drag(at.x(), at.y(), true);
                gestures.drop(at.x(), at.y());
            }
            case 7 -> gestures.cancel();
            case 8 -> session.undo();
            case 9 -> gestures.toggleFold(at.x(), at.y());
            case 10 -> gestures.pressToCut(at.x(), at.y());
            case 11 -> {
                Rect area = session.scene().bounds();
                gestures.toggleFold(area.x() + area.width() * random.nextDouble(), area.y() + 10);
            }
            default -> session.redo();
        }
    }

    private Point somewhere(Random random) {
        List<Scene.Box> boxes = session.scene().boxes();
        if (boxes.isEmpty() || random.nextInt(4) == 0) {
            return new Point(random.nextInt(2000) - 500, random.nextInt(2000) - 500);
        }
        Rect area = boxes.get(random.nextInt(boxes.size())).area();
        return random.nextBoolean()
                ? Scene.outputAnchor(area, 0, 1, session.detail().direction())
                : new Point(area.x() + 10, area.y() + 10);
    }
}
