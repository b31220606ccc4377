package org.netsplice.edit.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.History;
import org.netsplice.edit.Spot;
import org.netsplice.format.Opened;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Edits before and after, as text: {@code dense < in} is a layer and what it reads. */
class EditTest {

    private static Document small() {
        Document document = add(Document.EMPTY, new InputLayer(Shape.of(Shape.UNKNOWN, 4), DType.FLOAT32), "a");
        document = add(document, layer("Dense(units=3)"), "b", "a");
        return add(document, layer("Dense(units=2)"), "c", "b");
    }

    private static org.netsplice.graph.Layer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static Document add(Document document, org.netsplice.graph.Layer layer, String name, String... reads) {
        List<Port> ports =
                List.of(reads).stream().map(read -> Port.of(id(document, read))).toList();
        return new AddLayer(layer, name, ports, Optional.empty()).apply(document);
    }

    private static NodeId id(Document document, String name) {
        return document.graph().named(name).map(Node::id).orElseThrow();
    }

    private static String text(Document document) {
        Graph graph = document.graph();
        String nodes = graph.nodes().values().stream()
                .map(node -> node.name()
                        + node.inputs().stream()
                                .map(port -> " < " + graph.node(port.node()).name())
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(", "));
        return nodes + " | " + graph.outputs().stream().map(graph::outputName).collect(Collectors.joining(", "));
    }

    private static void refused(Document document, Edit edit, String what) {
        assertThatThrownBy(() -> edit.apply(document))
                .isInstanceOf(ModelException.EditRefused.class)
                .hasMessageContaining(what);
    }

    private static Document open(String... names) {
        Document document = Document.EMPTY;
        for (String name : names) {
            document = ((Opened.Network) Fixtures.FORMATS.open(Fixtures.path(name), Optional.empty(), Progress.NONE))
                    .edit("")
                    .apply(document);
        }
        return document;
    }

    @Test
    void theOutputMarkMovesToWhatIsPutBehind() {
        assertThat(text(small())).isEqualTo("a, b < a, c < b | c");
        assertThat(text(add(small(), layer("Dense"), "d", "c"))).isEqualTo("a, b < a, c < b, d < c | d");
        assertThat(text(add(small(), layer("Dense"), "d", "b"))).isEqualTo("a, b < a, c < b, d < b | c");
    }

    @Test
    void removingAnOutputMarksWhatFedIt() {
        Document document = small();
        assertThat(text(new Remove(Set.of(id(document, "c"))).apply(document))).isEqualTo("a, b < a | b");
        assertThat(text(new Remove(Set.of(id(document, "b"))).apply(document))).isEqualTo("a, c | c");
    }

    @Test
    void aMergeMayReadTheSameTensorTwice() {
        Document document = add(small(), layer("Add"), "twice", "b", "b");
        assertThat(text(document)).contains("twice < b < b");
        assertThat(Report.of(document.graph())
                        .outputs(id(document, "twice"))
                        .get(0)
                        .shape())
                .hasToString("(None, 3)");
    }

    private static Document two() {
        Document document = add(small(), new InputLayer(Shape.of(Shape.UNKNOWN, 2), DType.FLOAT32), "x");
        document = add(document, layer("Dense(units=5)"), "y", "x");
        return new MarkOutput(Port.of(id(document, "y")), true).apply(document);
    }

    @Test
    void anInputThatIsFedDissolves() {
        Document document = two();
        Document chained = new Chain(Port.of(id(document, "c")), id(document, "x")).apply(document);
        assertThat(text(document)).isEqualTo("a, b < a, c < b, x, y < x | c, y");
        assertThat(text(chained)).isEqualTo("a, b < a, c < b, y < c | y");
        assertThat(chained.graph().inputs()).containsExactly(id(document, "a"));
        Document passed = new MarkOutput(Port.of(id(document, "x")), true).apply(document);
        assertThat(text(new Chain(Port.of(id(document, "c")), id(document, "x")).apply(passed)))
                .as("an output that was the input itself")
                .isEqualTo("a, b < a, c < b, y < c | c, y");
    }

    @Test
    void onlyAnInputOfTheSameShapeAndTypeIsFed() {
        Document document = two();
        Port c = Port.of(id(document, "c"));
        refused(document, new Chain(c, id(document, "y")), "y: is not an input");
        refused(document, new Chain(c, id(document, "a")), "a: needs (None, 4), but c gives (None, 2)");
        refused(document, new Chain(new Port(id(document, "c"), 1), id(document, "x")), "c: has no output 1");
        Document integers = add(document, new InputLayer(Shape.of(Shape.UNKNOWN, 2), DType.INT32), "ids");
        refused(integers, new Chain(c, id(integers, "ids")), "ids: needs int32, but c gives float32");
        Document circle = add(document, layer("Dense(units=4)"), "d", "c");
        refused(
                circle,
                new Chain(Port.of(id(circle, "d")), id(circle, "a")),
                "a: a wire from d would let the network feed itself");
    }

    @Test
    void loopsAndFullLayersAreRefusedWithAReason() {
        Document document = small();
        refused(
                document,
                new Reconnect(id(document, "b"), 0, Port.of(id(document, "c"))),
                "b: a wire from c would let the network feed itself");
        refused(document, new Connect(Port.of(id(document, "a")), id(document, "c")), "c: Dense takes one input");
        refused(document, new Connect(new Port(id(document, "a"), 3), id(document, "c")), "a: has no output 3");
        refused(document, new Disconnect(id(document, "a"), 0), "a: has no input 1");
    }

