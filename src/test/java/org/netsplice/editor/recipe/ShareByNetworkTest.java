package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.layers.Layers;
import org.netsplice.problem.Problem;

/** Which inputs of a document become one. */
class ShareByNetworkTest {

    /** A network of inputs of these shapes, each read by a Flatten that is an output. */
    private static Document with(Document document, String name, String... shapes) {
        Document alone = Document.EMPTY;
        for (String shape : shapes) {
            Port input = Port.of(AddLayer.added(alone));
            Shape batch = Shape.of(Shape.UNKNOWN);
            for (String size : shape.split("x")) {
                batch = batch.plus(Long.parseLong(size));
            }
            alone = add(alone, new InputLayer(batch, DType.FLOAT32), List.of());
            alone = add(alone, Layers.kind("Flatten").orElseThrow().standard(), List.of(input));
        }
        return new OpenNetwork(alone.graph(), name, name + ".keras", name + "_").apply(document);
    }

    private static Document add(Document document, Layer layer, List<Port> ports) {
        return new AddLayer(layer, "", ports, Optional.empty()).apply(document);
    }

    private static List<String> readers(Graph graph, String input) {
        Port port = Port.of(graph.named(input).orElseThrow().id());
        List<String> names = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            if (node.inputs().contains(port)) {
                names.add(node.name());
            }
        }
        return names;
    }

    @Test
    void inputsAtTheSamePlaceBecomeOne() {
        Document document = with(with(Document.EMPTY, "a", "8x8x3", "5"), "b", "8x8x3", "5");
        assertThat(ShareByNetwork.obstacle(document.graph())).isEmpty();
        assertThat(ShareByNetwork.staying(document.graph())).hasSize(2);
        Graph shared = new ShareByNetwork().apply(document).graph();
        assertThat(shared.inputs()).hasSize(2);
        for (var id : shared.inputs()) {
            assertThat(readers(shared, shared.node(id).name())).hasSize(2);
        }
        assertThat(Report.of(shared).problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    @Test
    void networksWithTheChannelsElsewhereReadThroughAPermute() {
        Document document = with(with(Document.EMPTY, "a", "8x8x3"), "b", "3x8x8");
        assertThat(ShareByNetwork.obstacle(document.graph())).isEmpty();
        Graph shared = new ShareByNetwork().apply(document).graph();
        assertThat(shared.inputs()).hasSize(1);
        assertThat(shared.nodes().values())
                .filteredOn(node -> node.layer().className().equals("Permute"))
                .hasSize(1);
        assertThat(Report.of(shared).problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    @Test
    void otherShapesSayWhyNot() {
        Document document = with(with(Document.EMPTY, "a", "8x8x3"), "b", "8x8x1");
        assertThat(ShareByNetwork.obstacle(document.graph())
                        .orElseThrow()
                        .problem()
                        .what())
                .isEqualTo("reads (None, 8, 8, 1) float32, but a_input_layer reads (None, 8, 8, 3) float32, "
                        + "so they cannot share one input");
    }

    @Test
    void differentNumbersOfInputsBecomeOneWhereAllFit() {
        Document document = with(with(Document.EMPTY, "a", "4", "4"), "b", "4");
        assertThat(new ShareByNetwork().apply(document).graph().inputs()).hasSize(1);
    }
}
