package org.netsplice.editor.gesture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.edit.step.Remove;
import org.netsplice.editor.recipe.Folds;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;

/** Wires that are begun by a click, taken elsewhere, cut, and layers that are put into them. */
class WireGesturesTest extends TwoModels {

    private Scene.Wire wire(String reader) {
        return session.scene().wires().stream()
                .filter(one -> one.to().equals(id(reader)))
                .findFirst()
                .orElseThrow();
    }

    private static Point end(Scene.Wire wire) {
        return wire.points().get(wire.points().size() - 1);
    }

    private Point inside(String name) {
        return new Point(box(name).x() + 30, box(name).y() + 12);
    }

    private void pull(Point from, Point to, Gestures.Held held) {
        gestures.press(from.x(), from.y(), held);
        gestures.drag(to.x(), to.y(), true);
        gestures.release(to.x(), to.y());
        settle();
    }

    private List<Port> inputs(String name) {
        return session.document().graph().node(id(name)).inputs();
    }

    @Test
    void aClickOnAPortLetsAWireFollowUntilTheNextClick() {
        drop("Dense", new Point(2000, 300));
        Point from = output("a_output_layer");
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.release(from.x(), from.y());
        assertThat(gestures.following()).isTrue();
        Point to = inside("dense");
        gestures.drag(to.x(), to.y(), false);
        assertThat(gestures.overlay().wires()).hasSize(1);
        gestures.press(to.x(), to.y(), Gestures.Held.NONE);
        gestures.release(to.x(), to.y());
        assertThat(gestures.following()).isFalse();
        assertThat(inputs("dense")).containsExactly(Port.of(id("a_output_layer")));
        assertThat(session.undoTitle()).contains("connect");
    }

    @Test
    void escapeGivesUpAWireThatFollows() {
        Point from = output("a_output_layer");
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.release(from.x(), from.y());
        gestures.cancel();
        assertThat(gestures.active()).isFalse();
        assertThat(gestures.overlay()).isEqualTo(Overlay.NONE);
    }

    @Test
    void aWireFindsALayerThatIsNear() {
        drop("Dense", new Point(2000, 300));
        Point beside = new Point(box("dense").x() - 15, box("dense").centerY());
        pull(output("a_output_layer"), beside, Gestures.Held.NONE);
        assertThat(inputs("dense")).containsExactly(Port.of(id("a_output_layer")));
    }

    @Test
    void theReadingEndOfAWireIsTakenToAnotherLayer() {
        drop("Concatenate", new Point(2000, 300));
        Scene.Wire wire = wire("a_layer_2");
        Point grip = new Point(end(wire).x(), end(wire).y() - 4);
        pull(grip, inside("concatenate"), Gestures.Held.NONE);
        assertThat(inputs("a_layer_2")).isEmpty();
        assertThat(inputs("concatenate")).containsExactly(wire.port());
        session.undo();
        assertThat(inputs("a_layer_2")).containsExactly(wire.port());
        assertThat(inputs("concatenate")).isEmpty();
    }

    @Test
    void anEndDroppedOnEmptySpaceRemovesTheWire() {
        Point end = end(wire("a_layer_2"));
        pull(new Point(end.x(), end.y() - 4), new Point(3000, 3000), Gestures.Held.NONE);
        assertThat(inputs("a_layer_2")).isEmpty();
        assertThat(session.undoTitle()).contains("disconnect");
    }

    @Test
    void theBeginningOfASelectedWireIsTakenToAnotherLayer() {
        Scene.Wire wire = wire("a_output_layer");
        session.select(wire);
        pull(wire.points().get(0), inside("b_layer_1"), Gestures.Held.NONE);
        assertThat(inputs("a_output_layer")).containsExactly(Port.of(id("b_layer_1")));
        assertThat(session.undoTitle()).contains("reconnect");
    }

    @Test
    void controlTakesAllWiresOfAnOutput() {
        Port old = wire("a_layer_2").port();
        pull(output("a_layer_1"), inside("b_layer_1"), new Gestures.Held(false, true));
        assertThat(session.document().graph().nodes().values())
                .noneMatch(node -> node.inputs().contains(old));
        assertThat(inputs("a_layer_2")).containsExactly(Port.of(id("b_layer_1")));
    }

    @Test
    void aLineDrawnAcrossWiresCutsThem() {
        Point one = end(wire("a_layer_2"));
        gestures.pressToCut(one.x() - 20, one.y() - 5);
        gestures.drag(one.x() + 20, one.y() - 8, false);
        assertThat(gestures.overlay().text()).isEqualTo("cuts 1 wire");
        gestures.release(one.x() + 20, one.y() - 8);
        assertThat(inputs("a_layer_2")).isEmpty();
        assertThat(session.undoTitle()).contains("cut wire");
    }

