package org.netsplice.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Networks with an axis of size 0 give results of the right shape, or say why they have none. */
class EmptyAxesTest {
    private static final int ROWS = 2;

    private static Document network(String layer, Shape row) {
        Document document = new AddLayer(
                        new InputLayer(Shape.of(Shape.UNKNOWN).plus(row), DType.FLOAT32),
                        "x",
                        List.of(),
                        Optional.empty())
                .apply(Document.EMPTY);
        Port x = Port.of(document.graph().named("x").orElseThrow().id());
        Document layered = new AddLayer(
                        LayerNotation.parse(layer, Where.NOWHERE).layer(), "y", List.of(x), Optional.empty())
                .apply(document);
        return new MarkOutput(Port.of(layered.graph().named("y").orElseThrow().id()), true).apply(layered);
    }

    private static Shape shape(String text) {
        return Shape.of(java.util.Arrays.stream(text.split(" "))
                .mapToLong(Long::parseLong)
                .toArray());
    }

    private static Tensor result(String layer, Shape row) {
        Shape shape = Shape.of(ROWS).plus(row);
        Tensor data = Tensor.of(shape, new float[(int) shape.elements()]);
        return Compiler.compile(network(layer, row), Progress.NONE)
                .predict(Map.of("x", data), 1, Progress.NONE)
                .get("y");
    }

    @ParameterizedTest
    @CsvSource({
        "Dropout, 0, 0",
        "Dropout, 0 3, 0 3",
        "GaussianNoise, 0, 0",
        "ReLU, 3 0, 3 0",
        "Softmax, 0, 0",
        "Flatten, 4 0, 0",
        "LayerNormalization, 0, 0",
        "BatchNormalization, 0, 0",
        "Dense(units=3), 0, 3",
        "Dense(units=3), 4 0, 4 3",
        "Dense(units=3), 0 4, 0 3",
        "'Conv1D(filters=2, kernel_size=1)', 8 0, 8 2",
        "'Conv1D(filters=2, kernel_size=3, padding=same)', 8 0, 8 2",
        "'Conv1D(filters=2, kernel_size=3, padding=same)', 0 3, 0 2",
        "'Conv1DTranspose(filters=2, kernel_size=3)', 8 0, 10 2",
        "'Conv2D(filters=2, kernel_size=1)', 8 8 0, 8 8 2",
        "'DepthwiseConv2D(kernel_size=3)', 8 8 0, 6 6 0",
        "'SeparableConv2D(filters=2, kernel_size=3)', 8 8 0, 6 6 2",
        "'MaxPooling1D(pool_size=2, padding=same)', 0 3, 0 3",
        "UpSampling1D, 0 3, 0 3",
        "ZeroPadding1D, 0 3, 2 3",
        "'Embedding(input_dim=3, output_dim=2)', 0, 0 2",
        "'LSTM(units=3, return_sequences=true)', 0 2, 0 3",
        "RepeatVector(n=3), 0, 3 0"
    })
    void numbersOfNothingAreNoneOrSums(String layer, String row, String result) {
        assertThat(result(layer, shape(row)).shape()).isEqualTo(Shape.of(ROWS).plus(shape(result)));
    }

    @ParameterizedTest
    @CsvSource({
        "'LSTM(units=3)', 0 2, 'y: LSTM has nothing to compute from in an input of shape (None, 0, 2)'",
        "'GRU(units=3)', 8 0, 'y: GRU has nothing to compute from in an input of shape (None, 8, 0)'",
        "GlobalMaxPooling1D, 0 2, 'y: GlobalMaxPooling1D has nothing to compute from in an input of shape (None, 0, 2)'",
        "'Conv1D(filters=2, kernel_size=3)', 0 2, 'y: Conv1D its window of 3 cells does not fit into 0'",
        "UpSampling1D, 9223372036854775807 2, 'y: UpSampling1D would have sizes too large to count for inputs of shape (None, 9223372036854775807, 2)'"
    })
    void whatCannotBeComputedIsSaid(String layer, String row, String sentence) {
        Document document = network(layer, shape(row));
        assertThatThrownBy(() -> Compiler.compile(document, Progress.NONE))
                .isInstanceOfSatisfying(
                        ModelException.CannotCompile.class,
                        refusal -> assertThat(refusal.problems().get(0).line()).isEqualTo(sentence));
    }

    @Test
    void aBiasIsAddedToNothing() {
        assertThat(result("Dense(units=2, activation=sigmoid)", Shape.of(0)).toArray())
                .containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
    }
}
