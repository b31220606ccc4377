package org.netsplice.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Parts of documents that compute what chosen layers give. */
class ExcerptTest {
    private static final Document DIGITS = Fixtures.open("digits/ensemble_concat_head/model.keras");

    private static Map<String, Tensor> predicted(Document document, Tensor data) {
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        return network.predict(Map.of(network.inputs().get(0).name(), data), 8, Progress.NONE);
    }

    private static Tensor data() {
        return Fixtures.npy(Fixtures.path("digits/ensemble_concat_head/input.npy"))
                .rows(0, 5);
    }

    @Test
    void theLayersOfTheOutputsGiveWhatTheDocumentPredicts() {
        List<NodeId> ends = DIGITS.graph().outputs().stream()
                .map(Output::port)
                .map(port -> port.node())
                .toList();
        assertThat(predicted(Excerpt.of(DIGITS, ends), data())).isEqualTo(predicted(DIGITS, data()));
    }

    @Test
    void everyLayerGivesItsShapeAndOneWithoutReadersIsLeftOut() {
        for (Node node : DIGITS.graph().inOrder()) {
            if (node.isInput()) {
                continue;
            }
            Document excerpt = Excerpt.of(DIGITS, List.of(node.id()));
            assertThat(Report.of(excerpt.graph()).topology().unneeded()).isEmpty();
            Map<String, Tensor> values = predicted(excerpt, data());
            assertThat(values).containsOnlyKeys(node.name());
            assertThat(values.get(node.name()).shape())
                    .isEqualTo(Report.of(DIGITS.graph())
                            .outputs(node.id())
                            .get(0)
                            .shape()
                            .withBatch(5));
        }
    }

    @Test
    void severalLayersGiveWhatEachGivesAlone() {
        List<Node> layers = Excerpt.layers(DIGITS.graph(), List.of("*conv_?"));
        assertThat(layers).hasSizeGreaterThan(3);
        Map<String, Tensor> together =
                predicted(Excerpt.of(DIGITS, layers.stream().map(Node::id).toList()), data());
        for (Node node : layers) {
            Tensor alone =
                    predicted(Excerpt.of(DIGITS, List.of(node.id())), data()).get(node.name());
            assertThat(Difference.largest(alone, together.get(node.name()))).isLessThan(1e-6);
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Excerpt.layers(DIGITS.graph(), List.of("conv_9")))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessageContaining("no layer, group or network is called \"conv_9\"");
    }
}
