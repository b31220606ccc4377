package org.netsplice.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;

/**
 * The rows of a table as data of a shape: the chosen cells of each row are the numbers of one element of the batch. A first row that
 * holds a text in a column that is read, or whose names are used to choose columns, is a header.
 */
final class CsvRows implements RowSource {
    private final CsvText text;
    private final Shape wanted;
    private final String input;
    private final boolean all;
    private final int width;
    private final List<Integer> columns;
    private final Shape shape;
    private Optional<CSVRecord> ahead;

    /** Opens a table. */
    static CsvRows open(Path file, Shape wanted, String input, ColumnChoice choice) {
        CsvText text = CsvText.open(file);
        try {
            return new CsvRows(text, wanted, input, choice);
        } catch (RuntimeException problem) {
            text.close();
            throw problem;
        }
    }

    /** Rows of a text, which is closed with them. */
    private CsvRows(CsvText text, Shape wanted, String input, ColumnChoice choice) {
        this.text = text;
        this.wanted = wanted;
        this.input = input;
        this.all = choice.equals(ColumnChoice.ALL);
        this.ahead = text.next();
        List<String> top = ahead.map(row -> List.of(row.values())).orElse(List.of());
        this.width = top.size();
        this.columns = ahead.isEmpty() ? List.of() : choice.of(text.file(), top);
        if (choice.named() || columns.stream().anyMatch(column -> text.isText(top.get(column)))) {
            ahead = text.next();
        }
        CSVRecord first = ahead.orElseThrow(() -> CsvText.refused(
                new Where.InTable(text.file(), 0, 0), "has no rows of numbers", "Add at least one row."));
        boolean free = wanted.elementsPerRow() == Shape.UNKNOWN;
        if (!free && wanted.elementsPerRow() != columns.size()) {
            throw otherCount(first.getRecordNumber(), columns.size(), all);
        }
        this.shape = free ? Shape.of(Shape.UNKNOWN, columns.size()) : wanted.withBatch(Shape.UNKNOWN);
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Tensor next(int most) {
        List<float[]> rows = new ArrayList<>();
        for (; ahead.isPresent() && rows.size() < most; ahead = text.next()) {
            rows.add(numbers(ahead.get()));
        }
        float[] values = new float[Math.multiplyExact(columns.size(), rows.size())];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * columns.size(), columns.size());
        }
        return Tensor.owning(DType.FLOAT32, shape.withBatch(rows.size()), values);
    }

    private float[] numbers(CSVRecord row) {
        if (row.size() != width) {
            throw wanted.elementsPerRow() != Shape.UNKNOWN && all
                    ? otherCount(row.getRecordNumber(), row.size(), true)
                    : CsvText.refused(
                            new Where.InTable(text.file(), row.getRecordNumber(), 0),
                            "has " + row.size() + " columns, but the first row has " + width,
                            "Every row needs the same columns.");
        }
        float[] numbers = new float[columns.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = text.number(row, columns.get(i));
        }
        return numbers;
    }

    private ModelException.CannotPredict otherCount(long row, int count, boolean unchosen) {
        boolean more = count > wanted.elementsPerRow();
        return CsvText.refused(
                new Where.InTable(text.file(), row, 0),
                "has " + count + (unchosen ? "" : " chosen") + " columns, but the input " + input + " of shape "
                        + wanted + " needs " + wanted.elementsPerRow(),
                (more ? "Choose columns, or remove some" : "Add columns")
                        + "; every row holds the numbers of one example.");
    }

    @Override
    public double done() {
        return ahead.isEmpty() ? 1 : text.done();
    }

    @Override
    public void close() {
        text.close();
    }
}
