package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.Weights;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;
import org.netsplice.problem.Where;

/** Layers that find categories give what Keras 3.15 gave for the same numbers. */
class LookupTest {
    private static final long[] NUMBERS = {0, 10, 7, -3, 1234567, 20, 20, 0, 99, 5};

    private record Golden(String layer, long width, double... expected) {}

    private static ComputedLayer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static TensorSpec wholes(long... sizes) {
        return new TensorSpec(Shape.of(sizes), DType.INT64);
    }

    @TestFactory
    Stream<DynamicTest> numbersInAVocabulary() {
        return Stream.of(
                        new Golden("num_oov_indices=4, oov_method=farmhash", 5, 3, 4, 0, 3, 3, 5, 5, 3, 2, 3),
                        new Golden("num_oov_indices=4, oov_method=farmhash, salt=[133, 137]", 5, new double[] {
                            1, 4, 2, 0, 2, 5, 5, 1, 0, 3
                        }),
                        new Golden("num_oov_indices=4, oov_method=farmhash, salt=7, mask_token=0", 5, new double[] {
                            0, 5, 1, 2, 2, 6, 6, 0, 1, 2
                        }),
                        new Golden("mask_token=0, output_mode=multi_hot", 3, 1, 1, 0, 1, 0, 1),
                        new Golden("mask_token=0, output_mode=one_hot", 3, new double[] {
                            0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0
                        }),
                        new Golden(
                                "mask_token=0, output_mode=count, max_tokens=6, pad_to_max_tokens=true, num_oov_indices=2",
                                6,
                                new double[] {0, 3, 1, 0, 0, 0, 0, 2, 0, 2, 0, 0}),
                        new Golden("vocabulary=[0, -1, 10, 20], mask_token=0", 5, 0, 2, 1, 1, 1, 3, 3, 0, 1, 1),
                        new Golden("vocabulary=[-1, 10, 20], mask_token=0, output_mode=count", 3, new double[] {
                            3, 1, 0, 2, 0, 2
                        }))
                .map(golden -> DynamicTest.dynamicTest(golden.layer, () -> {
                    String vocabulary = golden.layer.contains("vocabulary") ? "" : "vocabulary=[10, 20], ";
                    ComputedLayer layer = layer("IntegerLookup(" + vocabulary + golden.layer + ")");
                    Array found = layer.forward(List.of(Array.of(NUMBERS, 2, 5)), List.of())
                            .get(0);
                    assertThat(found.doubles()).containsExactly(golden.expected);
                    Shape shape = layer.outputs(List.of(wholes(2, 5))).get(0).shape();
                    assertThat(shape).isEqualTo(Shape.of(found.sizes()));
                    assertThat(shape.last()).isEqualTo(golden.width);
                }));
    }

    @Test
    void boundsOfAVocabulary() {
        assertThatThrownBy(() -> layer("IntegerLookup(vocabulary=[10, 20], max_tokens=2)")
                        .outputs(List.of(wholes(2, 5))))
                .isInstanceOf(Layer.Misfit.class)
                .hasMessageContaining("has 3 places, more than its max_tokens of 2");
        assertThatThrownBy(() -> layer("IntegerLookup(vocabulary=[10, 20], pad_to_max_tokens=true)")
                        .outputs(List.of(wholes(2, 5))))
                .isInstanceOf(Layer.Misfit.class)
                .hasMessageContaining("has pad_to_max_tokens without max_tokens");
    }

    /** A number for each example gets a row of its own, also where there is one example only. */
    @Test
    void singleNumbers() {
        ComputedLayer layer = layer("CategoryEncoding(num_tokens=3, output_mode=one_hot)");
        assertThat(layer.outputs(List.of(wholes(Shape.UNKNOWN))).get(0).shape()).isEqualTo(Shape.of(Shape.UNKNOWN, 3));
        Array one =
                layer.forward(List.of(Array.of(new long[] {2}, 1)), List.of()).get(0);
        assertThat(one.sizes()).containsExactly(1, 3);
        assertThat(one.doubles()).containsExactly(0, 0, 1);
        Array two = layer.forward(List.of(Array.of(new long[] {2, 0}, 2)), List.of())
                .get(0);
        assertThat(two.sizes()).containsExactly(2, 3);
        assertThat(two.doubles()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThatThrownBy(() -> layer("CategoryEncoding(num_tokens=3)").outputs(List.of(wholes(Shape.UNKNOWN))))
                .isInstanceOf(Layer.Misfit.class)
                .hasMessageContaining("needs an input of rank 2 or more");
    }

    /** Classes that only FeatureSpace makes are read as those that do the same. */
    @Test
    void partsOfAFeatureSpace() {
        assertThat(Layers.kind("TFDIdentity")).contains(Identity.KIND);
        assertThat(Layers.kind("TFDConcat")).contains(Concatenate.KIND);
    }

    /** Numbers that Keras 3.15 learned by {@code adapt([[3, 5], [5, 7], [5, 9]])} and predicted. */
    @Test
    void adaptedDocumentFrequenciesBecomeSettings() {
        ComputedLayer layer = layer(
                "IntegerLookup(vocabulary=[5, 9, 7, 3], output_mode=tf_idf, max_tokens=8, pad_to_max_tokens=true)");
        float[] learned = {0.82712203f, 0.5596158f, 0.91629076f, 0.91629076f, 0.91629076f, 0, 0, 0};
        Tensor stored = Tensor.of(Shape.of(8), learned);
        ComputedLayer settled = layer.settled(new Weights(List.of(stored))).orElseThrow();
        assertThat(settled.weights(List.of(wholes(2, 4)))).isEmpty();
        assertThat(settled.repeated().get("idf_weights").toArray()).containsExactly(learned);
        float[] predicted = settled.forward(List.of(Array.of(new long[] {3, 5, 5, 100, 7, 7, 9, 1}, 2, 4)), List.of())
                .get(0)
                .values();
        assertThat(predicted)
                .containsExactly(
                        new float[] {
                            0.8271220f,
                            1.1192316f,
                            0,
                            0,
                            0.9162908f,
                            0,
                            0,
                            0,
                            0.8271220f,
                            0,
                            0.9162908f,
                            1.8325816f,
                            0,
                            0,
                            0,
                            0
                        },
                        within(1e-6f));
    }

    /** Keras takes idf_weights as long as the vocabulary: with the token for unknown numbers listed, its factor is listed too. */
    @Test
    void documentFrequenciesMayListUnknownNumbers() {
        String rest = "output_mode=tf_idf, idf_weights=";
        List<Array> input = List.of(Array.of(new long[] {3, 9}, 1, 2));
        assertThat(layer("IntegerLookup(vocabulary=[3, 5], " + rest + "[0.5, 0.7])")
                        .forward(input, List.of())
                        .get(0)
                        .values())
                .containsExactly(0.6f, 0.5f, 0);
        assertThat(layer("IntegerLookup(vocabulary=[-1, 3, 5], " + rest + "[0.1, 0.5, 0.7])")
                        .forward(input, List.of())
                        .get(0)
                        .values())
                .containsExactly(0.1f, 0.5f, 0);
        assertThatThrownBy(() -> layer("IntegerLookup(vocabulary=[3, 5], " + rest + "[0.5])")
                        .outputs(List.of(wholes(1, 2))))
                .hasMessageContaining("has 1 idf_weights for a vocabulary of 2");
    }
}
