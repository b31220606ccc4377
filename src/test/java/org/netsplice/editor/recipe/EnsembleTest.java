package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.Deciding;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Networks of one architecture that decide together. */
class EnsembleTest {
    private static final Path A = Fixtures.path("digits/cnn_a/model.keras");
    private static final Path TUNED = Fixtures.path("digits/cnn_a_tuned/model.keras");

    private static Tensor predicted(Document document, Tensor input) {
        return Compiler.compile(document, Progress.NONE)
                .predict(
                        Map.of(
                                document.graph()
                                        .node(document.graph().inputs().get(0))
                                        .name(),
                                input),
                        8,
                        Progress.NONE)
                .values()
                .iterator()
                .next();
    }

    @Test
    void aWeightedAverageIsTheAverageOfWhatEachSays() {
        Document both = new Ensemble(List.of(A, TUNED), Deciding.WEIGHTED, List.of(3.0, 1.0))
                .make(Fixtures.FORMATS, Progress.NONE);
        assertThat(both.graph().inputs()).hasSize(1);
        Tensor input = Fixtures.npy(Fixtures.path("digits/cnn_a/input.npy"));
        float[] a = predicted(Fixtures.open(A), input).toArray();
        float[] tuned = predicted(Fixtures.open(TUNED), input).toArray();
        float[] expected = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            expected[i] = 0.75f * a[i] + 0.25f * tuned[i];
        }
        Tensor together = predicted(both, input);
        Shape shape = together.shape();
        assertThat(Difference.largest(Map.of("y", Tensor.of(shape, expected)), Map.of("y", together)))
                .isLessThan(1e-6);
    }

    @Test
    void everyWayGivesADocumentThatRuns() {
        for (Deciding way : Deciding.values()) {
            Document document =
                    new Ensemble(List.of(A, TUNED, A), way, List.of()).make(Fixtures.FORMATS, Progress.NONE);
            Tensor input = Fixtures.npy(Fixtures.path("digits/cnn_a/input.npy"));
            assertThat(predicted(document, input).finite()).isTrue();
        }
    }

    @Test
    void anotherArchitectureIsRefusedWithTheLayerThatDiffers() {
        Path other = Fixtures.path("seed_merge/model_a/model.keras");
        assertThatThrownBy(() -> new Ensemble(List.of(A, other), Deciding.AVERAGE, List.of())
                        .make(Fixtures.FORMATS, Progress.NONE))
                .isInstanceOf(ModelException.Unsupported.class)
                .hasMessageContaining("is of another architecture than model.keras: layer 1 is");
    }
}
