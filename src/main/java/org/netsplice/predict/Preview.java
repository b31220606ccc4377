package org.netsplice.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.netsplice.container.Guard;
import org.netsplice.container.Npy;
import org.netsplice.container.NpyRows;
import org.netsplice.container.Npz;
import org.netsplice.dl4j.CompiledNetwork.Input;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * What a file would give an input, found when it is chosen.
 *
 * @param rows how many examples the file holds; 0 when it does not fit
 * @param columns which columns of a table are read
 * @param header the columns of a table, by name, or by number where it has no names; empty for other files
 * @param first the first rows as the input takes them; empty when the file does not fit
 * @param wrong why the file does not fit, in a sentence or two; empty when it fits
 */
public record Preview(
        long rows, ColumnChoice columns, List<String> header, Optional<Tensor> first, Optional<String> wrong) {
    private static final int ROWS_SHOWN = 5;
    /** Names that columns of targets and of row numbers have. */
    private static final List<String> NOT_DATA =
            List.of("label", "labels", "class", "classes", "target", "targets", "y", "id", "index", "");

    public Preview {
        header = List.copyOf(header);
    }

    /**
     * Looks at a file.
     *
     * @param columns which columns of a table the user wants; all means that those that fit are found, where only targets, texts or
     *     numbers of rows are too many
     */
    public static Preview of(Path file, Input input, ColumnChoice columns, ImageReading images, Progress progress) {
        List<String> header = new ArrayList<>();
        try {
            return look(file, input, columns, images, header, progress);
        } catch (ModelException problem) {
            return wrong(columns, header, sentence(problem.problem()));
        }
    }

    /**
     * Columns of a table for several inputs, in order, where together they take exactly its data; empty where they do not.
     *
     * @return the columns of each input
     */
    public static List<ColumnChoice> shared(Path table, List<Input> inputs) {
        List<Long> needed =
                inputs.stream().map(input -> input.shape().elementsPerRow()).toList();
        long all = needed.stream().mapToLong(Long::longValue).sum();
        if (needed.contains(Shape.UNKNOWN) || all > Integer.MAX_VALUE) {
            return List.of();
        }
        List<Integer> columns;
        try {
            columns = TableHead.of(table).without(NOT_DATA, (int) all).orElse(List.of());
        } catch (ModelException problem) {
            return List.of();
        }
        List<ColumnChoice> parts = new ArrayList<>();
        int from = 0;
        for (long count : columns.isEmpty() ? List.<Long>of() : needed) {
            parts.add(ColumnChoice.ofNumbers(columns.subList(from, from + (int) count)));
            from += (int) count;
        }
        return parts;
    }

    /** Whether a column of the table is read. */
    public boolean reads(String column) {
        return columns.of("", header).contains(header.indexOf(column));
    }

    private static Preview look(
            Path file, Input input, ColumnChoice columns, ImageReading images, List<String> header, Progress progress) {
        String name = String.valueOf(file.getFileName());
        if (!Files.exists(file)) {
            return wrong(columns, header, "This file is not there any more. Choose another.");
        }
        if (Inputs.isPicture(file)) {
            return pictures(file, input, columns, images, progress);
        }
        Guard.requireFile(file);
        if (name.toLowerCase(Locale.ROOT).endsWith(".npz")) {
            List<String> keys = Npz.keys(file);
            String key = keys.size() == 1 ? keys.get(0) : input.name();
            return keys.contains(key)
                    ? rows(RowSource.of(Npz.rows(file, key)), input, columns, header)
                    : wrong(
                            columns,
                            header,
                            "It has no array called " + Printable.name(input.name()) + "; its arrays are "
                                    + Printable.name(String.join(", ", keys)) + ".");
        }
        return isArray(file)
                ? rows(RowSource.of(NpyRows.open(file)), input, columns, header)
                : table(file, input, columns, header);
    }

    private static boolean isArray(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Npy.recognises(in.readNBytes(6));
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(file.getFileName()), problem);
        }
    }

    private static Preview pictures(
            Path file, Input input, ColumnChoice columns, ImageReading images, Progress progress) {
        if (!Inputs.takesPictures(input.shape())) {
            return wrong(
                    columns,
                    List.of(),
                    (Files.isDirectory(file) ? "This is a folder of pictures" : "This is a picture")
                            + ", and the input takes numbers of shape " + input.shape() + ".");
        }
        return Inputs.pictures(file).isEmpty()
                ? wrong(columns, List.of(), "This folder holds no pictures (PNG, JPEG, WebP, BMP, TIFF).")
                : rows(new ImageRows(file, input.shape(), images, progress), input, columns, List.of());
    }

    /** Looks at rows, and closes them. */
    private static Preview rows(RowSource source, Input input, ColumnChoice columns, List<String> header) {
        try (source) {
            if (input.fitted(source.shape()).isEmpty()) {
                return wrong(
                        columns, header, "It holds " + source.shape() + ", and the input takes " + input.shape() + ".");
            }
            Tensor first = source.next(ROWS_SHOWN);
            long rows = source.shape().size(0);
            if (rows == Shape.UNKNOWN) {
                rows = first.shape().size(0);
                for (Tensor more = source.next(RowSource.PART);
                        more.shape().size(0) > 0;
                        more = source.next(RowSource.PART)) {
                    rows += more.shape().size(0);
                }
            }
            Optional<Tensor> fitted = input.fitted(first.shape()).map(first::reshaped);
            return rows == 0
                    ? wrong(columns, header, "It holds no rows.")
                    : new Preview(rows, columns, header, fitted, Optional.empty());
        }
    }

    private static Preview table(Path file, Input input, ColumnChoice wanted, List<String> header) {
        TableHead head = TableHead.of(file);
        header.addAll(head.names());
        long needed = input.shape().elementsPerRow();
        ColumnChoice columns = wanted;
        if (needed != Shape.UNKNOWN && wanted.equals(ColumnChoice.ALL) && header.size() != needed) {
            Optional<ColumnChoice> found = head.without(NOT_DATA, (int) needed).map(ColumnChoice::ofNumbers);
            if (found.isEmpty()) {
                return wrong(
                        wanted,
                        header,
                        "It has " + counted(header.size()) + ", and the input takes " + needed + "."
                                + (header.size() > needed ? " Say which under Columns." : ""));
            }
            columns = found.get();
        }
        int chosen = columns.of(String.valueOf(file.getFileName()), head.top()).size();
        if (needed != Shape.UNKNOWN && chosen != needed) {
            return wrong(columns, header, "These are " + counted(chosen) + ", and the input takes " + needed + ".");
        }
        return rows(CsvRows.open(file, input.shape(), input.name(), columns), input, columns, header);
    }

    private static String counted(int columns) {
        return columns + (columns == 1 ? " column" : " columns");
    }

    private static Preview wrong(ColumnChoice columns, List<String> header, String sentence) {
        return new Preview(0, columns, header, Optional.empty(), Optional.of(sentence));
    }

    /** A problem beside the file it is about: row and column are told, the name of the file is not. */
    private static String sentence(Problem problem) {
        String place = problem.where() instanceof Where.InTable cell && cell.row() > 0
                ? "Row " + cell.row() + (cell.column() > 0 ? ", column " + cell.column() : "") + " "
                : "It ";
        String remedy = problem.remedy().isEmpty() ? "" : " " + problem.remedy();
        return place + Printable.text(problem.what()) + "." + remedy;
    }
}
