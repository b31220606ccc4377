package org.netsplice.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.Where;

/** A table in a text file, held as a whole, as targets. */
final class CsvTable {
    private static final long LARGEST = 1L << 30;
    /** What a cell takes while the table is held, with its text and its places in lists, for each byte of the file. */
    private static final double BYTES_HELD = 16;

    private final CsvText text;
    private final List<CSVRecord> rows;

    private CsvTable(CsvText text, List<CSVRecord> rows) {
        this.text = text;
        this.rows = rows;
    }

    static CsvTable read(Path path) {
        try (CsvText text = CsvText.open(path)) {
            Where where = new Where.InTable(text.file(), 0, 0);
            long size = Files.size(path);
            if (size > LARGEST) {
                throw CsvText.refused(where, "is larger than 1 GB", "Save it as .npy.");
            }
            Inputs.requireMemory(where, "reading it", BYTES_HELD * size, "Save it as .npy.");
            List<CSVRecord> rows = new ArrayList<>();
            for (Optional<CSVRecord> row = text.next(); row.isPresent(); row = text.next()) {
                rows.add(row.get());
            }
            return new CsvTable(text, rows);
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(path.getFileName()), problem);
        }
    }

    /** Whether the first row has a cell of this text. */
    static boolean hasColumn(Path path, String name) {
        try (CsvText text = CsvText.open(path)) {
            return text.next().map(row -> row.toList().contains(name)).orElse(false);
        }
    }

    /** The cells of the first row. */
    List<String> top() {
        return rows.isEmpty() ? List.of() : List.of(rows.get(0).values());
    }

    /**
     * The chosen cells as targets: numbers when all of them are, else the names of classes in the only column. A first row is a
     * header when a column is chosen by name, when it holds a text above numbers, or a text that no other row has.
     */
    Answers answers(ColumnChoice choice) {
        List<Integer> columns = rows.isEmpty() ? List.of() : choice.of(text.file(), top());
        boolean numeric = rows.stream()
                .skip(1)
                .allMatch(row -> columns.stream().noneMatch(column -> text.isText(CsvText.cell(row, column))));
        boolean header = choice.named() || columns.stream().anyMatch(column -> isHeader(column, numeric));
        List<CSVRecord> data = rows.subList(header ? 1 : 0, rows.size());
        if (data.isEmpty()) {
            throw CsvText.refused(
                    new Where.InTable(text.file(), 0, 0), "has no rows of targets", "Add at least one row.");
        }
        if (numeric) {
            float[] values = new float[Math.multiplyExact(columns.size(), data.size())];
            int at = 0;
            for (CSVRecord row : data) {
                for (int column : columns) {
                    values[at++] = text.number(row, column);
                }
            }
            Shape shape = columns.size() == 1 ? Shape.of(data.size()) : Shape.of(data.size(), columns.size());
            return new Answers(text.file(), Optional.of(Tensor.owning(DType.FLOAT32, shape, values)), List.of());
        }
        if (columns.size() != 1) {
            throw CsvText.refused(
                    new Where.InTable(text.file(), 0, 0),
                    "has " + columns.size() + " columns with texts among them",
                    "Choose the column of classes, as in " + text.file() + "#COLUMN.");
        }
        List<String> names = new ArrayList<>();
        for (CSVRecord row : data) {
            String name = CsvText.cell(row, columns.get(0));
            if (name.isEmpty()) {
                throw CsvText.refused(
                        new Where.InTable(text.file(), row.getRecordNumber(), columns.get(0) + 1L),
                        "is empty",
                        "Put the class there, or remove the row.");
            }
            names.add(name);
        }
        return new Answers(text.file(), Optional.empty(), names);
    }

    private boolean isHeader(int column, boolean numeric) {
        String first = top().get(column);
        return text.isText(first)
                && (numeric
                        || rows.stream()
                                .skip(1)
                                .noneMatch(row -> CsvText.cell(row, column).equals(first)));
    }
}
