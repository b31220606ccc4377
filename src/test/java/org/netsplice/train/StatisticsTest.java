package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Moving statistics from rows, against plain sums. */
class StatisticsTest {
    private static final float[] ROWS = {1, 10, 2, 20, 3, 60, 6, -10};

    private static final NodeId NORM = new NodeId(2);

    private static Document document() {
        Document start = new AddLayer(
                        new InputLayer(Shape.of(Shape.UNKNOWN, 2), DType.FLOAT32), "x", List.of(), Optional.empty())
                .apply(Document.EMPTY);
        Port input = Port.of(AddLayer.added(Document.EMPTY));
        Document whole = new AddLayer(
                        LayerNotation.parse("BatchNormalization()", Where.NOWHERE)
                                .layer(),
                        "norm",
                        List.of(input),
                        Optional.empty())
                .apply(start);
        Tensor ones = Tensor.of(Shape.of(2), 1, 1);
        return new LoadWeights(NORM, new Weights(List.of(ones, ones, ones, ones))).apply(whole);
    }

    private static List<Tensor> renewed(int batch) {
        Document after =
                Statistics.renewed(document(), Map.of("x", Tensor.of(Shape.of(4, 2), ROWS)), batch, 0, Progress.NONE);
        return after.graph().weights().get(after.graph().node(NORM).weights()).tensors();
    }

    @Test
    void oneBatchGivesItsMeanAndBiasedVariance() {
        List<Tensor> tensors = renewed(4);
        assertThat(tensors.get(0)).isEqualTo(Tensor.of(Shape.of(2), 1, 1));
        assertThat(tensors.get(2).toArray()).containsExactly(new float[] {3, 20}, within(1e-5f));
        assertThat(tensors.get(3).toArray()).containsExactly(new float[] {3.5f, 650}, within(1e-3f));
    }

    @Test
    void severalBatchesCountByTheirRows() {
        List<Tensor> tensors = renewed(3);
        assertThat(tensors.get(2).toArray()).containsExactly(new float[] {3, 20}, within(1e-5f));
        assertThat(tensors.get(3).toArray()).containsExactly(new float[] {0.5f, 350}, within(1e-3f));
    }

    @Test
    void networksWithoutStatisticsAreKnown() {
        assertThat(Statistics.has(document())).isTrue();
        assertThat(Statistics.has(Document.EMPTY)).isFalse();
    }
}
