package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Array;
import org.netsplice.ops.Hashes;
import org.netsplice.ops.Tape;

/**
 * Hashes combinations of whole numbers into bins: two inputs (None, 1) give (None, 1) with numbers below {@code num_bins}. Combined
 * as TensorFlow's {@code sparse.cross_hashed}.
 */
public record HashedCrossing(int numBins, Encoding outputMode) implements ComputedLayer {
    static final Kind<HashedCrossing> KIND = Kind.of(
                    "HashedCrossing",
                    HashedCrossing.class,
                    Kind.Family.INTERNAL,
                    "Hashes combinations of whole numbers into bins.",
                    new Kind.Example("num_bins=5", "(None, 1)", "(None, 1)"))
            .settings(
                    Setting.integer("num_bins", 16, 1, "Number of bins."),
                    Setting.choice("output_mode", Encoding.INT, List.of(Encoding.INT, Encoding.ONE_HOT), Encoding.HELP))
            .supportsOnly("sparse", false)
            .neverWrites("trainable", "dtype")
            .requires("num_bins")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return new Arity(2, 2);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        boolean single = shape.rank() == 1 || (shape.rank() == 2 && shape.last() == 1);
        if (!single || inputs.stream().anyMatch(input -> !input.shape().accepts(shape))) {
            throw new Misfit("needs equal inputs with one number in a row, received " + shape, "");
        }
        return List.of(outputMode.spec(shape, numBins));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        List<long[]> columns = inputs.stream().map(Array::wholes).toList();
        long[] bins = new long[columns.get(0).length];
        for (int row = 0; row < bins.length; row++) {
            long[] numbers = new long[columns.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = columns.get(i)[row];
            }
            bins[row] = Hashes.crossed(numbers, numBins);
        }
        Array binned = Tape.obstacle("hashing", Array.of(bins, inputs.get(0).sizes()), inputs.toArray(Array[]::new));
        return List.of(outputMode.encode(binned, numBins, Optional.empty()));
    }
}
