package org.netsplice.layers.kind;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Converts the weights that an older Keras stored to the layout of Keras 3. */
@FunctionalInterface
public interface OldWeights {

    /** The layout has not changed. */
    OldWeights SAME = (layer, stored, origin) -> stored;

    /** The tensors in Keras 3's order and layout; unchanged when they are not as that Keras stored them. */
    List<Tensor> modern(ComputedLayer layer, List<Tensor> stored, Origin origin);

    /**
     * Gates that Keras 1 stored one by one, each with kernel, recurrent kernel and bias.
     *
     * @param order which stored gate stands at each place of Keras 3's
     */
    static OldWeights gates(int... order) {
        return (layer, stored, origin) -> {
            if (!origin.first() || stored.size() != 3 * order.length) {
                return stored;
            }
            return IntStream.range(0, 3)
                    .mapToObj(part -> beside(Arrays.stream(order)
                            .mapToObj(gate -> stored.get(3 * gate + part))
                            .toList()))
                    .toList();
        };
    }

    /** First this rule, then another. */
    default OldWeights then(OldWeights next) {
        return (layer, stored, origin) -> next.modern(layer, modern(layer, stored, origin), origin);
    }

    /**
     * Weights of layers that ran on CuDNN, recognized by two biases in one row: the kernel of each gate is stored by columns, its recurrent
     * kernel is transposed. Source: {@code _convert_rnn_weights} of Keras 2. LSTM adds the biases, GRU keeps two rows of them.
     *
     * @param gates 4 for LSTM, 3 for GRU
     */
    static OldWeights cudnn(int gates) {
        return (layer, stored, origin) -> {
            boolean told = stored.size() == 3
                    && stored.get(1).shape().rank() == 2
                    && stored.get(2)
                            .shape()
                            .equals(Shape.of(2L * gates * stored.get(1).shape().size(0)));
            if (!told) {
                return stored;
            }
            Tensor bias = stored.get(2);
            float[] both = bias.toArray();
            int half = both.length / 2;
            float[] sum = new float[half];
            for (int i = 0; i < half; i++) {
                sum[i] = both[i] + both[half + i];
            }
            return List.of(
                    byColumns(stored.get(0), gates),
                    byColumns(stored.get(1), gates),
                    gates == 3
                            ? Tensor.owning(bias.dtype(), Shape.of(2, half), both)
                            : Tensor.owning(bias.dtype(), Shape.of(half), sum));
        };
    }

    /** A kernel (in, gates × units) in which the numbers of each gate, taken by rows, are those of the stored one, taken by columns. */
    private static Tensor byColumns(Tensor kernel, int gates) {
        int rows = (int) kernel.shape().size(0);
        int width = (int) kernel.shape().size(1);
        int units = width / gates;
        float[] stored = kernel.toArray();
        float[] turned = new float[stored.length];
        for (int gate = 0; gate < gates; gate++) {
            for (int i = 0; i < rows * units; i++) {
                int from = (i / units) * width + gate * units + i % units;
                turned[(i % rows) * width + gate * units + i / rows] = stored[from];
            }
        }
        return Tensor.owning(kernel.dtype(), kernel.shape(), turned);
    }

    /** Tensors of rank 1 or 2 joined along their last axis. */
    private static Tensor beside(List<Tensor> parts) {
        Shape shape = parts.get(0).shape();
        int width = Math.toIntExact(shape.last());
        int rows = Math.toIntExact(shape.elements() / width);
        float[] joined = new float[rows * width * parts.size()];
        for (int part = 0; part < parts.size(); part++) {
            float[] values = parts.get(part).toArray();
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values, row * width, joined, (row * parts.size() + part) * width, width);
            }
        }
        return Tensor.owning(parts.get(0).dtype(), shape.with(-1, (long) width * parts.size()), joined);
    }

    /** The first half for one layer, the second for another. */
    static List<Tensor> halves(ComputedLayer one, ComputedLayer two, List<Tensor> stored, Origin origin) {
        int half = stored.size() / 2;
        List<Tensor> first = one.kind().history().modernWeights(one, stored.subList(0, half), origin);
        List<Tensor> second = two.kind().history().modernWeights(two, stored.subList(half, stored.size()), origin);
        return IntStream.range(0, first.size() + second.size())
                .mapToObj(i -> i < first.size() ? first.get(i) : second.get(i - first.size()))
                .toList();
    }
}
