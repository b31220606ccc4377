package org.netsplice.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netsplice.config.JsonReader;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.problem.Where;

/** Operations of layers, counted by hand from their sums of products: a multiply-add is two. */
class FlopsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dense(units=4)                                          | (None, 5)                     | 2 * 5 * 4",
                "Conv2D(filters=3, kernel_size=2)                        | (None, 4, 4, 5)               | 2 * 2 * 2 * 5 * 3 * 3 * 3",
                "EinsumDense(equation=\"abc,cd->abd\", output_shape=[null, 6]) | (None, 5, 4)            | 2 * 5 * 4 * 6",
                "Dot(axes=[2, 1])                                        | (None, 3, 4); (None, 4, 5)    | 2 * 3 * 4 * 5",
                "Dot(axes=1)                                             | (None, 8); (None, 8)          | 2 * 8",
                "Add()                                                   | (None, 8); (None, 8); (None, 8) | 2 * 8",
                "Attention()                                             | (None, 5, 4); (None, 7, 4)    | 4 * 5 * 7 * 4",
                "AdditiveAttention()                                     | (None, 5, 4); (None, 7, 4)    | 5 * 5 * 7 * 4",
                "MultiHeadAttention(num_heads=2, key_dim=3)              | (None, 5, 4); (None, 7, 4)    | 2 * 24 * 5 + 4 * 24 * 7 + 2 * 24 * 5 + 4 * 2 * 5 * 7 * 3",
                "MultiHeadAttention(num_heads=2, key_dim=3, use_gate=true) | (None, 5, 4); (None, 7, 4)  | 4 * 24 * 5 + 4 * 24 * 7 + 2 * 24 * 5 + 4 * 2 * 5 * 7 * 3",
                "GroupQueryAttention(head_dim=3, num_query_heads=4, num_key_value_heads=2) | (None, 5, 4); (None, 7, 4) | 2 * 48 * 5 + 4 * 24 * 7 + 2 * 48 * 5 + 4 * 4 * 5 * 7 * 3",
                "LSTM(units=3)                                           | (None, 6, 2)                  | 2 * 6 * 12 * 2 + 2 * 6 * 12 * 3",
                "Bidirectional(layer={\"class_name\": \"LSTM\", \"config\": {\"units\": 3}}) | (None, 6, 2) | 4 * 6 * 12 * 2 + 4 * 6 * 12 * 3",
                "TimeDistributed(layer={\"class_name\": \"Dense\", \"config\": {\"units\": 3}}) | (None, 6, 2) | 2 * 6 * 2 * 3",
                "ops.Matmul()                                            | (None, 2, 3); (None, 3, 4)    | 2 * 2 * 3 * 4",
                "ops.Einsum(subscripts=\"bij,bjk->bik\")                 | (None, 2, 3); (None, 3, 4)    | 2 * 2 * 3 * 4",
                "ops.DotProductAttention()                               | (None, 4, 2, 3); (None, 5, 2, 3); (None, 5, 2, 3) | 4 * 4 * 2 * 5 * 3",
                "ReLU()                                                  | (None, 8)                     | 0",
                "Flatten()                                               | (None, 8, 2)                  | 0",
            })
    void sumsOfProductsAreCounted(String text, String shapes, String expected) {
        Layer layer = LayerNotation.parse(text.strip(), Where.NOWHERE).layer();
        List<TensorSpec> inputs = new ArrayList<>();
        for (String shape : shapes.split(";")) {
            inputs.add(TensorSpec.of(Shape.of(sizes(shape))));
        }
        assertThat(layer.flops(inputs, layer.outputs(inputs))).isEqualTo(sum(expected));
    }

    private static long[] sizes(String shape) {
        String list = shape.strip().replace("None", "null").replace('(', '[').replace(')', ']');
        return JsonReader.parse(list.getBytes(java.nio.charset.StandardCharsets.UTF_8), "", "").items().stream()
                .mapToLong(size -> size.isNull() ? Shape.UNKNOWN : size.integer())
                .toArray();
    }

    private static long sum(String products) {
        long sum = 0;
        for (String product : products.split("\\+")) {
            long factors = 1;
            for (String factor : product.split("\\*")) {
                factors *= Long.parseLong(factor.strip());
            }
            sum += factors;
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "5, 3, 8",
        "9223372036854775807, 1, 9223372036854775807",
        "4611686018427387904, 4611686018427387904, 9223372036854775807"
    })
    void sumsSaturate(long one, long other, long sum) {
        assertThat(Layer.sum(one, other)).isEqualTo(sum);
    }
}
