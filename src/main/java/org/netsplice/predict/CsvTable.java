package org.netsplice.predict;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * A table of numbers in a text file. Commas, semicolons and tabs separate cells, whichever the first line has most of; with
 * semicolons a comma is a decimal point. A first row that holds a text in a column that is read is a header.
 */
final class CsvTable {
    private static final long LARGEST = 1L << 30;
    /** What a cell takes while the table is read: a text of its own and its places in lists. */
    private static final double BYTES_OF_CELL = 64;

    private final String file;
    private final List<CSVRecord> rows;
    private final boolean decimalComma;

    private CsvTable(String file, List<CSVRecord> rows, boolean decimalComma) {
        this.file = file;
        this.rows = rows;
        this.decimalComma = decimalComma;
    }

    static CsvTable read(Path path) {
        String file = String.valueOf(path.getFileName());
        try {
            if (Files.size(path) > LARGEST) {
                throw refused(new Where.InTable(file, 0, 0), "is larger than 1 GB", "Save it as .npy.");
            }
            String text = decoded(Files.readAllBytes(path), file);
            char separator = separator(text);
            long cells = text.chars().filter(c -> c == separator || c == '\n').count();
            Inputs.requireMemory(
                    new Where.InTable(file, 0, 0), "reading it", BYTES_OF_CELL * cells, "Save it as .npy.");
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(true)
                    .setTrim(true)
                    .get();
            try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
                return new CsvTable(file, parser.getRecords(), separator == ';');
            }
        } catch (IOException | java.io.UncheckedIOException | IllegalStateException problem) {
            if (problem instanceof IOException cause && !Files.isReadable(path)) {
                throw Guard.unreadable(file, cause);
            }
            throw refused(
                    new Where.InTable(file, 0, 0),
                    "is not a readable table: " + problem.getMessage(),
                    "Check the quotes, or save it again as CSV.");
        }
    }

    private static String decoded(byte[] bytes, String file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException problem) {
            throw refused(new Where.InTable(file, 0, 0), "is not UTF-8 text", "Save it as CSV in UTF-8.");
        }
    }

    private static char separator(String text) {
        String first = text.lines().findFirst().orElse("");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most || (candidate == ';' && count > 0 && count == most)) {
                best = candidate;
                most = count;
            }
        }
        return first.indexOf(';') >= 0 ? ';' : best;
    }

    private boolean isNumber(String cell) {
        try {
            Float.parseFloat(normal(cell));
            return true;
        } catch (NumberFormatException problem) {
            return false;
        }
    }

    private String normal(String cell) {
        String plain = decimalComma ? cell.replace(',', '.') : cell;
        return switch (plain.toLowerCase(Locale.ROOT)) {
            case "nan", "na" -> "NaN";
            case "inf", "infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> plain.matches(".*[dDfF]$") ? "no number" : plain;
        };
    }

    /** The rows as data of this shape; the chosen cells of each row are the numbers of one element of the batch. */
    Tensor tensor(Shape shape, String input, ColumnChoice choice) {
        List<String> top = rows.isEmpty() ? List.of() : List.of(rows.get(0).values());
        List<Integer> columns = rows.isEmpty() ? List.of() : choice.of(file, top);
        boolean header = choice.named() || columns.stream().anyMatch(column -> isText(top.get(column)));
        List<CSVRecord> data = rows.subList(header ? 1 : 0, rows.size());
        if (data.isEmpty()) {
            throw refused(new Where.InTable(file, 0, 0), "has no rows of numbers", "Add at least one row.");
        }
        long wanted = shape.elementsPerRow();
        boolean all = choice.equals(ColumnChoice.ALL);
        if (wanted != Shape.UNKNOWN && wanted != columns.size()) {
            throw otherCount(data.get(0).getRecordNumber(), columns.size(), shape, input, all);
        }
        float[] values = new float[Math.multiplyExact(columns.size(), data.size())];
        int at = 0;
        for (CSVRecord row : data) {
            if (row.size() != top.size()) {
                throw wanted != Shape.UNKNOWN && all
                        ? otherCount(row.getRecordNumber(), row.size(), shape, input, true)
                        : refused(
                                new Where.InTable(file, row.getRecordNumber(), 0),
                                "has " + row.size() + " columns, but the first row has " + top.size(),
                                "Every row needs the same columns.");
            }
            for (int column : columns) {
                values[at++] = number(row, column);
            }
        }
        long[] sizes = wanted == Shape.UNKNOWN ? new long[] {0, columns.size()} : shape.sizes();
        sizes[0] = data.size();
        return Tensor.owning(DType.FLOAT32, Shape.of(sizes), values);
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
        List<Integer> columns = rows.isEmpty() ? List.of() : choice.of(file, top());
        boolean numeric =
                rows.stream().skip(1).allMatch(row -> columns.stream().noneMatch(column -> isText(cell(row, column))));
        boolean header = choice.named() || columns.stream().anyMatch(column -> isHeader(column, numeric));
        List<CSVRecord> data = rows.subList(header ? 1 : 0, rows.size());
        if (data.isEmpty()) {
            throw refused(new Where.InTable(file, 0, 0), "has no rows of targets", "Add at least one row.");
        }
        if (numeric) {
            float[] values = new float[Math.multiplyExact(columns.size(), data.size())];
            int at = 0;
            for (CSVRecord row : data) {
                for (int column : columns) {
                    values[at++] = number(row, column);
                }
            }
            Shape shape = columns.size() == 1 ? Shape.of(data.size()) : Shape.of(data.size(), columns.size());
            return new Answers(file, Optional.of(Tensor.owning(DType.FLOAT32, shape, values)), List.of());
        }
        if (columns.size() != 1) {
            throw refused(
                    new Where.InTable(file, 0, 0),
                    "has " + columns.size() + " columns with texts among them",
                    "Choose the column of classes, as in " + file + "#COLUMN.");
        }
        List<String> names = new ArrayList<>();
        for (CSVRecord row : data) {
            String name = cell(row, columns.get(0));
            if (name.isEmpty()) {
                throw refused(
                        new Where.InTable(file, row.getRecordNumber(), columns.get(0) + 1L),
                        "is empty",
                        "Put the class there, or remove the row.");
            }
            names.add(name);
        }
        return new Answers(file, Optional.empty(), names);
    }

    private boolean isHeader(int column, boolean numeric) {
        String first = top().get(column);
        return isText(first)
                && (numeric
                        || rows.stream()
                                .skip(1)
                                .noneMatch(row -> cell(row, column).equals(first)));
    }

    /** A cell; empty where a row is too short. */
    private static String cell(CSVRecord row, int column) {
        return column < row.size() ? row.get(column) : "";
    }

    private boolean isText(String cell) {
        return !cell.isEmpty() && !isNumber(cell);
    }

    private ModelException.CannotPredict otherCount(long row, int count, Shape shape, String input, boolean all) {
        boolean more = count > shape.elementsPerRow();
        return refused(
                new Where.InTable(file, row, 0),
                "has " + count + (all ? "" : " chosen") + " columns, but the input " + input + " of shape " + shape
                        + " needs " + shape.elementsPerRow(),
                (more ? "Choose columns (--columns, --ignore), or remove some" : "Add columns")
                        + "; every row holds the numbers of one example.");
    }

    private float number(CSVRecord row, int column) {
        String cell = cell(row, column);
        if (!isNumber(cell)) {
            throw refused(
                    new Where.InTable(file, row.getRecordNumber(), column + 1L),
                    cell.isEmpty() ? "is empty" : "holds \"" + cell + "\" instead of a number",
                    "Put a number there, or remove the row or column.");
        }
        return Float.parseFloat(normal(cell));
    }

    private static ModelException.CannotPredict refused(Where where, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(where, what, remedy));
    }
}
