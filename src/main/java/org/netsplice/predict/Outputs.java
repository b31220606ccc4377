package org.netsplice.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netsplice.container.AtomicFile;
import org.netsplice.container.Npy;
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
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".npy")) {
            if (outputs.size() != 1) {
                throw refused(
                        path,
                        "holds one array, but there are " + outputs.size() + " outputs",
                        "Write .npz, or choose one output with --outputs.");
            }
            AtomicFile.write(path, out -> Npy.write(outputs.values().iterator().next(), out));
        } else if (name.endsWith(".npz")) {
            AtomicFile.write(path, out -> Npz.write(outputs, out));
        } else if (name.endsWith(".csv")) {
            AtomicFile.write(path, out -> csv(outputs, out));
        } else {
            throw refused(path, "predictions cannot be written in this format", "Choose .npy, .npz or .csv.");
        }
    }

    private static void csv(Map<String, Tensor> outputs, OutputStream out) throws IOException {
        List<String> header = new ArrayList<>();
        outputs.forEach((name, tensor) -> {
            for (String column : columns(name, tensor)) {
                header.add(cell(Printable.text(column)));
            }
        });
        out.write((String.join(",", header) + "\r\n").getBytes(StandardCharsets.UTF_8));
        long rows = outputs.values().iterator().next().shape().size(0);
        for (long row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (Tensor tensor : outputs.values()) {
                int width = width(tensor);
                for (int column = 0; column < width; column++) {
                    line.append(line.length() == 0 ? "" : ",").append(tensor.at((int) row * width + column));
                }
            }
            out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Quoted where needed, and never read as a formula by a spreadsheet. */
    private static String cell(String text) {
        String safe = text.matches("^[=+\\-@\\t\\r].*") ? "'" + text : text;
        return safe.matches("[^,\"\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static int width(Tensor tensor) {
        return (int) (tensor.length() / Math.max(1, tensor.shape().size(0)));
    }

    /** What the numbers of one row are called: {@code head[3]}, {@code image[2][0]}. */
    public static List<String> columns(String name, Tensor tensor) {
        List<String> columns = new ArrayList<>();
        Shape row = tensor.shape().axes(1, tensor.shape().rank());
        for (int i = 0; i < width(tensor); i++) {
            StringBuilder index = new StringBuilder();
            long rest = i;
            for (int axis = row.rank() - 1; axis >= 0; axis--) {
                index.insert(0, "[" + rest % row.size(axis) + "]");
                rest /= row.size(axis);
            }
            columns.add(name + index);
        }
        return columns;
    }

    /**
     * A readable table of the first rows and columns.
     *
     * @param labels names of the classes, shown for the largest value of a row; may be empty
     */
    public static String table(Map<String, Tensor> outputs, List<String> labels, int rows) {
        StringBuilder text = new StringBuilder();
        outputs.forEach((name, tensor) -> {
            text.append(Printable.name(name)).append(' ').append(tensor.shape()).append('\n');
            int width = width(tensor);
            int shown = Math.min(width, MOST_COLUMNS);
            List<String> columns = columns("", tensor);
            text.append(String.format(Locale.ROOT, "%6s", "row"));
            for (int column = 0; column < shown; column++) {
                text.append(String.format(Locale.ROOT, " %12s", columns.get(column)));
            }
            text.append(width > shown ? "  … " + (width - shown) + " more" : "");
            text.append(labels.isEmpty() ? "" : "  class").append('\n');
            long count = Math.min(rows, tensor.shape().size(0));
            for (int row = 0; row < count; row++) {
                text.append(String.format(Locale.ROOT, "%6d", row + 1));
                for (int column = 0; column < shown; column++) {
                    text.append(String.format(Locale.ROOT, " %12.6f", tensor.at(row * width + column)));
                }
                text.append(labels.isEmpty() ? "" : "  " + label(tensor, row, labels))
                        .append('\n');
            }
            long more = tensor.shape().size(0) - count;
            text.append(more > 0 ? "       … " + more + " more rows\n" : "");
        });
        return text.toString();
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

    private static String label(Tensor tensor, int row, List<String> labels) {
        int best = largest(tensor, row);
        return best < labels.size() ? Printable.name(labels.get(best)) : Integer.toString(best);
    }

    private static ModelException.CannotExport refused(Path path, String what, String remedy) {
        return new ModelException.CannotExport(Problem.error(new Where.InFile(path.toString(), ""), what, remedy));
    }
}