    @Test
    void aLayerWithoutWiresGoesIntoTheWireItIsMovedOnto() {
        drop("Dropout", new Point(2000, 300));
        Scene.Wire wire = wire("a_layer_2");
        Point start = wire.points().get(0);
        Point middle = new Point(
                (start.x() + end(wire).x()) / 2, (start.y() + end(wire).y()) / 2);
        Point grip = inside("dropout");
        gestures.press(grip.x(), grip.y(), Gestures.Held.NONE);
        gestures.drag(middle.x(), middle.y(), true);
        settle();
        gestures.drag(middle.x(), middle.y(), true);
        assertThat(gestures.overlay().text()).startsWith("Dropout → (None");
        gestures.release(middle.x(), middle.y());
        assertThat(inputs("a_layer_2")).containsExactly(Port.of(id("dropout")));
        assertThat(inputs("dropout")).containsExactly(wire.port());
        session.undo();
        assertThat(inputs("dropout")).isEmpty();
        assertThat(session.document().placement().spots())
                .as("one gesture is one step, the move included")
                .doesNotContainEntry(id("dropout"), new org.netsplice.edit.Spot(middle.x(), middle.y()));
        assertThat(session.undoTitle()).contains("add Dropout");
    }

    @Test
    void movedLayersSnapToOthersAndShowWhy() {
        NodeId moved = id("a_output_layer");
        double left = box("b_layer_1").x();
        Point grip = inside("a_output_layer");
        double by = left - box("a_output_layer").x() + 3;
        gestures.press(grip.x(), grip.y(), Gestures.Held.NONE);
        gestures.drag(grip.x() + by, grip.y() + 4, false);
        assertThat(gestures.overlay().guides()).isNotEmpty();
        assertThat(session.document().placement().spots().get(moved).x()).isEqualTo(left);
        gestures.drag(grip.x() + by, grip.y() + 4, true);
        assertThat(gestures.overlay().guides()).isEmpty();
        assertThat(session.document().placement().spots().get(moved).x()).isEqualTo(left + 3);
        gestures.release(grip.x() + by, grip.y() + 4);
    }

    @Test
    void aWireOntoAFoldedGroupSaysWhatToDo() {
        drop("Dense", new Point(2000, 300));
        session.apply(new Remove(Set.of(id("Input_b"))));
        settle();
        session.apply(Folds.below(session.document().graph(), 0));
        settle();
        Point from = output("dense");
        Point onto = new Point(box("b_layer_1").centerX(), box("b_layer_1").centerY());
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.drag(onto.x(), onto.y(), false);
        assertThat(gestures.overlay().text()).matches("unfold .* to connect to a layer inside");
        assertThat(gestures.release(onto.x(), onto.y())).isEqualTo(Optional.empty());
    }

    /** Opens a network whose input has the shape of the outputs of the two. */
    private void addAClassifier() {
        Document small = new AddLayer(
                        new InputLayer(Shape.of(Shape.UNKNOWN, 32, 32, 32), DType.FLOAT32),
                        "scores",
                        List.of(),
                        Optional.empty())
                .apply(Document.EMPTY);
        small = new AddLayer(
                        LayerNotation.parse("Dense(units=2)", Where.NOWHERE).layer(),
                        "judge",
                        List.of(Port.of(small.graph().inputs().get(0))),
                        Optional.empty())
                .apply(small);
        session.open(new OpenNetwork(small.graph(), "classifier", "", ""));
        settle();
    }

    @Test
    void anOutputDroppedOnAnInputOfAnotherNetworkChainsThem() {
        addAClassifier();
        Document before = session.document();
        Point from = output("a_output_layer");
        Point to = inside("scores");
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.drag(to.x(), to.y(), true);
        assertThat(gestures.overlay().text()).isEqualTo("feeds what reads scores, which goes away");
        gestures.release(to.x(), to.y());
        settle();
        assertThat(inputs("judge")).containsExactly(Port.of(id("a_output_layer")));
        assertThat(session.document().graph().named("scores")).isEmpty();
        assertThat(session.document().graph().outputs())
                .extracting(session.document().graph()::outputName)
                .containsExactly("b_output_layer", "judge");
        assertThat(session.undoTitle()).contains("chain");
        session.undo();
        assertThat(session.document()).isEqualTo(before);
    }

    @Test
    void anOutputDroppedOnAFoldedNetworkFeedsItsOnlyInput() {
        addAClassifier();
        session.apply(Folds.below(session.document().graph(), 0));
        settle();
        Point from = output("a_output_layer");
        Point to = inside("judge");
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.drag(to.x(), to.y(), true);
        gestures.release(to.x(), to.y());
        settle();
        assertThat(inputs("judge")).containsExactly(Port.of(id("a_output_layer")));
    }

    @Test
    void anInputOfAnotherShapeSaysWhyItIsNotFed() {
        Point from = output("a_output_layer");
        Point to = inside("Input_b");
        gestures.press(from.x(), from.y(), Gestures.Held.NONE);
        gestures.drag(to.x(), to.y(), true);
        String text = "Input_b: needs (None, 32, 32, 1), but a_output_layer gives (None, 32, 32, 32). "
                + "Put a layer between them that changes the shape, such as Dense, Reshape or a pooling layer.";
        assertThat(gestures.overlay().text()).isEqualTo(text);
        Document before = session.document();
        gestures.release(to.x(), to.y());
        assertThat(session.document()).isSameAs(before);
    }
}
