package org.netsplice.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Maps of classes, beside numbers that Keras and TensorFlow's GradientTape gave. */
class ClassMapsTest {
    private static final Document DIGITS = Fixtures.open("digits/cnn_a/model.keras");
    private static Map<String, Tensor> rows;

    @BeforeAll
    static void fit() {
        CompiledNetwork network = Compiler.compile(DIGITS, Progress.NONE);
        Tensor all = Fixtures.npy(Fixtures.path("digits/cnn_a/input.npy"));
        rows = network.fitted(Map.of(network.inputs().get(0).name(), all.rows(0, 2)));
    }

    private static Port output() {
        return DIGITS.graph().outputs().get(0).port();
    }

    private static Node layer(String name) {
        return DIGITS.graph().named(name).orElseThrow();
    }

    private static ClassMaps of(String layer, OptionalInt named) {
        return ClassMaps.of(DIGITS, rows, layer(layer), output(), named, Progress.NONE);
    }

    @Test
    void theLikeliestClassIsTakenAndNothingPositiveGivesAnEmptyMap() {
        ClassMaps found = of("conv_2", OptionalInt.empty());
        assertThat(found.maps().shape()).isEqualTo(Shape.of(2, 2, 2));
        assertThat(found.maps().toArray())
                .containsExactly(
                        new float[] {0.87536824f, 1, 0.68286675f, 0.78289723f, 0, 0, 0, 0}, Offset.offset(1e-5f));
        assertThat(found.classes().get(0)).isEqualTo(4);
    }

    @Test
    void aClassCanBeNamed() {
        ClassMaps found = of("conv_1", OptionalInt.of(3));
        assertThat(Arrays.copyOf(found.maps().toArray(), 8))
                .containsExactly(
                        new float[] {0.06390039f, 0.3056583f, 0.90876424f, 0, 0, 0, 0.06390039f, 0.06390039f},
                        Offset.offset(1e-5f));
        assertThat(found.classes()).containsExactly(3, 3);
    }

    @Test
    void theLastLayerThatGivesPicturesIsFound() {
        assertThat(ClassMaps.lastPictures(Report.of(DIGITS.graph()), output())).contains(layer("conv_2"));
        Graph graph = DIGITS.graph();
        assertThat(graph.inOrder()).noneMatch(node -> ClassMaps.channelsFirst(graph, node));
    }

    @Test
    void whatHasNoMapIsRefused() {
        assertThatThrownBy(() -> of("hidden", OptionalInt.empty()))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessageContaining("gives no pictures");
        assertThatThrownBy(() -> of("conv_2", OptionalInt.of(10))).hasMessageContaining("there is no class 10");
        assertThatThrownBy(() -> ClassMaps.of(
                        DIGITS,
                        rows,
                        layer("conv_2"),
                        Port.of(layer("pool_1").id()),
                        OptionalInt.empty(),
                        Progress.NONE))
                .hasMessageContaining("not a number for each class");
    }
}
