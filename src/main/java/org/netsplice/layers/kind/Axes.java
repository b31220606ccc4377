package org.netsplice.layers.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;

/**
 * Tells which axes of a layer's inputs, outputs and weights belong together: when the entries along all places of a bond are put in one other
 * order, the layer computes the same, in that order. An axis without a bond must keep its order; the batch has none. Immutable.
 *
 * @param bonds each about other places, except that several may meet in one axis of an output, as in a flattened image, or in one of an
 *     input that several weights read
 */
public record Axes(List<Bond> bonds) {
    /** Nothing may be put in another order. */
    public static final Axes FIXED = new Axes(List.of());

    public Axes {
        bonds = List.copyOf(bonds);
    }

    /** What a place is an axis of. */
    public enum Of {
        /** An input of the layer. */
        INPUT,
        /** An output of the layer. */
        OUTPUT,
        /** A tensor of its weights, in Keras' order. */
        WEIGHT;

        /** A whole axis, counted from 0, of one of these tensors. */
        public Place at(int index, int axis) {
            return new Place(this, index, axis, 0, 1, 1);
        }
    }

    /**
     * An axis, or a part of one. Entry k of the bond stands at {@code offset + (r · size + k) · stride + s}, for every r below
     * {@code repeats} and s below {@code stride}, where size is that of the bond. Places in inputs are whole axes.
     *
     * @param index which input, output or tensor
     * @param axis counted from 0
     */
    public record Place(Of of, int index, int axis, int offset, int repeats, int stride) {

        /** The same axis, where all entries are followed by themselves again, as the gates of a recurrent layer are. */
        public Place repeated(long times) {
            return new Place(of, index, axis, offset, Math.toIntExact(times * repeats), stride);
        }

        /** The same axis, where every entry stands for several neighbours. */
        public Place spread(long neighbours) {
            return new Place(of, index, axis, offset, repeats, Math.toIntExact(neighbours * stride));
        }

        /** The same axis, where the entries begin later. */
        public Place from(long first) {
            return new Place(of, index, axis, Math.toIntExact(offset + first), repeats, stride);
        }

        /** The position of an entry in the axis. */
        public int position(int size, int repeat, int entry, int neighbour) {
            return offset + (repeat * size + entry) * stride + neighbour;
        }
    }

    /**
     * Places whose entries are put in another order together.
     *
     * @param size the number of entries, 2 or more
     */
    public record Bond(int size, List<Place> places) {
        public Bond {
            places = List.copyOf(places);
        }
    }

    /** These bonds and one more, which is left out when its size is not known or there is nothing to order. */
    public Axes bond(long size, Place... places) {
        return bond(size, Arrays.asList(places));
    }

    /** Like {@link #bond(long, Place...)}. */
    public Axes bond(long size, List<Place> places) {
        if (size < 2 || size > Integer.MAX_VALUE) {
            return this;
        }
        List<Bond> more = new ArrayList<>(bonds);
        more.add(new Bond((int) size, places));
        return new Axes(more);
    }

    /** Every axis of the first input stays an axis of the first output, with the same entries. */
    public static Axes kept(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        Axes axes = FIXED;
        for (int axis = 1; axis < shape.rank(); axis++) {
            axes = axes.bond(shape.size(axis), Of.INPUT.at(0, axis), Of.OUTPUT.at(0, axis));
        }
        return axes;
    }

    /** Like {@link #kept}, without the last axes. */
    public static Axes keptBefore(List<TensorSpec> inputs, int last) {
        Shape shape = inputs.get(0).shape();
        return kept(List.of(TensorSpec.of(shape.axes(0, Math.max(0, shape.rank() - last)))));
    }

    /** Axis {@code from} of the first input is axis {@code to} of the first output. */
    public static Axes moved(List<TensorSpec> inputs, int from, int to) {
        return FIXED.bond(inputs.get(0).shape().size(from), Of.INPUT.at(0, from), Of.OUTPUT.at(0, to));
    }

    /** Inputs of shapes that broadcast to that of the output, aligned at their last axes. */
    public static Axes broadcast(List<TensorSpec> inputs, Shape output) {
        Axes axes = FIXED;
        for (int axis = 1; axis < output.rank(); axis++) {
            List<Place> places = new ArrayList<>(List.of(Of.OUTPUT.at(0, axis)));
            for (int i = 0; i < inputs.size(); i++) {
                Shape shape = inputs.get(i).shape();
                int own = axis - output.rank() + shape.rank();
                if (own >= 0 && shape.size(own) != 1) {
                    places.add(Of.INPUT.at(i, own));
                }
            }
            axes = axes.bond(output.size(axis), places);
        }
        return axes;
    }

    /** Two layers that read the same inputs, whose first outputs are joined along the last axis, and whose weights follow one another. */
    public static Axes beside(ComputedLayer one, ComputedLayer two, List<TensorSpec> inputs) {
        int weights = one.weights(inputs).size();
        long first = one.outputs(inputs).get(0).shape().last();
        int last = one.outputs(inputs).get(0).shape().rank() - 1;
        List<Bond> bonds = new ArrayList<>(one.axes(inputs).bonds());
        for (Bond bond : two.axes(inputs).bonds()) {
            List<Place> places = new ArrayList<>();
            for (Place place : bond.places()) {
                int behind = place.of() == Of.WEIGHT ? weights : 0;
                Place moved = new Place(
                        place.of(),
                        place.index() + behind,
                        place.axis(),
                        place.offset(),
                        place.repeats(),
                        place.stride());
                places.add(place.of() == Of.OUTPUT && place.axis() == last ? moved.from(first) : moved);
            }
            bonds.add(new Bond(bond.size(), places));
        }
        return new Axes(bonds);
    }
}
