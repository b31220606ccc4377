package org.netsplice.predict;

import java.util.function.Supplier;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.MemoryShortage;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * The rows of a file as an input takes them.
 *
 * @param rows what the file holds, which fits the input
 * @param shape the shape of all rows as the input takes them
 */
record FittingRows(RowSource rows, Shape shape, Input input, Where where) implements RowSource {

    /**
     * Rows that are refused, and closed, when they do not fit the input.
     *
     * @throws ModelException.CannotPredict when their shape differs from what the input takes
     */
    static FittingRows of(RowSource rows, Input input, Where where) {
        Shape shape = input.fitted(rows.shape()).orElse(null);
        if (shape == null) {
            rows.close();
            throw new ModelException.CannotPredict(Problem.error(
                    where,
                    "holds data of shape " + rows.shape() + ", but the input " + input.name() + " needs "
                            + input.shape(),
                    "Choose a file with that shape; the first axis counts the rows."));
        }
        return new FittingRows(rows, shape, input, where);
    }

    /** Does what reads a file; when it needs more memory than there is, the answer names the file. */
    static <T> T within(Where where, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OutOfMemoryError problem) {
            throw new ModelException.CannotPredict(
                    MemoryShortage.problem(where, "does not fit into memory", "Choose less data."), problem);
        }
    }

    @Override
    public Tensor next(int most) {
        Tensor next = within(where, () -> rows.next(most));
        return next.reshaped(input.fitted(next.shape()).orElseThrow());
    }

    /** All rows in one array, each of whose numbers takes at least a float. */
    Tensor whole() {
        if (shape.known() && !(rows instanceof ImageRows)) {
            Inputs.requireMemory(
                    where, "its content", (double) Float.BYTES * shape.elements(), "Choose a smaller file.");
        }
        return within(where, this::all);
    }

    @Override
    public double done() {
        return rows.done();
    }

    @Override
    public void close() {
        rows.close();
    }
}
