package org.netsplice.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Configure;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.InsertLayer;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.Rename;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.LayerNotation;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;

/** What is said to differ is what was changed, and nothing else. */
class DocumentDifferenceTest {
    private final Document digits = Fixtures.open("digits/cnn_a/model.keras");

    private static DocumentDifference between(Document before, Document after) {
        return DocumentDifference.between(Report.of(before.graph()), Report.of(after.graph()));
    }

    private static List<LayerDifference> changed(DocumentDifference difference) {
        return difference.layers().stream()
                .filter(one -> one.status() != LayerDifference.Status.EQUAL)
                .toList();
    }

    private NodeId id(String name) {
        return digits.graph().named(name).orElseThrow().id();
    }

    @Test
    void aModelDoesNotDifferFromItselfInAnotherFormat() {
        DocumentDifference difference = between(digits, Fixtures.open("digits/cnn_a/model.h5"));
        assertThat(difference.isNone()).isTrue();
        assertThat(difference.count(LayerDifference.Status.EQUAL)).isEqualTo(8);
    }

    @Test
    void settingsAndFlagsAreNamedWithBothValues() {
        ComputedLayer hidden = (ComputedLayer) digits.graph().node(id("hidden")).layer();
        Document other = new Configure(id("hidden"), hidden.kind().change(hidden, "activation", Json.of("selu")))
                .apply(new Freeze(Set.of(id("conv_1")), true).apply(digits));
        assertThat(changed(between(digits, other)))
                .extracting(one -> one.node().name(), LayerDifference::changes)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "conv_1", List.of(new Change("trainable", "true", "false"))),
                        org.assertj.core.groups.Tuple.tuple(
                                "hidden", List.of(new Change("activation", "relu", "selu"))));
    }

    @Test
    void layersPutInAndTakenOutAreToldAndTheirReadersToo() {
        ComputedLayer noise = LayerNotation.parse("GaussianNoise(stddev=0.1)", new Where.AtOption("--add"))
                .layer();
        Document more = new InsertLayer(noise, id("hidden"), 0).apply(digits);
        DocumentDifference difference = between(digits, more);
        assertThat(changed(difference))
                .extracting(one -> one.status() + " " + one.node().name())
                .containsExactly("CHANGED hidden", "ADDED gaussian_noise");
        assertThat(changed(difference).get(0).changes())
                .containsExactly(new Change("reads", "dropout", "gaussian_noise"));
        assertThat(changed(between(more, digits)))
                .extracting(one -> one.status() + " " + one.node().name())
                .containsExactly("REMOVED gaussian_noise", "CHANGED hidden");

        Document fewer = new Remove(Set.of(id("probabilities"))).apply(digits);
        assertThat(between(digits, fewer).outputs()).containsExactly(new Change("outputs", "probabilities", "hidden"));
    }

    @Test
    void distancesOfWeightsAreMeasured() {
        Graph graph = digits.graph();
        WeightsId layer = graph.node(id("probabilities")).weights();
        List<Tensor> tensors = new ArrayList<>(graph.weights().get(layer).tensors());
        float[] bias = tensors.get(1).toArray();
        double length = 0;
        for (float one : bias) {
            length += (double) one * one;
        }
        bias[3] += 0.5f;
        double moved = (double) bias[3] - tensors.get(1).at(3);
        tensors.set(1, Tensor.owning(DType.FLOAT32, Shape.of(bias.length), bias));
        Map<WeightsId, Weights> weights = new HashMap<>(graph.weights());
        weights.put(layer, new Weights(tensors));
        List<LayerDifference> changed = changed(between(digits, digits.with(graph.withWeights(weights))));
        assertThat(changed).hasSize(1);
        assertThat(changed.get(0).changes()).isEmpty();
        assertThat(changed.get(0).weights())
                .containsExactly(new WeightsDistance("bias", moved, Math.sqrt(moved * moved / length)));
    }

    @Test
    void numbersThatAreNotFiniteHaveNoDistance() {
        Tensor one = Tensor.of(Shape.of(2), 1, 2);
        WeightsDistance distance = WeightsDistance.of("bias", one, Tensor.of(Shape.of(2), Float.NaN, 7));
        assertThat(distance.greatest()).isNaN();
        assertThat(WeightsDistance.of("bias", Tensor.of(Shape.of(1), 0), Tensor.of(Shape.of(1), 1))
                        .relative())
                .isInfinite();
    }

    @Test
    void everyLayerIsFoundAgainUnderAnotherName() throws IOException {
        List<String> models = List.of(
                "digits/cnn_a/model.keras",
                "seed_merge/merged/model.keras",
                "seed_ensemble/ensemble/model.keras",
                "tabular/model.keras");
        int compared = 0;
        for (String model : models) {
            Path path = Fixtures.path(model);
            if (Files.exists(path)) {
                compared += renamed(Fixtures.open(model));
            }
        }
        try (Stream<Path> folders = Files.list(Fixtures.layers())) {
            for (Path folder : folders.sorted().toList()) {
                Path model = folder.resolve("model.keras");
                if (Files.exists(model)) {
                    compared += renamed(Fixtures.open("layers/" + folder.getFileName() + "/model.keras"));
                }
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    /** Compares a document with itself after all its layers got other names, and counts its layers. */
    private static int renamed(Document document) {
        Document other = document;
        int number = 0;
        for (Node node : document.graph().inOrder()) {
            other = new Rename(node.id(), "other_" + number++).apply(other);
        }
        DocumentDifference difference = between(document, other);
        assertThat(difference.outputs()).as(document.name()).isEmpty();
        assertThat(difference.layers())
                .as(document.name())
                .hasSize(document.graph().nodes().size())
                .allSatisfy(one -> {
                    assertThat(one.status()).isEqualTo(LayerDifference.Status.CHANGED);
                    assertThat(one.changes().stream().map(Change::what).collect(Collectors.toSet()))
                            .isSubsetOf("name", "configuration");
                    assertThat(one.weights()).isEmpty();
                });
        return number;
    }
}
