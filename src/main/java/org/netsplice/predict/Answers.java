package org.netsplice.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.netsplice.container.Guard;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What is right for each row, as a file says it: numbers, or names of classes.
 *
 * @param source the file, for messages
 * @param numbers shape (rows, …) when the file holds numbers
 * @param names a name for each row when the file holds names; else empty
 */
public record Answers(String source, Optional<Tensor> numbers, List<String> names) {

    public Answers {
        names = List.copyOf(names);
    }

    /** The number of rows. */
    public long rows() {
        return numbers.map(tensor -> tensor.shape().size(0)).orElse((long) names.size());
    }

    /**
     * Reads {@code .npy}, {@code .npz} with one array, or a table, of which {@code #COLUMNS} may be chosen.
     *
     * @throws ModelException.CannotPredict when the file holds no numbers or names, with row and column
     */
    public static Answers read(String text) {
        Path whole = Path.of(text);
        int mark = Files.exists(whole) ? -1 : text.lastIndexOf('#');
        Path file = mark <= 0 ? whole : Path.of(text.substring(0, mark));
        Guard.requireFile(file);
        String name = String.valueOf(file.getFileName());
        if (name.toLowerCase(Locale.ROOT).endsWith(".npz")) {
            Map<String, Tensor> arrays = Npz.read(file);
            if (arrays.size() != 1) {
                throw refused(
                        name,
                        "holds " + arrays.size() + " arrays: " + String.join(", ", arrays.keySet()),
                        "Give the targets as a file with one array.");
            }
            return numbers(name, arrays.values().iterator().next());
        }
        if (Npy.recognises(head(file, name))) {
            return numbers(name, Npy.read(file));
        }
        List<String> columns = mark <= 0 ? List.of() : ColumnChoice.list(text.substring(mark + 1));
        return CsvTable.read(file).answers(new ColumnChoice(columns, List.of()));
    }

    /** Reads columns of a table that also holds inputs. */
    public static Answers column(Path table, String column) {
        return CsvTable.read(table).answers(new ColumnChoice(List.of(column), List.of()));
    }

    /** Whether a table has a column of this name. */
    public static boolean hasColumn(Path table, String column) {
        return CsvTable.hasColumn(table, column);
    }

    private static byte[] head(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(6);
        } catch (IOException problem) {
            throw Guard.unreadable(name, problem);
        }
    }

    private static Answers numbers(String file, Tensor tensor) {
        if (tensor.shape().rank() == 0 || tensor.length() == 0) {
            throw refused(file, "holds no rows", "Give a target for every row.");
        }
        return new Answers(file, Optional.of(tensor), List.of());
    }

    /** Names of classes from a file, one on a line; blank lines at the end are left out. */
    public static List<String> classes(Path file) {
        Guard.requireFile(file);
        String name = String.valueOf(file.getFileName());
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.replaceAll(line -> line.strip().replace("\uFEFF", ""));
            while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return List.copyOf(lines);
        } catch (IOException problem) {
            throw Guard.unreadable(name, problem);
        }
    }

    private static ModelException.CannotPredict refused(String file, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.InFile(file, ""), what, remedy));
    }
}
