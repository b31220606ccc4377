package org.netsplice.predict;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * The columns of a table that are read, in their order.
 *
 * @param only names of the header, numbers from 1, or ranges such as {@code 1-12}; empty for all
 * @param without columns left out, written in the same way
 */
public record ColumnChoice(List<String> only, List<String> without) {
    /** All columns. */
    public static final ColumnChoice ALL = new ColumnChoice(List.of(), List.of());

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    public ColumnChoice {
        only = List.copyOf(only);
        without = List.copyOf(without);
    }

    /** Reads a list such as {@code age,sex,5-9}. */
    public static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",")) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    /** These columns, counted from 0 and in order, as ranges. */
    static ColumnChoice ofNumbers(List<Integer> columns) {
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int from = i;
            while (i + 1 < columns.size() && columns.get(i + 1) == columns.get(i) + 1) {
                i++;
            }
            int first = columns.get(from) + 1;
            int last = columns.get(i) + 1;
            ranges.add(first == last ? String.valueOf(first) : first + "-" + last);
        }
        return new ColumnChoice(ranges, List.of());
    }

    /** The columns that are read, as one would type them; empty for all. */
    public String text() {
        return String.join(", ", only);
    }

    /** The same with these columns instead, unless there are none. */
    ColumnChoice with(List<String> others) {
        return others.isEmpty() ? this : new ColumnChoice(others, without);
    }

    /** Whether a column is chosen by a name, so that there must be a header. */
    boolean named() {
        return only.stream().anyMatch(item -> !RANGE.matcher(item).matches())
                || without.stream().anyMatch(item -> !RANGE.matcher(item).matches());
    }

    /**
     * The columns, counted from 0, in the order in which they are read.
     *
     * @param file named in messages
     * @param first the first row, which is the header if there is one
     * @throws ModelException.CannotPredict when a column is not there, or none is left
     */
    List<Integer> of(String file, List<String> first) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String item : only) {
            chosen.addAll(columns(file, first, item));
        }
        if (only.isEmpty()) {
            for (int i = 0; i < first.size(); i++) {
                chosen.add(i);
            }
        }
        for (String item : without) {
            chosen.removeAll(columns(file, first, item));
        }
        if (chosen.isEmpty()) {
            throw refused(file, "has no columns left", "Leave out fewer columns.");
        }
        return List.copyOf(chosen);
    }

    /** A name of the header goes before a number that looks the same. */
    private static Set<Integer> columns(String file, List<String> first, String item) {
        int named = first.indexOf(item);
        if (named >= 0) {
            return Set.of(named);
        }
        Matcher range = RANGE.matcher(item);
        if (!range.matches()) {
            throw refused(file, "has no column \"" + item + "\"", "Its columns are " + String.join(", ", first) + ".");
        }
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        if (from < 1 || to < from || to > first.size()) {
            throw refused(
                    file,
                    "has no column" + (from == to ? " " : "s ") + item,
                    "It has " + first.size() + " columns, counted from 1.");
        }
        Set<Integer> columns = new TreeSet<>();
        for (int column = from; column <= to; column++) {
            columns.add(column - 1);
        }
        return columns;
    }

    private static ModelException.CannotPredict refused(String file, String what, String remedy) {
        return new ModelException.CannotPredict(Problem.error(new Where.InTable(file, 0, 0), what, remedy));
    }
}
