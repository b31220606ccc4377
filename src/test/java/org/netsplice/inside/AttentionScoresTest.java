package org.netsplice.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Scores of attention layers that do not give them. */
class AttentionScoresTest {
    private static Node attention(Document document) {
        return document.graph().inOrder().stream()
                .filter(node -> AttentionScores.offeredBy(node.layer()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Tensor> given(Document document) {
        Document excerpt = Excerpt.of(document, List.of(attention(document).id()));
        CompiledNetwork network = Compiler.compile(excerpt, Progress.NONE);
        Map<String, Tensor> data = new Inputs(network.inputs(), ImageReading.UNIT).random(2, 7);
        return new ArrayList<>(network.predict(data, 8, Progress.NONE).values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attention_additive",
                "attention_scaled_three_inputs",
                "group_query_attention",
                "mha_self",
                "mha_cross",
                "mha_causal"
            })
    void scoresAreSharesAndTheOtherOutputStays(String fixture) {
        Document document = Fixtures.open(Fixtures.layers().resolve(fixture).resolve("model.keras"));
        Document asked = AttentionScores.asked(document, attention(document).id());
        List<Tensor> before = given(document);
        List<Tensor> with = given(asked);
        assertThat(with).hasSize(2);
        assertThat(Difference.largest(Map.of("v", before.get(0)), Map.of("v", with.get(0))))
                .isLessThan(1e-6);
        Tensor scores = with.get(AttentionScores.PLACE);
        int width = (int) scores.shape().last();
        for (int line = 0; line < scores.length() / width; line++) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += scores.at(line * width + i);
            }
            assertThat(sum).isCloseTo(1, Offset.offset(1e-5));
        }
        assertThat(AttentionScores.asked(asked, attention(asked).id())).isSameAs(asked);
    }

    @Test
    void otherLayersHaveNone() {
        Document document = Fixtures.open("digits/cnn_a/model.keras");
        assertThat(document.graph().nodes().values()).noneMatch(node -> AttentionScores.offeredBy(node.layer()));
        Node node = document.graph().inOrder().get(1);
        assertThat(AttentionScores.asked(document, node.id())).isSameAs(document);
    }
}
