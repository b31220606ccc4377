package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Lookup;
import org.netsplice.ops.Reducing;

/** How a layer returns a category: as its index, or encoded along an axis with one entry for each category. */
enum Encoding {
    INT,
    ONE_HOT,
    MULTI_HOT,
    COUNT,
    TF_IDF;

    static final String HELP = "Whether categories are returned as indices or one-hot encoded.";
    /** All that need no statistics of the training data. */
    static final List<Encoding> PLAIN = List.of(INT, ONE_HOT, MULTI_HOT, COUNT);

    static final List<Encoding> VECTORS = List.of(ONE_HOT, MULTI_HOT, COUNT);

    /** The shape and type of encoded indices of this shape. */
    TensorSpec spec(Shape shape, int categories) {
        if (this == INT) {
            return new TensorSpec(shape, DType.INT64);
        }
        if (shape.rank() < 2 && this != ONE_HOT) {
            throw new Layer.Misfit(
                    "needs an input of rank 2 or more, received " + shape, "Insert a Reshape layer before it.");
        }
        boolean single = shape.rank() > 1 && shape.last() == 1;
        boolean kept = this == ONE_HOT && !single;
        return TensorSpec.of((kept ? shape : shape.axes(0, shape.rank() - 1)).plus(categories));
    }

    /**
     * Encodes indices.
     *
     * @param counts for {@code COUNT}, the weight of each index
     */
    Array encode(Array numbers, int categories, Optional<Array> counts) {
        if (this == INT) {
            return numbers;
        }
        Array ones = Lookup.oneHot(numbers, categories);
        int last = numbers.rank() - 1;
        if (this == ONE_HOT) {
            return last > 0 && numbers.size(last) == 1
                    ? ones.reshape(
                            spec(Shape.of(numbers.sizes()), categories).shape().sizes())
                    : ones;
        }
        if (this == MULTI_HOT) {
            return Reducing.over(ones, false, Reducing.MAXIMUM, last);
        }
        long[] open = java.util.Arrays.copyOf(numbers.sizes(), last + 2);
        open[last + 1] = 1;
        Array weighted =
                counts.map(own -> Arithmetic.multiply(ones, own.reshape(open))).orElse(ones);
        return Reducing.over(weighted, false, Reducing.SUM, last);
    }

    /** Writes nodes of ONNX that encode indices. */
    OnnxValue write(OnnxBuilder onnx, OnnxValue given, int categories, Optional<OnnxValue> counts) {
        OnnxValue numbers = onnx.cast(given, DType.INT64);
        if (this == INT) {
            return numbers;
        }
        int last = numbers.rank() - 1;
        OnnxValue all =
                onnx.integers(java.util.stream.LongStream.range(0, categories).toArray());
        OnnxValue ones = onnx.cast(onnx.compare("Equal", onnx.insert(numbers, last + 1), all), DType.FLOAT32);
        if (this == ONE_HOT) {
            return last > 0 && numbers.size(last) == 1 ? onnx.remove(ones, last) : ones;
        }
        if (this == MULTI_HOT) {
            return onnx.reduce("ReduceMax", ones, false, last);
        }
        OnnxValue weighted = counts.map(own -> onnx.multiply(ones, onnx.insert(onnx.real(own), last + 1)))
                .orElse(ones);
        return onnx.reduce("ReduceSum", weighted, false, last);
    }
}
