package org.netsplice.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table as the rich library prints it for Keras: heavy head, lines between rows, and column widths shrunk evenly so that borders
 * and padding fit.
 */
final class Columns {

    /** Where a cell's text stands. */
    enum Align {
        LEFT,
        RIGHT,
        CENTER
    }

    private final int[] widths;
    private final List<Align> alignments;
    private final StringBuilder text = new StringBuilder();

    /** Columns of the given widths, borders not counted, in a table that is {@code total} wide. */
    Columns(List<Integer> wanted, List<Align> alignments, int total) {
        this.alignments = alignments;
        this.widths = wanted.stream().mapToInt(width -> width + 2).toArray();
        int most = total - widths.length - 1;
        int excess = Arrays.stream(widths).sum() - most;
        for (int i = 0; i < widths.length && excess > 0; i++) {
            int share = (int) Math.rint((double) excess / (widths.length - i));
            share = Math.min(share, widths[i] - 3);
            widths[i] -= share;
            excess -= share;
        }
    }

    void head(List<String> cells) {
        rule('┏', '━', '┳', '┓');
        row(cells, '┃');
        rule('┡', '━', '╇', '┩');
    }

    void rows(List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                rule('├', '─', '┼', '┤');
            }
            row(rows.get(i), '│');
        }
        rule('└', '─', '┴', '┘');
    }

    String finished() {
        return text.toString();
    }

    private void rule(char left, char line, char cross, char right) {
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? left : cross).append(String.valueOf(line).repeat(widths[i]));
        }
        text.append(right).append('\n');
    }

    private void row(List<String> cells, char border) {
        List<List<String>> wrapped = new ArrayList<>();
        int lines = 1;
        for (int i = 0; i < widths.length; i++) {
            wrapped.add(wrapped(cells.get(i), widths[i] - 2));
            lines = Math.max(lines, wrapped.get(i).size());
        }
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < widths.length; i++) {
                String part = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
                text.append(border)
                        .append(' ')
                        .append(aligned(part, widths[i] - 2, alignments.get(i)))
                        .append(' ');
            }
            text.append(border).append('\n');
        }
    }

    private static String aligned(String text, int width, Align align) {
        int space = Math.max(0, width - Cells.width(text));
        int before = align == Align.LEFT ? 0 : align == Align.RIGHT ? space : space / 2;
        return " ".repeat(before) + text + " ".repeat(space - before);
    }

    /** Broken at blanks; a word longer than a line is cut. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int filled = 0;
        for (String word : text.split("(?<= )(?=[^ ])")) {
            int length = Cells.width(word.stripTrailing());
            if (length > width - filled && !line.isEmpty()) {
                lines.add(Cells.cut(line.toString().stripTrailing(), width));
                line.setLength(0);
                filled = 0;
            }
            line.append(word);
            filled += Cells.width(word);
        }
        lines.add(Cells.cut(line.toString().stripTrailing(), width));
        return lines;
    }
}
