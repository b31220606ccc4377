package org.netsplice.onnx;

import java.util.Arrays;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;

/** A value of an ONNX graph while it is translated. */
sealed interface Value {

    /** A tensor whose numbers are known when the file is opened. */
    record Known(Tensor tensor) implements Value {
        @Override
        public Optional<long[]> sizes() {
            return Optional.of(tensor.shape().sizes());
        }

        @Override
        public DType dtype() {
            return tensor.dtype();
        }
    }

    /**
     * A tensor that holds one number at every place, of a size that may depend on the data.
     *
     * @param known its sizes, in which numbers of {@link Sizes} stand for unknown ones
     */
    record Uniform(double number, DType dtype, long... known) implements Value {
        @Override
        public Optional<long[]> sizes() {
            return Optional.of(known.clone());
        }
    }

    /**
     * What a node of the graph gives.
     *
     * @param sizes its sizes, in which numbers of {@link Sizes} stand for unknown ones; empty when nothing is known of its shape
     */
    record Computed(Port port, Optional<long[]> sizes, DType dtype) implements Value {}

    /**
     * The numbers of {@code base} with its axes in another order, with axes of size 1 inserted or removed. No node is made for it before
     * it is used, so that orders that follow each other become one, or none.
     *
     * @param axes for each axis the axis of {@code base}, or −1 for one of size 1; axes of {@code base} that are missing have size 1
     */
    record View(Computed base, int... axes) implements Value {
        @Override
        public Optional<long[]> sizes() {
            return base.sizes()
                    .map(sizes -> Arrays.stream(axes)
                            .mapToLong(axis -> axis < 0 ? 1 : sizes[axis])
                            .toArray());
        }

        @Override
        public DType dtype() {
            return base.dtype();
        }

        /** Whether it is the base itself. */
        boolean plain() {
            boolean equal = axes.length == base.rank();
            for (int i = 0; equal && i < axes.length; i++) {
                equal = axes[i] == i;
            }
            return equal;
        }
    }

    /** The size of each axis; empty when nothing is known of its shape. */
    Optional<long[]> sizes();

    /** The type of its elements. */
    DType dtype();

    /** The size of each axis. */
    default long[] shape() {
        return sizes().orElseThrow(() -> new Untranslatable("the shape of its input is not known"))
                .clone();
    }

    /** The number of axes. */
    default int rank() {
        return shape().length;
    }
}
