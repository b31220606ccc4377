package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;
import org.netsplice.ops.Selecting;

/**
 * How Keras 3 merges masked sequences element by element; source: {@code keras/src/layers/merging} of 3.15.
 *
 * @param inputs of equal ranks
 * @param counted for each input its mask, if it has one, broadcast to the shape of the input
 */
record MaskedMerging(List<Array> inputs, List<Optional<Array>> counted) {

    /** Makes the ranks of the inputs equal; an input that gains axes loses its mask. */
    static MaskedMerging of(List<Array> inputs, List<Optional<Array>> masks) {
        List<Array> aligned = Broadcast.aligned(inputs);
        List<Optional<Array>> counted = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            long[] sizes = aligned.get(i).sizes();
            counted.add(
                    inputs.get(i).rank() < sizes.length || masks.isEmpty()
                            ? Optional.empty()
                            : masks.get(i).map(mask -> stretched(mask, sizes)));
        }
        return new MaskedMerging(aligned, counted);
    }

    private static Array stretched(Array mask, long... sizes) {
        long[] open = Arrays.copyOf(mask.sizes(), mask.rank() + 1);
        open[mask.rank()] = 1;
        return Broadcasting.to(mask.reshape(open), sizes);
    }

    boolean none() {
        return counted.stream().allMatch(Optional::isEmpty);
    }

    /** The product, in which masked steps are factors of 1. If all inputs have masks, the product is 0 where every input is masked. */
    Array product() {
        Array one = Array.of(new float[] {1}, 1);
        List<Array> factors = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Array x = inputs.get(i);
            factors.add(
                    counted.get(i).map(mask -> Selecting.where(mask, x, one)).orElse(x));
        }
        Array product = Arithmetic.fold(factors, Arithmetic::multiply);
        if (counted.stream().anyMatch(Optional::isEmpty)) {
            return product;
        }
        List<Array> all = counted.stream().map(Optional::orElseThrow).toList();
        return Selecting.where(Arithmetic.fold(all, Arithmetic::maximum), product, Array.zeros(1));
    }

    /** The maximum or minimum, taken from one input after the other; where one of two is masked, the other is taken. */
    Array extreme(BinaryOperator<Array> operation) {
        Array result = inputs.get(0);
        Optional<Array> known = counted.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            Array before = result;
            Array x = inputs.get(i);
            Optional<Array> own = counted.get(i);
            Array next = own.map(mask -> Selecting.where(mask, x, before)).orElse(x);
            Array kept = known.map(mask -> Selecting.where(mask, before, next)).orElse(before);
            known = own.isPresent() && known.isPresent()
                    ? Optional.of(Arithmetic.maximum(known.get(), own.get()))
                    : Optional.empty();
            result = operation.apply(kept, next);
        }
        return result;
    }
}
