package org.netsplice.predict;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.container.NpyRows;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** The rows of one input, read as they are asked for. */
interface RowSource extends AutoCloseable {

    /** The shape of all rows together; how many there are may be unknown. */
    Shape shape();

    /** The next rows, the first axis counts them: {@code most} of them, fewer at the end, then none. */
    Tensor next(int most);

    /** The share of the rows that has been read, 0 to 1. */
    double done();

    @Override
    void close();

    /** The rows of an array that is held anyway. */
    static RowSource of(Tensor rows) {
        return new RowSource() {
            private long at;

            @Override
            public Shape shape() {
                return rows.shape();
            }

            @Override
            public Tensor next(int most) {
                long from = at;
                at = Math.min(rows.shape().size(0), at + most);
                return from == 0 && at == rows.shape().size(0) ? rows : rows.rows(from, at);
            }

            @Override
            public double done() {
                return (double) at / Math.max(1, rows.shape().size(0));
            }

            @Override
            public void close() {}
        };
    }

    /** The rows of an array in a file. */
    static RowSource of(NpyRows rows) {
        return new RowSource() {
            @Override
            public Shape shape() {
                return rows.shape();
            }

            @Override
            public Tensor next(int most) {
                return rows.next(most);
            }

            @Override
            public double done() {
                return (double) rows.done() / Math.max(1, rows.shape().size(0));
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    /** All rows that are left, in one array. */
    default Tensor all() {
        long rows = shape().size(0);
        if (rows != Shape.UNKNOWN) {
            return next((int) Math.min(rows, Integer.MAX_VALUE));
        }
        List<Tensor> parts = new ArrayList<>();
        Tensor part = next(PART);
        do {
            parts.add(part);
            part = next(PART);
        } while (part.shape().size(0) > 0);
        return Tensor.joined(parts);
    }

    /** How many rows are read at once where all are wanted and their number is unknown. */
    int PART = 4096;
}
