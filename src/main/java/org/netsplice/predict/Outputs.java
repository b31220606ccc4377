package org.netsplice.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.netsplice.container.AtomicFile;
import org.netsplice.container.NpySpool;
import org.netsplice.container.Npz;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Predictions as files and as a table. */
public final class Outputs {
    private static final int MOST_COLUMNS = 16;

    private Outputs() {}

    /** Writes {@code .npy} (one output), {@code .npz} (keyed by output) or {@code .csv} (a column for every number). */
    public static void write(Map<String, Tensor> outputs, Path path) {
        write(List.of(outputs).iterator(), path);
    }

    /**
     * Writes predictions, and in a table before the numbers what is known about the rows beside them.
     *
     * @param texts columns by their names, such as files and classes, a text for every row
     */
    public static void write(Map<String, Tensor> outputs, Map<String, List<String>> texts, Path path) {
        boolean table =
                String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
        long rows = outputs.values().iterator().next().shape().size(0);
        boolean even =
                outputs.values().stream().allMatch(tensor -> tensor.shape().size(0) == rows);
        if (!table || !even || texts.isEmpty()) {
            write(outputs, path);
            return;
        }
        StringBuilder lines = new StringBuilder();
        texts.keySet().forEach(name -> lines.append(cell(Printable.text(name))).append(','));
        lines.append(header(outputs));
        for (int row = 0; row < rows; row++) {
            for (List<String> column : texts.values()) {
                lines.append(cell(Printable.text(column.get(row)))).append(',');
            }
            line(outputs, row, lines);
        }
        AtomicFile.write(path, out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes results batch by batch, as {@link #write(Map, Path)} writes them together: each is asked for when those before it are
     * written and forgotten. The file takes its place when all are there.
     *
     * @param results at least one; each has an array for every output, and those of one output differ in the number of rows only
     */
    public static void write(Iterator<Map<String, Tensor>> results, Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            AtomicFile.write(path, out -> csv(results, path, out));
        } else if (name.endsWith(".npy") || name.endsWith(".npz")) {
            AtomicFile.write(path, out -> arrays(results, path, name.endsWith(".npy"), out));
        } else {
            throw refused(path, "predictions cannot be written in this format", "Choose .npy, .npz or .csv.");
        }
    }

    private static void arrays(Iterator<Map<String, Tensor>> results, Path path, boolean one, OutputStream out)
            throws IOException {
        Map<String, NpySpool> arrays = new LinkedHashMap<>();
        try {
            while (results.hasNext()) {
                Map<String, Tensor> batch = results.next();
                if (one && batch.size() != 1) {
                    throw refused(
                            path,
                            "holds one array, but there are " + batch.size() + " outputs",
                            "Write .npz, or choose one output.");
                }
                for (Map.Entry<String, Tensor> entry : batch.entrySet()) {
                    if (!arrays.containsKey(entry.getKey())) {
                        arrays.put(entry.getKey(), new NpySpool(path, entry.getValue()));
                    }
                    arrays.get(entry.getKey()).add(entry.getValue());
                }
            }
            if (one) {
                arrays.values().iterator().next().writeTo(out);
            } else {
                Map<String, AtomicFile.Content> contents = new LinkedHashMap<>();
                arrays.forEach((name, array) -> contents.put(name, array::writeTo));
                Npz.writeContents(contents, out);
            }
        } finally {
            for (NpySpool array : arrays.values()) {
                array.close();
            }
        }
    }

    private static void csv(Iterator<Map<String, Tensor>> results, Path path, OutputStream out) throws IOException {
        boolean header = true;
        while (results.hasNext()) {
            Map<String, Tensor> batch = results.next();
            if (header) {
                out.write(header(batch).getBytes(StandardCharsets.UTF_8));
                header = false;
            }
            long rows = batch.values().iterator().next().shape().size(0);
            if (batch.values().stream().anyMatch(tensor -> tensor.shape().size(0) != rows)) {
                throw refused(
                        path,
                        "holds rows, but the outputs have different numbers of them",
                        "Write .npz, or choose one output.");
            }
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < rows; row++) {
                line(batch, row, lines);
            }
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String header(Map<String, Tensor> outputs) {
        List<String> header = new ArrayList<>();
        outputs.forEach((name, tensor) -> {
            for (String column : columns(name, tensor)) {
                header.add(cell(Printable.text(column)));
            }
        });
        return String.join(",", header) + "\r\n";
    }

    private static void line(Map<String, Tensor> outputs, int row, StringBuilder lines) {
        String between = "";
        for (Tensor tensor : outputs.values()) {
            int width = width(tensor);
            for (int column = 0; column < width; column++) {
                lines.append(between).append(tensor.at(row * width + column));
                between = ",";
            }
        }
        lines.append("\r\n");
    }

    /** Quoted where needed, and never read as a formula by a spreadsheet. */
    private static String cell(String text) {
        String safe = text.matches("^[=+\\-@\\t\\r].*") ? "'" + text : text;
        return safe.matches("[^,\"\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static int width(Tensor tensor) {
        return (int) (tensor.length() / Math.max(1, tensor.shape().size(0)));
    }

    /** What the numbers of one row are called: {@code head[3]}, {@code image[2][0]}; each name is made when it is asked for. */
    public static List<String> columns(String name, Tensor tensor) {
        Shape row = tensor.shape().axes(1, tensor.shape().rank());
        int width = width(tensor);
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                StringBuilder places = new StringBuilder();
                long rest = Objects.checkIndex(index, width);
                for (int axis = row.rank() - 1; axis >= 0; axis--) {
                    places.insert(0, "[" + rest % row.size(axis) + "]");
                    rest /= row.size(axis);
                }
                return name + places;
            }

            @Override
            public int size() {
                return width;
            }
        };
    }

    /**
     * A readable table of the first rows and columns.
     *
     * @param labels names of the classes, shown for the largest value of a row; may be empty
     */
    public static String table(Map<String, Tensor> outputs, List<String> labels, int rows) {
        return table(List.of(outputs).iterator(), labels, rows);
    }

    /**
     * A readable table of the first rows and columns of results that come batch by batch.
     *
     * @param results at least one, as {@link #write(Iterator, Path)} takes them
     */
    public static String table(Iterator<Map<String, Tensor>> results, List<String> labels, int rows) {
        Map<String, Tensor> shown = new LinkedHashMap<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        while (results.hasNext()) {
            results.next().forEach((name, tensor) -> {
                long before = counts.getOrDefault(name, 0L);
                long here = tensor.shape().size(0);
                counts.put(name, before + here);
                if (before < rows) {
                    Tensor top = tensor.rows(0, Math.min(here, rows - before));
                    shown.merge(name, top, (first, second) -> Tensor.joined(List.of(first, second)));
                }
            });
        }
        StringBuilder text = new StringBuilder();
        shown.forEach((name, tensor) -> table(name, tensor, counts.get(name), labels, text));
        return text.toString();
    }

    private static void table(String name, Tensor top, long rows, List<String> labels, StringBuilder text) {
        text.append(Printable.name(name))
                .append(' ')
                .append(top.shape().withBatch(rows))
                .append('\n');
        int width = width(top);
        int shown = Math.min(width, MOST_COLUMNS);
        List<String> columns = columns("", top);
        text.append(String.format(Locale.ROOT, "%6s", "row"));
        for (int column = 0; column < shown; column++) {
            text.append(String.format(Locale.ROOT, " %12s", columns.get(column)));
        }
        text.append(width > shown ? "  … " + (width - shown) + " more" : "");
        text.append(labels.isEmpty() ? "" : "  class").append('\n');
        long count = top.shape().size(0);
        for (int row = 0; row < count; row++) {
            text.append(String.format(Locale.ROOT, "%6d", row + 1));
            for (int column = 0; column < shown; column++) {
                text.append(String.format(Locale.ROOT, " %12s", fixed(top.at(row * width + column))));
            }
            text.append(labels.isEmpty() ? "" : "  " + label(top, row, labels)).append('\n');
        }
        text.append(rows > count ? "       … " + (rows - count) + " more rows\n" : "");
    }

    /** The index of the largest number of a row. */
    public static int largest(Tensor tensor, int row) {
        int width = width(tensor);
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = tensor.at(row * width + i) > tensor.at(row * width + best) ? i : best;
        }
        return best;
    }

    /** Six digits after the point, and no sign before a zero. */
    private static String fixed(float value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.equals("-0.000000") ? "0.000000" : text;
    }

    private static String label(Tensor tensor, int row, List<String> labels) {
        int best = largest(tensor, row);
        return best < labels.size() ? Printable.name(labels.get(best)) : Integer.toString(best);
    }

    private static ModelException.CannotExport refused(Path path, String what, String remedy) {
        return new ModelException.CannotExport(Problem.error(new Where.InFile(path.toString(), ""), what, remedy));
    }
}
