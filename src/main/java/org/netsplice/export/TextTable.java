package org.netsplice.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.netsplice.problem.Printable;

/**
 * A table with a title, written in several formats. The first column holds words, the others numbers, which are aligned to the right.
 *
 * @param title what the table shows; may be empty
 * @param header a title for each column
 * @param rows as many cells each as the header
 */
public record TextTable(String title, List<String> header, List<List<String>> rows) {

    public TextTable {
        header = header.stream().map(Printable::name).toList();
        rows = rows.stream()
                .map(row -> row.stream().map(Printable::name).toList())
                .toList();
    }

    /** Columns aligned with spaces. */
    public String text() {
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        int[] widths = new int[header.size()];
        all.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Cells.width(row.get(i)));
            }
        });
        StringBuilder text = new StringBuilder(title.isEmpty() ? "" : title + "\n");
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - Cells.width(row.get(i)));
                line.append(i == 0 ? row.get(i) + space : "  " + space + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Comma-separated values with quotes. */
    public String csv() {
        return lines(Escaping::csv, "", ",", "\r\n", "");
    }

    /** A Markdown table under its title. */
    public String markdown() {
        String rule = "| --- |" + " ---: |".repeat(header.size() - 1) + "\n";
        return (title.isEmpty() ? "" : "**" + Escaping.markdown(title) + "**\n\n")
                + lines(Escaping::markdown, "| ", " | ", " |\n", rule);
    }

    /** An HTML table with its title as caption. */
    public String html() {
        StringBuilder text = new StringBuilder("<table>\n");
        if (!title.isEmpty()) {
            text.append("<caption>").append(Escaping.html(title)).append("</caption>\n");
        }
        text.append(cells(header, "th"));
        rows.forEach(row -> text.append(cells(row, "td")));
        return text.append("</table>\n").toString();
    }

    /** A paragraph of an HTML page. */
    public static String paragraph(String text) {
        return "<p>" + Escaping.html(Printable.text(text)) + "</p>\n";
    }

    private static String cells(List<String> row, String tag) {
        return row.stream()
                .map(cell -> "<" + tag + ">" + Escaping.html(cell) + "</" + tag + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private String lines(UnaryOperator<String> cell, String before, String between, String after, String rule) {
        StringBuilder text = new StringBuilder(line(header, cell, before, between, after)).append(rule);
        rows.forEach(row -> text.append(line(row, cell, before, between, after)));
        return text.toString();
    }

    private static String line(
            List<String> row, UnaryOperator<String> cell, String before, String between, String after) {
        return row.stream().map(cell).collect(Collectors.joining(between, before, after));
    }
}
