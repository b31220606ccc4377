package org.netsplice.gui.result;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.Printable;

/** What an output whose numbers are probabilities says of the class of each row. */
final class RowClasses {
    /** How far the probabilities of a row may be from the sum 1. */
    private static final double TOLERANCE = 1e-2;

    private final Tensor values;
    private final int width;
    private final List<String> names;

    private RowClasses(Tensor values, int width, List<String> names) {
        this.values = values;
        this.width = width;
        this.names = names;
    }

    /**
     * The classes of an output of shape (rows, …); empty where its numbers are no probabilities: of several classes, with the sum 1, or
     * of one among two that have names.
     *
     * @param names of the classes; may be empty
     */
    static Optional<RowClasses> of(Tensor values, List<String> names) {
        if (values.shape().rank() != 2 || values.shape().size(0) == 0) {
            return Optional.empty();
        }
        int width = (int) values.shape().size(1);
        boolean right = width == 1 ? names.size() == 2 && withinOne(values) : width > 1 && sumToOne(values, width);
        return right ? Optional.of(new RowClasses(values, width, names)) : Optional.empty();
    }

    private static boolean withinOne(Tensor values) {
        return IntStream.range(0, values.length()).allMatch(i -> values.at(i) >= 0 && values.at(i) <= 1);
    }

    private static boolean sumToOne(Tensor values, int width) {
        return withinOne(values)
                && IntStream.range(0, values.length() / width)
                        .allMatch(row -> Math.abs(IntStream.range(0, width)
                                                .mapToDouble(i -> values.at(row * width + i))
                                                .sum()
                                        - 1)
                                < TOLERANCE);
    }

    /** The number of classes, at least 2. */
    int count() {
        return Math.max(2, width);
    }

    /** The number of rows. */
    int rows() {
        return values.length() / width;
    }

    /** The likeliest class of a row; the first of equally likely ones. */
    int best(int row) {
        return width == 1 ? values.at(row) > 0.5 ? 1 : 0 : Outputs.largest(values, row);
    }

    /** How likely a class of a row is, from 0 to 1. */
    double probability(int row, int of) {
        return width > 1 ? values.at(row * width + of) : of == 1 ? values.at(row) : 1 - values.at(row);
    }

    /** The likeliest classes of a row, the likeliest first; at most {@code most}. */
    List<Integer> likeliest(int row, int most) {
        return IntStream.range(0, count())
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(of -> -probability(row, of)))
                .limit(most)
                .toList();
    }

    /** What a class is called: its name, or its number from 0. */
    String name(int of) {
        return of < names.size() ? Printable.name(names.get(of)) : String.valueOf(of);
    }
}