    @Test
    void namesAreUniqueAndWithoutSlashes() {
        Document document = small();
        refused(document, new Rename(id(document, "b"), "c"), "the name \"c\" is taken by another layer");
        refused(document, new Rename(id(document, "b"), "x/y"), "\"x/y\" is not a name");
        assertThat(text(new Rename(id(document, "b"), "merged model").apply(document)))
                .contains("merged model < a");
        assertThat(text(add(document, layer("Dense"), "b", "c"))).contains("b_1 < c");
    }

    @Test
    void aSecondNetworkOfTheSameNamesGetsAPrefix() {
        Document document = open("seed_ensemble/model1/model.keras", "seed_ensemble/model2/model.keras");
        assertThat(text(document)).contains("conv_1 < image", "cnn_2_conv_1 < cnn_2_image");
        assertThat(document.graph().groups().values().stream().map(group -> group.name()))
                .containsExactly("cnn", "cnn_2");
        Document closed =
                new CloseNetwork(document.graph().groups().keySet().iterator().next()).apply(document);
        assertThat(closed.graph().nodes()).hasSize(8);
        assertThat(closed.graph().weights()).hasSize(4);
    }

    @Test
    void sharingAndSeparatingInputsAreOpposites() {
        Document document = open("seed_ensemble/model1/model.keras", "seed_ensemble/model2/model.keras");
        Document shared = new ShareInputs(document.graph().inputs()).apply(document);
        assertThat(text(shared))
                .contains("conv_1 < image", "cnn_2_conv_1 < image")
                .doesNotContain("cnn_2_image");
        assertThat(shared.graph().inputs()).hasSize(1);
        Document separate = new SeparateInputs(shared.graph().inputs().get(0)).apply(shared);
        assertThat(text(separate)).contains("conv_1 < image", "cnn_2_conv_1 < cnn_2_image");
        assertThat(separate.graph().inputs()).hasSize(2);
    }

    @Test
    void callsOfOneLayerAreConfiguredAndFrozenTogether() {
        Document document = open("layers/shared_layer_chained/model.keras");
        NodeId first = id(document, "again");
        Document frozen = new Freeze(Set.of(first), true).apply(document);
        assertThat(frozen.graph().named("again (2)").orElseThrow().trainable()).isFalse();
        Document changed = new Configure(first, layer("Dense(units=6, activation=tanh)")).apply(document);
        assertThat(changed.graph().named("again (2)").orElseThrow().layer().activationText())
                .isEqualTo("tanh");
    }

    @Test
    void weightsMustFit() {
        Document document = open("seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras");
        NodeId a = id(document, "a_layer_1");
        NodeId b = id(document, "b_layer_1");
        Document copied = new CopyWeights(a, b).apply(document);
        assertThat(copied.graph().weights().get(copied.graph().node(b).weights()))
                .isEqualTo(
                        document.graph().weights().get(document.graph().node(a).weights()));
        refused(
                document,
                new CopyWeights(a, id(document, "a_layer_2")),
                "a_layer_2: needs kernel (64, 128), bias (128,), received (1, 64), (64,)");
        Document reset = new ResetWeights(b).apply(document);
        assertThat(Report.of(reset.graph()).untrained(b)).isTrue();
        Document wider = new Configure(b, layer("Dense(units=65)")).apply(document);
        assertThat(Report.of(wider.graph()).problems(b).get(0).what())
                .isEqualTo("its weights have shapes (1, 64), (64,), but it now needs (1, 65), (65,)");
    }

    @Test
    void movesOfOneGestureAreOneStep() {
        Document document = small();
        NodeId node = id(document, "b");
        History history = History.of(document)
                .apply(new Move(Map.of(node, new Spot(1, 1)), 5))
                .apply(new Move(Map.of(node, new Spot(2, 2)), 5))
                .apply(new Move(Map.of(node, new Spot(3, 3)), 6));
        assertThat(history.undo().present().placement().spots()).containsEntry(node, new Spot(2, 2));
        assertThat(history.undo().undo().present()).isSameAs(document);
    }

    @Test
    void anEditThatChangesNothingIsNotRecorded() {
        Document document = small();
        History history = History.of(document).apply(new Rename(id(document, "b"), "b"));
        assertThat(history.undoTitle()).isEmpty();
    }

    @Test
    void untrainedWeightsAreAFunctionOfTheSeed() {
        Document document = small();
        Node node = document.graph().named("b").orElseThrow();
        var specs = Report.of(document.graph()).weights(node.id());
        var one = org.netsplice.graph.Initial.draw(7, node.weights(), specs);
        assertThat(org.netsplice.graph.Initial.draw(7, node.weights(), specs)).isEqualTo(one);
        assertThat(org.netsplice.graph.Initial.draw(8, node.weights(), specs)).isNotEqualTo(one);
        float limit = (float) Math.sqrt(6.0 / 7);
        for (float value : one.tensors().get(0).toArray()) {
            assertThat(value).isBetween(-limit, limit);
        }
        assertThat(one.tensors().get(1).toArray()).containsOnly(0);
    }
}
