package org.netsplice.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.edit.step.ShareInputs;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.Layers;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Joins that can be computed but are seldom meant. */
class DoubtfulJoinsTest {

    private static Edit network(String name, String... layers) {
        java.util.LinkedHashMap<NodeId, Node> nodes = new java.util.LinkedHashMap<>();
        NodeId input = new NodeId(1);
        nodes.put(
                input,
                new Node(
                        input,
                        name + "_in",
                        new InputLayer(Shape.of(Shape.UNKNOWN, 4), DType.FLOAT32),
                        List.of(),
                        new WeightsId(1),
                        true));
        NodeId last = input;
        for (String layer : layers) {
            NodeId id = new NodeId(last.number() + 1);
            nodes.put(
                    id,
                    new Node(
                            id,
                            name + id.number(),
                            LayerNotation.parse(layer, Where.NOWHERE).layer(),
                            List.of(Port.of(last)),
                            new WeightsId(id.number()),
                            true));
            last = id;
        }
        Graph graph = new Graph(
                nodes, java.util.Map.of(), java.util.Map.of(), List.of(input), List.of(Output.of(Port.of(last))));
        return new OpenNetwork(graph, name, "", "");
    }

    private static Document joined(String merge, Edit... networks) {
        Document document = Document.EMPTY;
        for (Edit network : networks) {
            document = network.apply(document);
        }
        return merged(merge, new ShareInputs(document.graph().inputs()).apply(document));
    }

    private static Document merged(String merge, Document document) {
        return merged(
                merge,
                document,
                document.graph().outputs().stream().map(Output::port).toList());
    }

    private static Document merged(String merge, Document document, List<Port> ports) {
        return new AddLayer(Layers.kind(merge).orElseThrow().standard(), "", ports, Optional.empty()).apply(document);
    }

    private static List<String> warnings(Document document) {
        return Report.of(document.graph()).problems().stream()
                .map(Problem::what)
                .toList();
    }

    @Test
    void probabilitiesWithValuesThatAreNone() {
        Document document =
                joined("Average", network("a", "Dense(units=3,activation=softmax)"), network("b", "Dense(units=3)"));
        assertThat(warnings(document))
                .containsExactly("joins a2, whose values are probabilities of classes, with b2, whose values are not");
        assertThat(Report.of(document.graph()).runnable()).isTrue();
    }

    @Test
    void probabilitiesBesideFeaturesAreNotDoubtful() {
        assertThat(warnings(joined(
                        "Concatenate",
                        network("a", "Dense(units=3,activation=softmax)"),
                        network("b", "Dense(units=64,activation=relu)"))))
                .isEmpty();
    }

    @Test
    void probabilitiesBesideAMeanOfProbabilitiesAreNotDoubtful() {
        Document ensemble = joined(
                "Average",
                network("a", "Dense(units=3,activation=softmax)"),
                network("b", "Dense(units=3)", "Softmax", "Dropout(rate=0.5)"));
        Document three = new OpenNetwork(ensemble.graph(), "ensemble", "", "")
                .apply(network("c", "Dense(units=3)", "Softmax").apply(Document.EMPTY));
        Document shared = new ShareInputs(three.graph().inputs()).apply(three);
        assertThat(warnings(merged("Average", shared))).isEmpty();
        Port member = Port.of(shared.graph().named("c2").orElseThrow().id());
        Port mean = Port.of(shared.graph().named("average").orElseThrow().id());
        assertThat(warnings(merged("Average", shared, List.of(member, mean))))
                .containsExactly(
                        "joins average, whose values are probabilities of classes, with c2, whose values are not");
    }

    @Test
    void differentNumbersOfClassesAreNotDoubtful() {
        assertThat(warnings(joined(
                        "Concatenate",
                        network("a", "Dense(units=3,activation=softmax)"),
                        network("b", "Dense(units=5)", "Softmax"))))
                .isEmpty();
    }

    @Test
    void networksWithInputsOfTheirOwnMayDifferInAnything() {
        Document apart = network("a", "Rescaling(scale=0.5)", "Dense(units=3,activation=softmax)")
                .apply(network("b", "Dense(units=3)").apply(Document.EMPTY));
        assertThat(warnings(merged("Average", apart))).isEmpty();
        assertThat(warnings(merged("Average", new ShareInputs(apart.graph().inputs()).apply(apart))))
                .hasSize(2);
    }

    @Test
    void scalingInOneOnly() {
        assertThat(warnings(joined(
                        "Average",
                        network("a", "Rescaling(scale=0.5)", "Dense(units=3)"),
                        network("b", "Dense(units=3)"))))
                .containsExactly("a scales its input and b does not, so that they expect different data");
    }

    @Test
    void frozenStatisticsInOneOnly() {
        Document document = joined(
                "Average",
                network("a", "Dense(units=3)", "BatchNormalization"),
                network("b", "Dense(units=3)", "BatchNormalization"));
        assertThat(warnings(document)).isEmpty();
        NodeId normalization = document.graph().named("a3").orElseThrow().id();
        assertThat(warnings(new Freeze(Set.of(normalization), true).apply(document)))
                .containsExactly(
                        "a has frozen BatchNormalization and b has not, so that training moves the statistics of one only");
    }

    @Test
    void networksThatAreAlikeAreJoinedWithoutAWord() {
        assertThat(warnings(joined(
                        "Average",
                        network("a", "Rescaling(scale=0.5)", "Dense(units=3,activation=softmax)"),
                        network("b", "Rescaling(scale=0.5)", "Dense(units=3,activation=softmax)"))))
                .isEmpty();
    }
}
