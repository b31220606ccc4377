package org.netsplice.edit.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.format.Opened;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.GroupId;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.layers.Layers;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Newer weights for a network, and other prefixes for its names. */
class SwapWeightsTest {

    private static Opened.Network network(String name) {
        return (Opened.Network) Fixtures.FORMATS.open(Fixtures.path(name), Optional.empty(), Progress.NONE);
    }

    /** Two classifiers of one architecture, the second with a prefix before its names, averaged. */
    private static Document joined() {
        Document document = network("digits/cnn_a/model.keras").edit("").apply(Document.EMPTY);
        document = network("digits/cnn_a/model.keras").edit("").apply(document);
        List<Port> ports =
                document.graph().outputs().stream().map(one -> one.port()).toList();
        return new AddLayer(Layers.kind("Average").orElseThrow().standard(), "", ports, Optional.empty())
                .apply(document);
    }

    private static GroupId last(Document document) {
        return document.graph().groups().keySet().stream()
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    @Test
    void aNetworkGetsTheWeightsOfAnotherFileAndKeepsEverythingElse() {
        Document document = joined();
        Graph newer = network("digits/cnn_a_tuned/model.keras").graph();
        Document swapped = new SwapWeights(last(document), newer, "model.keras").apply(document);
        assertThat(swapped.graph().nodes()).isEqualTo(document.graph().nodes());
        assertThat(swapped.graph().outputs()).isEqualTo(document.graph().outputs());
        for (Node node : swapped.graph().nodesIn(last(document))) {
            newer.named(node.name().replaceFirst("^cnn_a_2_", ""))
                    .filter(other -> newer.weights().containsKey(other.weights()))
                    .ifPresent(other -> assertThat(swapped.graph().weights().get(node.weights()))
                            .isEqualTo(newer.weights().get(other.weights())));
        }
        Group first = swapped.graph().groups().values().iterator().next();
        swapped.graph()
                .nodesIn(first.id())
                .forEach(node -> assertThat(swapped.graph().weights().get(node.weights()))
                        .isEqualTo(document.graph().weights().get(node.weights())));
    }

    @Test
    void anotherArchitectureIsRefusedWithTheFirstLayerThatDiffers() {
        Document document = joined();
        Graph other = network("seed_merge/model_a/model.keras").graph();
        assertThatThrownBy(() -> new SwapWeights(last(document), other, "model.keras").apply(document))
                .isInstanceOf(ModelException.EditRefused.class)
                .hasMessageContaining(
                        "needs (3, 3, 1, 12), (12,), but the newer network has (1, 64), (64,) in a_layer_1");
    }

    @Test
    void layersWithOtherNamesArePairedInTheirOrder() {
        Document document = joined();
        Document renamed = new Prefix(last(document), "mine_").apply(document);
        Node first = renamed.graph().named("mine_conv_1").orElseThrow();
        renamed = new Rename(first.id(), "another").apply(renamed);
        Graph newer = network("digits/cnn_a_tuned/model.keras").graph();
        Document swapped = new SwapWeights(last(document), newer, "m").apply(renamed);
        assertThat(swapped.graph().weights().get(first.weights()))
                .isEqualTo(
                        newer.weights().get(newer.named("conv_1").orElseThrow().weights()));
    }

    @Test
    void thePrefixOfANetworkIsChangedAndTakenNamesAreRefused() {
        Document document = joined();
        GroupId group = last(document);
        assertThat(Prefix.common(document.graph(), group)).isEqualTo("cnn_a_2_");
        Document changed = new Prefix(group, "tuned/".replace('/', '-')).apply(document);
        assertThat(changed.graph().named("tuned-conv_1")).isPresent();
        assertThat(Prefix.common(changed.graph(), group)).isEqualTo("tuned-");
        assertThatThrownBy(() -> new Prefix(group, "").apply(document))
                .isInstanceOf(ModelException.EditRefused.class)
                .hasMessageContaining("is taken by another layer");
    }
}
